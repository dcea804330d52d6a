-- 标题：党委机构和政府机构，改革前后各有多少？
-- 页面：/small-counties
-- 图表：small-counties-halves
-- 说明：党委机构与政府机构改革前后各有多少；改革后两项都公布的县才有行，改革前的空白是未公布；口径随该县自己公布的合计。
select
    p.area_name as 县, p.time_after as 时点, p.before as 改革前党委机构, g.before as 改革前政府机构, p.after as 党委机构, g.after as 政府机构,
    p.after + g.after as 合计, coalesce(t.scope, p.scope) as 口径,
    p.source_ids || ',' || g.source_ids as 来源编号, p.fact_ids || ',' || g.fact_ids as 事实编号
from mart.institution_change as p
join mart.institution_change as g on g.ref_area = p.ref_area and g.indicator = 'gov_bodies' and g.after is not null
left join mart.institution_change as t
    on t.ref_area = p.ref_area and t.indicator = 'party_gov_bodies' and t.after = p.after + g.after
where p.indicator = 'party_bodies' and p.after is not null and not p.illustrative and not p.anonymous
    and p.cohort_role in ('pilot', 'ordinary')
order by p.before + g.before is null, 合计, p.ref_area
