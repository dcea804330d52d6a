-- Grain: one row per place. Promise: anonymous places (a source that names no county) and illustrative ones
-- (exam and template material) are flagged, never null, so that every aggregate can leave them out.
select
  a.ref_area as ref_area,
  a.name_zh as name_zh,
  a.level as level,
  a.parent as parent,
  a.province as province,
  a.prefecture as prefecture,
  a.county as county,
  a.adcode as adcode,
  coalesce(a.anonymous, false) as anonymous,
  a.cohort as cohort,
  coalesce(a.illustrative, false) as illustrative,
  a.note as note
from raw.area as a
