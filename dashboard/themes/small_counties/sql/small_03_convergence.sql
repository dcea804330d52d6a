-- 标题：改革后的机构数是不是趋于一致？
-- 页面：/small-counties
-- 图表：small-counties-convergence
-- 说明：试点县与作对照的普通县区；口径不同的分开看。
with member as (
    select *, cohort_role = 'ordinary' as control, count(*) over (partition by axis_key) as members
    from mart.institution_change
    where indicator = 'party_gov_bodies' and after is not null and not illustrative and not anonymous
        and cohort_role in ('pilot', 'ordinary')
)
select
    scope as 口径, case when control then '对照' else '试点' end as 组别, area_name as 县, time_after as 时点, after as 改革后机构,
    by_plan as 据方案, source_ids as 来源编号, fact_ids as 事实编号
from member
order by members desc, scope desc, control, after, ref_area
