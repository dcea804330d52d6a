-- Grain: one row per place and ancestor, the place itself included at distance 0.
-- Promise: closed: an ancestor's ancestors are there too, so that sums over a county need one join.
select
  a.ref_area as ref_area,
  a.ancestor as ancestor,
  a.distance as distance
from raw.area_ancestor as a
