-- Grain: one row per population size band. Promise: the edges of a label in persons (upper edge exclusive, null = open),
-- whether it is a band or a cumulative "fewer than" or "more than", and its place in a list.
with band as (
  select '<5万' as size_band, 'fewer_than' as band_kind, null as band_low, 50000 as band_high, 1 as band_order
  union all select '5万-10万', 'band', 50000, 100000, 2
  union all select '<10万', 'fewer_than', null, 100000, 3
  union all select '10万-20万', 'band', 100000, 200000, 4
  union all select '<20万', 'fewer_than', null, 200000, 5
  union all select '10万-50万', 'band', 100000, 500000, 6
  union all select '20万-50万', 'band', 200000, 500000, 7
  union all select '<50万', 'fewer_than', null, 500000, 8
  union all select '50万-100万', 'band', 500000, 1000000, 9
  union all select '>80万', 'more_than', 800000, null, 10
  union all select '≥100万', 'band', 1000000, null, 11
  union all select '>100万', 'more_than', 1000000, null, 12
)
select
  b.size_band as size_band, b.band_kind as band_kind, b.band_low as band_low, b.band_high as band_high,
  b.band_order as band_order
from band as b
