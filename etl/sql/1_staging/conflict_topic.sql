-- Grain: one row per declared conflict. Promise: member_list is the scopes between semicolons (";a;b;"), null = all facts.
select
  t.topic_id as topic_id,
  t.title_zh as title_zh,
  t.reading_zh as reading_zh,
  t.ref_area as ref_area,
  t.indicator as indicator,
  t.size_band as size_band,
  t.phase as phase,
  ';' || replace(replace(replace(t.members, '；', ';'), '; ', ';'), ' ;', ';') || ';' as member_list
from raw.conflict_topic as t
