-- 恒等式的每一项恰好指向一个事实
-- 同一个数只报一次；换了时间或口径的，先改 identity_terms.csv 里对应的一项
select t.identity_id as identity_id, t.side as side, t.ref_area as ref_area, t.indicator as indicator, t.tier as tier,
  t.post_type as post_type, t.phase as phase, t.time_period as time_period, t.scope as scope,
  t.source_id as source_id, count(f.fact_id) as facts
from core.identity_term as t
left join core.fact as f
  on f.ref_area = t.ref_area and f.indicator = t.indicator and f.sector = t.sector and f.tier = t.tier
  and f.post_type = t.post_type and f.age_band = t.age_band and f.education = t.education
  and f.org_unit = t.org_unit and f.catalogue = t.catalogue and f.size_band = t.size_band
  and f.category = t.category and (t.phase is null or f.phase = t.phase)
  and (t.time_period is null or f.time_period = t.time_period) and (t.scope is null or f.scope = t.scope)
  and (t.source_id is null or f.source_id = t.source_id)
group by t.identity_id, t.side, t.ref_area, t.indicator, t.sector, t.tier, t.post_type, t.age_band, t.education,
  t.org_unit, t.catalogue, t.size_band, t.category, t.phase, t.time_period, t.scope, t.source_id
having count(f.fact_id) <> 1
order by t.identity_id, t.side
