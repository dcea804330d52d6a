-- 标题：哪些做法见得最多，都在哪里？
-- 页面：/small-counties
-- 图表：small-counties-measure-kinds
-- 说明：每地每种做法只计一次，未具名而能认出的地区并入具名的；只有计划或征求意见的不计；个数是记录多少，不作比较。
with told as (
    select
        m.measure, m.measure_zh, m.measure_order, m.counted_as, a.name_zh as area_name, coalesce(o.role = 'pilot', false) as is_pilot,
        bool_and(m.proposed) as only_planned, string_agg(m.source_id, ',') as source_ids
    from mart.measure as m
    join core.ref_area as a on a.ref_area = m.counted_as
    left join core.cohort as o on o.cohort = a.cohort
    where not m.illustrative and a.level <> 'nation'
    group by m.measure, m.measure_zh, m.measure_order, m.counted_as, a.name_zh, o.role
)
select
    measure_zh as 做法, count(*) filter (not only_planned) as 地区数,
    string_agg(area_name, '、' order by counted_as) filter (is_pilot and not only_planned) as 人口小县试点,
    string_agg(area_name, '、' order by counted_as) filter (not is_pilot and not only_planned) as 其他地区,
    string_agg(area_name, '、' order by counted_as) filter (only_planned) as 只有计划, string_agg(source_ids, ',') as 来源编号
from told
group by measure, measure_zh, measure_order
order by 地区数 desc, measure_order
