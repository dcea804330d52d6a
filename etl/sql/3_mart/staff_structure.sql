-- Grain: one row per place, indicator, sector, tier, post type, time, scope, source, dimension (age_band, education,
-- org_unit or category) and category. Promise: base is the stated total of exactly that headcount, else the sum of two or
-- more listed parts, unless posts are authorised for a part whose headcount is missing; share = persons / base * 100, null
-- when the base is below 10 or unknown. is_partition says that the parts are known to fill the base: they equal the stated
-- total, or two dimensions give the same sum.
with figure as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.indicator as indicator, f.sector as sector, f.tier as tier,
    f.post_type as post_type, f.phase as phase, f.time_period as time_period, f.scope as scope,
    f.source_id as source_id, f.disclosure as disclosure, f.obs_value as persons, f.year as year,
    f.period_start as period_start, f.period_end as period_end, n.doubt as doubt, f.to_check as to_check,
    n.unclosed_zh as unclosed_zh, n.unstated as unstated,
    case when f.age_band <> '_T' then 1 else 0 end + case when f.education <> '_T' then 1 else 0 end
    + case when f.org_unit <> '_T' then 1 else 0 end + case when f.category <> '_T' then 1 else 0 end as splits,
    case
      when f.age_band <> '_T' then 'age_band' when f.education <> '_T' then 'education'
      when f.org_unit <> '_T' then 'org_unit' when f.category <> '_T' then 'category'
    end as dimension,
    case
      when f.age_band <> '_T' then f.age_band when f.education <> '_T' then f.education
      when f.org_unit <> '_T' then f.org_unit else f.category
    end as category,
    f.ref_area || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.phase || '|' || f.time_period || '|'
    || f.source_id as place_key,
    f.indicator || '|' || f.scope || '|' || f.ref_area || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|'
    || f.phase || '|' || f.time_period || '|' || f.source_id as total_key
  from core.fact as f
  join staging.fact_meaning as n on n.fact_id = f.fact_id
  where f.indicator in ('staff_actual', 'staff_extension_established', 'staff_authorised')
    and f.catalogue = '_T' and f.size_band = '_T'
),
part as (
  select
    g.fact_id as fact_id, g.ref_area as ref_area, g.indicator as indicator, g.sector as sector, g.tier as tier,
    g.post_type as post_type, g.phase as phase, g.time_period as time_period, g.scope as scope,
    g.source_id as source_id, g.disclosure as disclosure, g.persons as persons, g.dimension as dimension,
    g.category as category, g.place_key as place_key, g.total_key as total_key, g.year as year,
    g.period_start as period_start, g.period_end as period_end, g.doubt as doubt, g.to_check as to_check,
    g.unclosed_zh as unclosed_zh, g.unstated as unstated
  from figure as g
  where g.indicator <> 'staff_authorised' and g.splits = 1
),
summed as (
  select
    p.total_key as total_key, p.dimension as dimension, min(p.place_key) as place_key, sum(p.persons) as persons,
    count(p.fact_id) as parts, max(case when p.disclosure = 'internal' then 1 else 0 end) as internal
  from part as p
  group by p.total_key, p.dimension
),
missing as (
  select b.place_key as place_key, b.dimension as dimension
  from figure as b
  left join part as p on p.place_key = b.place_key and p.dimension = b.dimension and p.category = b.category
  where b.indicator = 'staff_authorised' and b.splits = 1 and p.fact_id is null
  group by b.place_key, b.dimension
),
confirmed as (
  select s.total_key as total_key, s.dimension as dimension
  from summed as s
  join summed as o on o.total_key = s.total_key and o.dimension <> s.dimension and o.persons = s.persons
  group by s.total_key, s.dimension
),
based as (
  select
    s.total_key as total_key, s.dimension as dimension, s.persons as parts_sum, t.fact_id as total_fact,
    case when t.persons is not null then t.persons when s.parts >= 2 and m.place_key is null then s.persons end as base,
    case when t.persons is not null then 'stated' when s.parts >= 2 and m.place_key is null then 'summed' end as base_basis,
    case when c.total_key is not null then true else false end as confirmed,
    case when t.disclosure = 'internal' or (t.fact_id is null and s.internal = 1) then 1 else 0 end as internal
  from summed as s
  left join figure as t on t.total_key = s.total_key and t.splits = 0
  left join missing as m on m.place_key = s.place_key and m.dimension = s.dimension
  left join confirmed as c on c.total_key = s.total_key and c.dimension = s.dimension
)
select
  p.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  coalesce(a.same_as, p.ref_area) as counted_as,
  p.indicator as indicator,
  p.sector as sector,
  p.tier as tier,
  p.post_type as post_type,
  p.dimension as dimension,
  p.category as category,
  p.persons as persons,
  case when b.base >= 10 then p.persons * 100.0 / nullif(b.base, 0) end as share,
  b.base as base,
  b.base_basis as base_basis,
  p.phase as phase,
  p.time_period as time_period,
  p.year as year,
  p.period_start as period_start,
  p.period_end as period_end,
  p.scope as scope,
  p.unstated as unstated,
  'structure|' || p.indicator || '|' || p.dimension || '|' || a.level
  || case when p.sector = '_T' then '' else '|' || p.sector end
  || case when p.tier = '_T' then '' else '|' || p.tier end
  || case when p.post_type = '_T' then '' else '|' || p.post_type end
  || '|' || p.scope || case when p.unstated then '|' || p.source_id else '' end as axis_key,
  p.total_key || '|' || p.dimension as whole_key,
  false as is_total,
  true as is_part,
  case
    when b.base_basis = 'stated' and abs(b.parts_sum - b.base) < 0.005 * b.base then true
    when b.base_basis = 'summed' and b.confirmed then true
    else false
  end as is_partition,
  case when not a.illustrative and p.unclosed_zh is null and not p.unstated then true else false end as comparable,
  false as may_rank,
  case
    when a.illustrative then '考题和范本，不参与比较'
    when p.unclosed_zh is not null then '来源分项与合计不符：' || p.unclosed_zh
    when p.unstated then '原文没有写明口径，只与同一来源的数并列'
    when p.doubt is not null then '存疑：' || p.doubt
    when p.to_check is not null then '待核：' || p.to_check
    else '构成只看比例，不排名'
  end as withheld_zh,
  p.unclosed_zh as unclosed_zh,
  p.doubt as doubt,
  p.to_check as to_check,
  d.timing as timing,
  a.anonymous as anonymous,
  a.illustrative as illustrative,
  case when p.disclosure = 'internal' or b.internal = 1 then 'internal' else 'public' end as disclosure,
  p.fact_id || coalesce(',' || b.total_fact, '') as fact_ids,
  p.source_id as source_ids
from part as p
join based as b on b.total_key = p.total_key and b.dimension = p.dimension
left join core.ref_area as a on a.ref_area = p.ref_area
left join staging.source_timing as d
  on d.ref_area = p.ref_area and d.source_id = p.source_id and d.time_period = p.time_period
