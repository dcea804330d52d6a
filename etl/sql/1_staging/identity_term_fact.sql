-- Grain: one row per term of an arithmetic relation and fact that it points at. Promise: both ends of the fact's interval,
-- turned by the sign of the coefficient; null phase, time, scope or source of a term = any.
select
  t.identity_id as identity_id, t.side as side, t.coefficient as coefficient, f.fact_id as fact_id,
  f.ref_area as ref_area, f.source_id as source_id, f.obs_value as obs_value,
  case when t.coefficient >= 0 then f.value_low else f.value_high end as near_end,
  case when t.coefficient >= 0 then f.value_high else f.value_low end as far_end
from raw.identity_term as t
join raw.fact as f
  on f.ref_area = t.ref_area and f.indicator = t.indicator and f.sector = t.sector and f.tier = t.tier
  and f.post_type = t.post_type and f.age_band = t.age_band and f.education = t.education
  and f.org_unit = t.org_unit and f.catalogue = t.catalogue and f.size_band = t.size_band
  and f.category = t.category and (t.phase is null or f.phase = t.phase)
  and (t.time_period is null or f.time_period = t.time_period) and (t.scope is null or f.scope = t.scope)
  and (t.source_id is null or f.source_id = t.source_id)
