-- 标题：人口小县在哪些省？
-- 页面：/small-counties
-- 图表：small-counties-tiles overview-tiles
-- 说明：34 个省级单位各一行；少于 20 万人的为人口小县，按七普分县资料数。没有数的写明原因：只有市辖区，或分县资料不含这一地区。
-- 参数：$smaller｜少于多少人｜整数｜200000｜50000、100000、200000、500000
with band as (
    select
        ref_area, sum(case when band_high <= $smaller then counties else 0 end) as small,
        coalesce(string_agg(case when band_high <= $smaller then source_ids end, ','), string_agg(source_ids, ',')) as source_ids,
        coalesce(string_agg(case when band_high <= $smaller then fact_ids end, ','), string_agg(fact_ids, ',')) as fact_ids
    from mart.county_size_band
    where scope = '常住·全部县域（普查分县资料）' and area_level = 'province' and is_partition and not illustrative
    group by ref_area
),
held as (
    select province, max(case when kind <> '市辖区' then 1 else 0 end) as counties
    from core.division
    where level = 'county' and until is null
    group by province
)
select
    unit.name_zh as 省份, band.small as 人口小县,
    case when band.small is not null then null when held.counties = 0 then '无县' else '未收录' end as 未计数的原因,
    coalesce(band.source_ids, unit.source_id) as 来源编号, band.fact_ids as 事实编号
from core.division as unit
left join held on held.province = unit.name_zh
left join band on band.ref_area = unit.division
where unit.level = 'province' and unit.until is null
order by band.small desc nulls last, unit.division
