-- Grain: one row per place. Promise: anonymous places (a source that names no county) and illustrative ones
-- (exam and template material) are flagged, never null, so that every aggregate can leave them out; same_as names the place
-- that an unnamed one is by its features, so that it is counted once. How a name is typed and where it stands by pinyin has
-- landed with it, since no engine knows readings. covered: at least one fact is kept of the place itself.
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
  a.same_as as same_as,
  a.cohort as cohort,
  coalesce(a.illustrative, false) as illustrative,
  a.note as note,
  d.kind as kind,
  a.spellings as spellings,
  a.sort_text as sort_text,
  f.ref_area is not null as covered
from raw.area as a
left join raw.division as d on d.division = a.ref_area and d.name_zh = a.name_zh
left join (select distinct fact.ref_area as ref_area from raw.fact as fact) as f on f.ref_area = a.ref_area
