-- 同一来源对同一件事只记一次
select f.ref_area as ref_area, f.indicator as indicator, f.phase as phase, f.time_period as time_period, f.scope as scope,
  f.source_id as source_id, count(f.fact_id) as facts, min(f.fact_id) as fact_id
from core.fact as f
group by f.ref_area, f.indicator, f.sector, f.tier, f.post_type, f.age_band, f.education, f.org_unit, f.catalogue,
  f.size_band, f.category, f.phase, f.time_period, f.scope, f.source_id
having count(f.fact_id) > 1
order by f.ref_area, f.indicator, min(f.fact_id)
