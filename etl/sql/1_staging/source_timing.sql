-- Grain: one row per place, source and period that the source does not state plainly. Promise: how the source dates itself, said
-- on any of its facts of that place and period, holds for all of them.
with noted as (
  select distinct f.ref_area as ref_area, f.source_id as source_id, f.time_period as time_period, f.timing as timing
  from raw.fact as f
  where f.timing is not null
),
listed as (
  select
    n.ref_area as ref_area, n.source_id as source_id, n.time_period as time_period,
    string_agg(n.timing, '；') over (
      partition by n.ref_area, n.source_id, n.time_period order by n.timing
      rows between unbounded preceding and unbounded following
    ) as timing,
    row_number() over (partition by n.ref_area, n.source_id, n.time_period order by n.timing) as place
  from noted as n
)
select l.ref_area as ref_area, l.source_id as source_id, l.time_period as time_period, l.timing as timing
from listed as l
where l.place = 1
