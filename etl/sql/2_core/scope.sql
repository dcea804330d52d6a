-- Grain: one row per scope (口径). Promise: what a figure covers; fills_posts says whether a headcount of this scope
-- may be divided by authorised posts.
select
  s.scope as scope,
  s.population_basis as population_basis,
  s.staff_scope as staff_scope,
  coalesce(s.fills_posts, false) as fills_posts,
  coalesce(s.doubtful, false) as doubtful,
  s.definition_zh as definition_zh
from raw.scope as s
