-- Grain: one row per scope (口径). Promise: what is counted (subject), as what (nature: count, limit, plan, target, change,
-- projection), where (coverage), by which edition of a book, without which places
-- (left_out: codes with a semicolon between them); fills_posts says whether a headcount of this scope may be divided by
-- authorised posts; unstated says that the source leaves open what it counts, so that two sources of it are not one scope.
select
  s.scope as scope,
  s.subject as subject,
  s.nature as nature,
  s.coverage as coverage,
  s.edition as edition,
  s.left_out as left_out,
  s.population_basis as population_basis,
  s.staff_scope as staff_scope,
  coalesce(s.fills_posts, false) as fills_posts,
  coalesce(s.unstated, false) as unstated,
  coalesce(s.doubtful, false) as doubtful,
  s.definition_zh as definition_zh
from raw.scope as s
