-- Grain: one row per error that a source printed. Promise: what it printed, how we read it, and the value stored.
select
  c.correction_id as correction_id,
  c.source_id as source_id,
  c.ref_area as ref_area,
  c.indicator as indicator,
  c.sector as sector,
  c.tier as tier,
  c.post_type as post_type,
  c.age_band as age_band,
  c.education as education,
  c.org_unit as org_unit,
  c.catalogue as catalogue,
  c.size_band as size_band,
  c.category as category,
  c.phase as phase,
  c.time_period as time_period,
  c.scope as scope,
  c.printed as printed,
  c.read_as as read_as,
  c.expect_value as expect_value,
  c.reason as reason
from raw.correction as c
