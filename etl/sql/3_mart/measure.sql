-- Grain: one row per place, date, measure, statement and source. Promise: who did what and when, with the source that says so;
-- a place that did nothing of a kind has no row, which is not the same as not having done it. counted_as: the place that an
-- unnamed one is by its features, so that places are counted once; what is only proposed is in no count of who did it.
-- measure_id follows from what the row says: a statement that is worded anew has a new one.
select
  'M' || substring(
    md5(m.ref_area || '|' || m.date || '|' || m.measure || '|' || m.statement_zh || '|' || m.source_id), 1, 10
  ) as measure_id,
  m.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  a.province as province,
  coalesce(a.same_as, m.ref_area) as counted_as,
  a.cohort as cohort,
  o.role as cohort_role,
  m.measure as measure,
  k.name_zh as measure_zh,
  k.position as measure_order,
  m.proposed as proposed,
  m.date as date,
  m.date_end as date_end,
  m.year as year,
  m.period_start as period_start,
  m.period_end as period_end,
  m.date_precision as date_precision,
  m.statement_zh as statement_zh,
  m.source_id as source_id,
  s.title || case when s.own_title then '（标题为本库所拟）' else '' end as source_title,
  s.grade as grade,
  m.locator as locator,
  s.url as url,
  m.note as note,
  a.anonymous as anonymous,
  a.illustrative as illustrative
from core.measure as m
left join core.ref_area as a on a.ref_area = m.ref_area
left join core.source as s on s.source_id = m.source_id
left join core.code as k on k.code_list = 'measure' and k.code = m.measure
left join core.cohort as o on o.cohort = a.cohort
