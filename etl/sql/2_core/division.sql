-- Grain: one row per code and name of a province, prefecture or county-level unit, standing or gone since 2000, and of the townships
-- that a folder registered for itself. Promise: every
-- unit that stands has one row with until null; one that has gone names what took its place, where that is a single unit.
select
  d.division as division,
  d.name_zh as name_zh,
  d.pinyin as pinyin,
  d.level as level,
  d.kind as kind,
  d.parent as parent,
  d.province as province,
  d.prefecture as prefecture,
  d.until as until,
  d.successor as successor,
  d.change_zh as change_zh,
  d.source_id as source_id
from raw.division as d
