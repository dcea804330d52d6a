-- Grain: one row per source. Promise: grade A official, B press or journal, C mirror, S supplied by the user.
select
  s.source_id as source_id,
  s.title as title,
  coalesce(s.own_title, false) as own_title,
  s.publisher as publisher,
  s.published as published,
  s.url as url,
  s.locator_hint as locator_hint,
  s.grade as grade,
  coalesce(s.reprint, false) as reprint,
  coalesce(s.reports_plan, false) as reports_plan,
  s.note as note
from raw.source as s
