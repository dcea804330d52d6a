-- Grain: one row per indicator. Promise: one unit per indicator, and the definition shown to readers.
select
  i.indicator as indicator,
  i.name_zh as name_zh,
  i.name_en as name_en,
  i.unit_measure as unit_measure,
  i.definition_zh as definition_zh,
  i.direction as direction,
  i.kind as kind,
  i.decimals as decimals,
  i.caveat_zh as caveat_zh,
  i.source_of_definition as source_of_definition,
  i.theme as theme,
  coalesce(i.self_defined, false) as self_defined,
  coalesce(i.rankable, false) as rankable,
  i.direction_zh as direction_zh
from raw.indicator as i
