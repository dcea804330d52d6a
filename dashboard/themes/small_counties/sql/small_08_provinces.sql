-- 标题：人口小县在哪些省？
-- 页面：/small-counties
-- 图表：small-counties-provinces
-- 说明：按七普分县资料的常住人口数组数；少于 20 万人的为人口小县；各组互不重叠才可相加。
-- 参数：$smaller｜少于多少人｜整数｜200000｜50000、100000、200000、500000
select
    area_name as 省份, sum(counties) filter (where band_high <= $smaller) as 人口小县, sum(counties) as 全部县,
    round(sum(counties) filter (where band_high <= $smaller) / nullif(sum(counties), 0) * 100, 1) as 占比,
    scope as 口径, string_agg(distinct source_ids, ',') as 来源编号, string_agg(fact_ids, ',' order by band_order) as 事实编号
from mart.county_size_band
where scope = '常住·全部县域（普查分县资料）' and level = 'province' and size_band in ('<5万', '5万-10万', '10万-20万', '20万-50万', '50万-100万', '≥100万')
group by ref_area, area_name, scope
having 人口小县 > 0
order by 人口小县 desc, ref_area
