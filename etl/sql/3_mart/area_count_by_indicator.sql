-- Grain: one row per indicator that places published of themselves as a whole, and disclosure. Promise: rows add up: a place counts
-- as public when any of its facts is, else as internal, and never twice. counted: places as they are counted, an unnamed one that is
-- a named one is the same; areas: by their codes.
with named as (
  select w.indicator as indicator, w.disclosure as disclosure, w.ref_area as place, 1 as areas, 0 as counted
  from mart.area_indicator as w
  where w.wholes > 0
  union all
  select w.indicator as indicator, w.disclosure as disclosure, w.counted_as as place, 0 as areas, 1 as counted
  from mart.area_indicator as w
  where w.wholes > 0
),
once as (
  select
    n.indicator as indicator, n.areas as areas, n.counted as counted,
    max(case when n.disclosure = 'internal' then 0 else 1 end) as is_open
  from named as n
  group by n.indicator, n.place, n.areas, n.counted
)
select
  o.indicator as indicator,
  case when o.is_open = 1 then 'public' else 'internal' end as disclosure,
  cast(sum(o.areas) as bigint) as areas,
  cast(sum(o.counted) as bigint) as counted
from once as o
group by o.indicator, o.is_open
