-- Grain: one row per arithmetic relation. Promise: what must hold among stated figures, and what is known not to.
select
  i.identity_id as identity_id,
  i.title_zh as title_zh,
  i.relation as relation,
  i.expected as expected,
  case when i.expected = 'contradicts' then coalesce(i.fault, 'unclosed') end as fault,
  i.note as note
from raw.identity as i
