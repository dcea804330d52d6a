-- Grain: one row per indicator that has facts, grade of source and disclosure. Promise: every fact is counted once, so that an
-- overview of what there is need not read the facts.
select
  f.indicator as indicator,
  i.theme as theme,
  s.grade as grade,
  f.disclosure as disclosure,
  count(f.fact_id) as facts
from core.fact as f
left join core.indicator as i on i.indicator = f.indicator
left join core.source as s on s.source_id = f.source_id
group by f.indicator, i.theme, s.grade, f.disclosure
