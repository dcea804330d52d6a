-- Grain: one row per indicator that places published of themselves as a whole, and disclosure. Promise: rows add up: a place counts
-- as public when any of its facts is, else as internal, and never twice. counted: places as they are counted, an unnamed one that is
-- a named one is the same; areas: by their codes.
with place as (
  select
    w.indicator as indicator, w.ref_area as place,
    max(case when w.disclosure = 'internal' then 0 else 1 end) as is_open
  from mart.area_indicator as w
  where w.wholes > 0
  group by w.indicator, w.ref_area
),
thing as (
  select
    w.indicator as indicator, w.counted_as as place,
    max(case when w.disclosure = 'internal' then 0 else 1 end) as is_open
  from mart.area_indicator as w
  where w.wholes > 0
  group by w.indicator, w.counted_as
),
both_ways as (
  select p.indicator as indicator, p.is_open as is_open, 1 as areas, 0 as counted
  from place as p
  union all
  select t.indicator as indicator, t.is_open as is_open, 0 as areas, 1 as counted
  from thing as t
)
select
  b.indicator as indicator,
  case when b.is_open = 1 then 'public' else 'internal' end as disclosure,
  cast(sum(b.areas) as bigint) as areas,
  cast(sum(b.counted) as bigint) as counted
from both_ways as b
group by b.indicator, b.is_open
