-- Grain: one row per place, date, measure, statement and source. Promise: what a place did as one source says it, in a short
-- sentence of ours; the date is as precise as the source is (_U: it states none), and a span of years keeps both its ends.
-- proposed: planned, aimed at or put up for comment, not done.
select
  m.ref_area as ref_area,
  m.date as date,
  m.date_end as date_end,
  m.year as year,
  m.period_start as period_start,
  m.period_end as period_end,
  m.date_precision as date_precision,
  m.measure as measure,
  coalesce(m.proposed, false) as proposed,
  m.statement_zh as statement_zh,
  m.source_id as source_id,
  m.locator as locator,
  m.note as note
from raw.measure as m
