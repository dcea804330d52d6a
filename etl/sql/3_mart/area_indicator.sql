-- Grain: one row per place, indicator that has facts of it, and disclosure. Promise: every fact is counted once, so that what a
-- place published, and who published a thing, is known without reading the facts. wholes: of these facts those that compare:
-- preferred, of the place as a whole (no part by age, education, unit or category), and no exam or sample.
select
  f.ref_area as ref_area,
  f.indicator as indicator,
  f.disclosure as disclosure,
  coalesce(a.same_as, f.ref_area) as counted_as,
  count(f.fact_id) as facts,
  cast(sum(case
    when p.preferred and not a.illustrative and f.age_band = '_T' and f.education = '_T' and f.org_unit = '_T' and f.category = '_T'
      then 1
    else 0
  end) as bigint) as wholes
from core.fact as f
join staging.fact_preference as p on p.fact_id = f.fact_id
join core.ref_area as a on a.ref_area = f.ref_area
group by f.ref_area, f.indicator, f.disclosure, coalesce(a.same_as, f.ref_area)
