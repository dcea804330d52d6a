-- Grain: one row per place, date, kind and source. Promise: every event with the source that dates it; sorted by date the
-- rows of a place are its reform as published, and a date is never more precise than its source.
select
  e.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  a.cohort as cohort,
  o.role as cohort_role,
  e.date as date,
  e.year as year,
  e.period_start as period_start,
  e.period_end as period_end,
  e.date_precision as date_precision,
  e.kind as kind,
  k.name_zh as kind_zh,
  e.title as title,
  e.source_id as source_id,
  s.title || case when s.own_title then '（标题为本库所拟）' else '' end as source_title,
  s.grade as grade,
  e.locator as locator,
  s.url as url,
  e.note as note,
  a.anonymous as anonymous,
  a.illustrative as illustrative
from core.event as e
left join core.ref_area as a on a.ref_area = e.ref_area
left join core.source as s on s.source_id = e.source_id
left join core.code as k on k.code_list = 'event_kind' and k.code = e.kind
left join core.cohort as o on o.cohort = a.cohort
