-- Grain: one row per term of a relation. Promise: points at exactly one fact; null phase, time or scope = any.
select
  t.identity_id as identity_id,
  t.side as side,
  t.coefficient as coefficient,
  t.ref_area as ref_area,
  t.indicator as indicator,
  t.sector as sector,
  t.tier as tier,
  t.post_type as post_type,
  t.age_band as age_band,
  t.education as education,
  t.org_unit as org_unit,
  t.catalogue as catalogue,
  t.size_band as size_band,
  t.category as category,
  t.phase as phase,
  t.time_period as time_period,
  t.scope as scope,
  t.source_id as source_id
from raw.identity_term as t
