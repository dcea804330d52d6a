-- Grain: one row per fact. Promise: axis_key: facts of equal key may share an axis: one indicator and unit, a state, change
-- or plan, one level (for absolute numbers), the same dimensions and scope; where the source leaves open what it counts, the
-- source itself is part of the key, since two unknown scopes are not one scope. whole_key: what one source says of one thing
-- of one place at one time, of which a fact is the whole or a part. is_part: a breakdown, not a value of the place as a whole.
-- details_key: the dimensions in use, as they stand in an axis_key.
with detailed as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.indicator as indicator, f.unit_measure as unit_measure, f.phase as phase,
    f.time_period as time_period, f.catalogue as catalogue, f.scope as scope, f.source_id as source_id, f.doubt as doubt,
    case when f.sector = '_T' then '' else '|' || f.sector end
    || case when f.tier = '_T' then '' else '|' || f.tier end
    || case when f.post_type = '_T' then '' else '|' || f.post_type end
    || case when f.age_band = '_T' then '' else '|' || f.age_band end
    || case when f.education = '_T' then '' else '|' || f.education end
    || case when f.org_unit = '_T' then '' else '|' || f.org_unit end
    || case when f.catalogue = '_T' then '' else '|' || f.catalogue end
    || case when f.size_band = '_T' then '' else '|' || f.size_band end
    || case when f.category = '_T' then '' else '|' || f.category end
      as details_key,
    case when f.sector <> '_T' or f.tier <> '_T' or f.post_type <> '_T' or f.age_band <> '_T' or f.education <> '_T'
      or f.org_unit <> '_T' or f.size_band <> '_T' or f.category <> '_T' then true else false end as is_part
  from raw.fact as f
)
select
  f.fact_id as fact_id,
  case when c.unstated and not coalesce(i.self_defined, false) and f.catalogue = '_T' then true else false end as unstated,
  case when f.phase = 'change' then 'change' when f.phase = 'plan' then 'plan' else 'state' end as phase_kind,
  f.indicator || '|' || f.unit_measure
  || case when f.phase = 'change' then '|change' when f.phase = 'plan' then '|plan' else '|state' end
  || case when i.kind in ('ratio', 'share') then '' else '|' || a.level end
  || f.details_key
  || '|' || f.scope
  || case when c.unstated and not coalesce(i.self_defined, false) and f.catalogue = '_T' then '|' || f.source_id else '' end
    as axis_key,
  f.ref_area || '|' || f.indicator || '|' || f.phase || '|' || f.time_period || '|' || f.scope || '|' || f.source_id
    as whole_key,
  f.details_key as details_key,
  f.is_part as is_part,
  u.unclosed_zh as unclosed_zh,
  coalesce(f.doubt, case when c.doubtful then '口径存疑' end) as doubt
from detailed as f
left join raw.indicator as i on i.indicator = f.indicator
left join raw.scope as c on c.scope = f.scope
left join raw.area as a on a.ref_area = f.ref_area
left join staging.unclosed_fact as u on u.fact_id = f.fact_id
