-- Grain: one row per place that has facts, and disclosure. Promise: every fact is counted once, so that a list of places need
-- not read the facts; a place without a row has none.
select
  f.ref_area as ref_area,
  f.disclosure as disclosure,
  count(f.fact_id) as facts
from core.fact as f
group by f.ref_area, f.disclosure
