-- Grain: one row per place, date, kind and source. Promise: every event with the source that dates it; sorted by date the
-- rows of a place are its reform as published, and a date is never more precise than its source.
select
  e.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as level,
  a.cohort as cohort,
  e.date as date,
  e.date_precision as date_precision,
  e.kind as kind,
  case e.kind
    when 'reform_started' then '改革启动' when 'meeting' then '会议' when 'pilot_named' then '确定试点'
    when 'plan_submitted' then '方案上报' when 'plan_approved' then '方案批复' when 'issued' then '印发'
    when 'completed' then '完成' when 'took_effect' then '施行' when 'boundary_change' then '区划调整'
    when 'survey' then '调研' when 'established' then '成立' else e.kind
  end as kind_zh,
  e.title as title,
  e.source_id as source_id,
  s.title as source_title,
  s.grade as grade,
  e.locator as locator,
  s.url as url,
  e.note as note,
  a.anonymous as anonymous,
  a.illustrative as illustrative
from core.event as e
left join core.ref_area as a on a.ref_area = e.ref_area
left join core.source as s on s.source_id = e.source_id
