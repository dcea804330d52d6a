-- 标题：各省的县按人口怎么分档？
-- 页面：/small-counties
-- 图表：small-counties-provinces
-- 说明：按七普分县资料的常住人口数组数，没有县的组没有行；少于 20 万人的为人口小县；各组互不重叠、恰好凑齐一个省，可以相加。
-- 参数：$smaller｜少于多少人｜整数｜200000｜50000、100000、200000、500000
with band as (
    select *, sum(case when band_high <= $smaller then counties else 0 end) over (partition by ref_area) as small
    from mart.county_size_band
    where scope = '常住·全部县域（普查分县资料）' and area_level = 'province' and is_partition and not illustrative
)
select
    area_name as 省份, size_band as 人口规模, counties as 县数, small as 人口小县, scope as 口径, source_ids as 来源编号,
    fact_ids as 事实编号
from band
order by small desc, ref_area, band_order
