-- Grain: one row per source. Promise: grade A official, B press or journal, C mirror, S supplied by the user.
select
  s.source_id as source_id,
  s.title as title,
  s.publisher as publisher,
  s.published as published,
  s.url as url,
  s.locator_hint as locator_hint,
  s.grade as grade,
  coalesce(s.reprint, false) as reprint,
  s.note as note
from raw.source as s
