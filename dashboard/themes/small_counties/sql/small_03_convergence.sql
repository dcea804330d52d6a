-- 标题：改革后的机构数是不是趋于一致？
-- 页面：/small-counties
-- 图表：small-counties-convergence
-- 说明：试点县与作对照的普通县区；口径不同的分开看。
select
    scope as 口径, case when contains(cohort, '普通县区') then '对照' else '试点' end as 组别, area_name as 县,
    time_after as 时点, after as 改革后机构, source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where indicator = 'party_gov_bodies' and after is not null and not illustrative
    and (contains(cohort, '试点') or contains(cohort, '普通县区'))
order by scope, 组别 desc, after, ref_area, fact_ids
