-- 标题：三个全国数，为什么不一样？
-- 页面：/small-counties
-- 图表：small-counties-counts
-- 说明：少于 20 万人的县数，一种口径一个数，不互相替代，也不相加；年鉴口径的时点是版次，不是数据年份；存疑的排在最后。
-- 参数：$band｜人口规模｜文字｜<20万｜<5万、<10万、<20万、<30万
select
    scope as 口径, population_basis as 人口口径, edition as 版本, min(time_period) as 时点, counties as 县数, max(round(share, 1)) as 占比,
    max(base) as 基数, max(doubt) as 存疑, string_agg(distinct source_ids, ',') as 来源编号, string_agg(distinct fact_ids, ',') as 事实编号
from mart.county_size_band
where ref_area = 'CN' and size_band = $band
group by scope, population_basis, edition, counties
order by 存疑 is not null, population_basis desc, counties desc, scope
