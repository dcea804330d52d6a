-- 改革前后的每一格都来自同一口径的改革前、改革后、变化数，不掺计划数和时点数
select c.ref_area as ref_area, c.indicator as indicator, c.scope as scope, f.fact_id as fact_id, f.phase as phase,
  f.scope as fact_scope
from mart.institution_change as c
join mart.fact_list as l on l.fact_ids = c.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.phase not in ('before', 'after', 'change') or f.scope <> c.scope or f.ref_area <> c.ref_area
order by c.ref_area, c.indicator
