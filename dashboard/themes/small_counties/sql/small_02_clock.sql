-- 标题：从确定试点到公布改革后的数，隔了多久？
-- 页面：/small-counties
-- 图表：small-counties-clock
-- 说明：起点是确定试点或启动改革的日期，终点是公布改革后数字的时点（可能只是报道的时点）；只知年份的，相隔年数是一个区间。
with named as (
    select
        ref_area, date, period_start, period_end, row_number() over (partition by ref_area order by period_start, date) as place
    from mart.timeline
    where kind in ('pilot_named', 'reform_started') and not illustrative
)
select
    c.area_name as 县, s.date as 启动, c.time_after as 改革后时点,
    round(greatest(date_diff('month', s.period_end, c.after_start), 0) / 12.0, 2) as 至少相隔年数,
    round(date_diff('month', s.period_start, c.after_end) / 12.0, 2) as 至多相隔年数,
    c.before as 改革前机构, c.after as 改革后机构, c.source_ids as 来源编号, c.fact_ids as 事实编号
from mart.institution_change as c
left join named as s on s.ref_area = c.ref_area and s.place = 1
where c.indicator = 'party_gov_bodies' and c.scope = '党政机构（实设）' and c.cohort_role = 'pilot' and not c.illustrative
    and not c.anonymous and coalesce(c.before, c.after) is not null
order by s.date nulls last, c.ref_area
