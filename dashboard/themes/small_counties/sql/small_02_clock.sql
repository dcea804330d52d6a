-- 标题：从确定试点到公布改革后的数，隔了多久？
-- 页面：/small-counties
-- 图表：small-counties-clock
-- 说明：起点是确定试点或启动改革的日期，终点是公布改革后数字的时点（可能只是报道的时点）；相隔年数按年份相减，只看大概。
with started as (
    select ref_area, min(date) as start
    from mart.timeline
    where kind in ('pilot_named', 'reform_started')
    group by ref_area
)
select
    c.area_name as 县, s.start as 启动, c.time_after as 改革后时点,
    try_cast(left(c.time_after, 4) as integer) - try_cast(left(s.start, 4) as integer) as 相隔年数,
    c.before as 改革前机构, c.after as 改革后机构, c.source_ids as 来源编号, c.fact_ids as 事实编号
from mart.institution_change as c
left join started as s on s.ref_area = c.ref_area
where c.indicator = 'party_gov_bodies' and c.scope = '党政机构（实设）' and contains(c.cohort, '试点') and not c.illustrative
    and coalesce(c.before, c.after) is not null
order by s.start nulls last, c.ref_area, c.scope
