-- Grain: one row per list and code. Promise: the one Chinese word for a code, and its place in a list; pages, exports and
-- programs read it here.
select
  c.code_list as code_list,
  c.code as code,
  c.name_zh as name_zh,
  c.position as position
from raw.code as c
