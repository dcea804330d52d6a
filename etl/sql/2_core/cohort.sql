-- Grain: one row per cohort. Promise: what kind of group it is (role), which batch, where, and since when; null where no
-- source dates it.
select
  c.cohort as cohort,
  c.role as role,
  c.batch as batch,
  c.province as province,
  c.named as named,
  c.position as position,
  c.note as note
from raw.cohort as c
