-- 标题：全国有多少个人口小县？
-- 页面：/small-counties
-- 图表：small-counties-ladder overview-ladder
-- 说明：同一口径下首尾相接的人口规模组；同一起点取最窄的一组，累计的组（如 <20万）不在其中，不可相加。
-- 参数：$scope｜口径｜文字｜户籍·县（市）（县域统计年鉴2021）
with band as (
    select
        *, coalesce(band_high, 2000000000) as high,
        min(coalesce(band_high, 2000000000)) over (partition by coalesce(band_low, 0)) as narrowest
    from mart.county_size_band
    where ref_area = 'CN' and scope = $scope
)
select
    size_band as 人口规模, counties as 县数, max(round(share, 1)) as 占比, max(base) as 基数, scope as 口径, edition as 版本,
    string_agg(distinct source_ids, ',') as 来源编号, string_agg(distinct fact_ids, ',') as 事实编号
from band
where high = narrowest
group by band_order, size_band, counties, scope, edition
order by band_order, counties
