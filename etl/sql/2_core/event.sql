-- Grain: one row per place, date, kind and source. Promise: the date is as precise as the source is, never more.
select
  e.ref_area as ref_area,
  e.date as date,
  e.year as year,
  e.period_start as period_start,
  e.period_end as period_end,
  e.date_precision as date_precision,
  e.kind as kind,
  e.title as title,
  e.source_id as source_id,
  e.locator as locator,
  e.note as note
from raw.event as e
