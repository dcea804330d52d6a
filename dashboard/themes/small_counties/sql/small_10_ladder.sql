-- 标题：全国有多少个人口小县？
-- 页面：/small-counties
-- 图表：small-counties-ladder overview-ladder
-- 说明：同一口径下互不重叠的人口规模组；累计的组（如 <20万）不在其中，不可相加。
-- 参数：$scope｜口径｜文字｜户籍·县（市）（县域统计年鉴2021）
select
    size_band as 人口规模, counties as 县数, max(round(share, 1)) as 占比, scope as 口径,
    string_agg(distinct source_ids, ',') as 来源编号, string_agg(distinct fact_ids, ',') as 事实编号
from mart.county_size_band
where ref_area = 'CN' and scope = $scope and size_band in ('<5万', '5万-10万', '10万-20万', '20万-50万', '50万-100万', '≥100万')
group by band_order, size_band, counties, scope
order by band_order, counties
