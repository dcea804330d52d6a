-- Grain: one row per term of the field. Promise: what it means and where it misleads, in words of ours; null aliases where it has no
-- other spelling.
select
  t.term as term,
  t.position as position,
  t.aliases as aliases,
  t.definition_zh as definition_zh,
  t.caution_zh as caution_zh,
  t.source_of_definition as source_of_definition
from raw.term as t
