-- 标题：人口小县的党政机构精简到多少？
-- 页面：/small-counties
-- 图表：small-counties-bodies overview-bodies
-- 说明：试点县与作对照的普通县区；只看同一县、同一口径的前后，空白是未公布，不是零。
with member as (
    select
        *, cohort_role = 'ordinary' as control,
        count(*) filter (where cohort_role = 'pilot') over (partition by axis_key) as pilots
    from mart.institution_change
    where indicator = 'party_gov_bodies' and not illustrative and not anonymous
        and ((cohort_role = 'pilot' and coalesce(before, after) is not null) or (cohort_role = 'ordinary' and after is not null))
)
select
    scope as 口径, area_name as 县, cohort as 批次, time_before as 改革前时点, before as 改革前, time_after as 改革后时点,
    after as 改革后, change as 变化, round(change_pct, 1) as 变化率, by_plan as 据方案, source_ids as 来源编号, fact_ids as 事实编号
from member
order by control, pilots desc, scope desc, change_pct nulls last, after nulls last, ref_area
