-- Grain: one row per place, indicator, dimensions and scope with a figure before, after or of change.
-- Promise: before, after and change share one scope; where several sources give the same cell the preferred one stands;
-- a missing third is computed from the other two and marked computed, unless one of them only bounds; change is signed
-- (a cut is negative); change_pct is relative, and null for shares, whose difference is in percentage points (百分点).
-- A stated percentage (indicator <base>_change_pct) is carried beside the computed one, also where no count was published;
-- one without a base indicator stands under its own name.
with claim as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.indicator as indicator, f.sector as sector, f.tier as tier,
    f.post_type as post_type, f.age_band as age_band, f.education as education, f.org_unit as org_unit,
    f.catalogue as catalogue, f.size_band as size_band, f.category as category, f.scope as scope, f.phase as phase,
    f.time_period as time_period, f.obs_value as obs_value, f.precision as precision, f.source_id as source_id,
    f.disclosure as disclosure, p.preference as preference,
    f.ref_area || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band || '|' || f.education
    || '|' || f.org_unit || '|' || f.catalogue || '|' || f.size_band || '|' || f.category || '|' || f.scope as place_key
  from core.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id
  where f.phase in ('before', 'after', 'change')
),
counted as (
  select
    c.place_key as place_key, c.indicator as indicator, c.fact_id as fact_id, c.ref_area as ref_area,
    c.sector as sector, c.tier as tier, c.post_type as post_type, c.age_band as age_band, c.education as education,
    c.org_unit as org_unit, c.catalogue as catalogue, c.size_band as size_band, c.category as category,
    c.scope as scope, c.phase as phase, c.time_period as time_period, c.obs_value as obs_value,
    c.precision as precision, c.source_id as source_id, c.disclosure as disclosure, c.preference as preference,
    'count' as role
  from claim as c
  join core.indicator as i on i.indicator = c.indicator and i.kind <> 'year'
  where position('_change_pct' in c.indicator) = 0
  union all
  select
    c.place_key as place_key, coalesce(base.indicator, c.indicator) as indicator, c.fact_id as fact_id, c.ref_area as ref_area,
    c.sector as sector, c.tier as tier, c.post_type as post_type, c.age_band as age_band, c.education as education,
    c.org_unit as org_unit, c.catalogue as catalogue, c.size_band as size_band, c.category as category,
    c.scope as scope, c.phase as phase, c.time_period as time_period, c.obs_value as obs_value,
    c.precision as precision, c.source_id as source_id, c.disclosure as disclosure, c.preference as preference,
    'percent' as role
  from claim as c
  left join core.indicator as base on c.indicator = base.indicator || '_change_pct'
  where position('_change_pct' in c.indicator) > 0 and c.phase = 'change'
),
chosen as (
  select
    n.place_key as place_key, n.indicator as indicator, n.fact_id as fact_id, n.ref_area as ref_area,
    n.sector as sector, n.tier as tier, n.post_type as post_type, n.age_band as age_band, n.education as education,
    n.org_unit as org_unit, n.catalogue as catalogue, n.size_band as size_band, n.category as category,
    n.scope as scope, n.time_period as time_period, n.obs_value as obs_value, n.source_id as source_id,
    n.disclosure as disclosure,
    case when n.precision in ('at_least', 'at_most') then 1 else 0 end as bounds,
    case when n.role = 'percent' then 'percent' else n.phase end as cell,
    row_number() over (
      partition by n.place_key, n.indicator, n.role, n.phase order by n.preference
    ) as choice
  from counted as n
),
pivoted as (
  select
    h.place_key as place_key, h.indicator as indicator, h.ref_area as ref_area, h.sector as sector, h.tier as tier,
    h.post_type as post_type, h.age_band as age_band, h.education as education, h.org_unit as org_unit,
    h.catalogue as catalogue, h.size_band as size_band, h.category as category, h.scope as scope,
    max(case when h.cell = 'before' then h.obs_value end) as before,
    max(case when h.cell = 'after' then h.obs_value end) as after,
    max(case when h.cell = 'change' then h.obs_value end) as change,
    max(case when h.cell = 'percent' then h.obs_value end) as change_pct_stated,
    max(case when h.cell = 'before' then h.time_period end) as time_before,
    max(case when h.cell = 'after' then h.time_period end) as time_after,
    max(case when h.cell in ('change', 'percent') then h.time_period end) as time_change,
    max(case when h.cell = 'before' then h.bounds else 0 end) as before_bounds,
    max(case when h.cell = 'after' then h.bounds else 0 end) as after_bounds,
    max(case when h.cell = 'change' then h.bounds else 0 end) as change_bounds,
    max(case when h.disclosure = 'internal' then 1 else 0 end) as internal
  from chosen as h
  where h.choice = 1
  group by
    h.place_key, h.indicator, h.ref_area, h.sector, h.tier, h.post_type, h.age_band, h.education, h.org_unit,
    h.catalogue, h.size_band, h.category, h.scope
),
completed as (
  select
    v.place_key as place_key, v.indicator as indicator, v.ref_area as ref_area, v.sector as sector, v.tier as tier,
    v.post_type as post_type, v.age_band as age_band, v.education as education, v.org_unit as org_unit,
    v.catalogue as catalogue, v.size_band as size_band, v.category as category, v.scope as scope,
    v.time_before as time_before, coalesce(v.time_after, v.time_change) as time_after,
    case when v.before is not null then v.before when v.after_bounds = 0 and v.change_bounds = 0 then v.after - v.change
      end as before,
    case when v.after is not null then v.after when v.before_bounds = 0 and v.change_bounds = 0 then v.before + v.change
      end as after,
    case when v.change is not null then v.change when v.before_bounds = 0 and v.after_bounds = 0 then v.after - v.before
      end as change,
    v.change_pct_stated as change_pct_stated,
    case when v.before is not null then 'stated' when v.after is not null and v.change is not null
      and v.after_bounds = 0 and v.change_bounds = 0 then 'computed' end as before_basis,
    case when v.after is not null then 'stated' when v.before is not null and v.change is not null
      and v.before_bounds = 0 and v.change_bounds = 0 then 'computed' end as after_basis,
    case when v.change is not null then 'stated' when v.before is not null and v.after is not null
      and v.before_bounds = 0 and v.after_bounds = 0 then 'computed' end as change_basis,
    v.before_bounds + v.after_bounds + v.change_bounds as bounds,
    v.internal as internal
  from pivoted as v
),
facts as (
  select
    h.place_key as place_key, h.indicator as indicator,
    string_agg(h.fact_id, ',') over (
      partition by h.place_key, h.indicator order by h.fact_id
      rows between unbounded preceding and unbounded following
    ) as fact_ids,
    row_number() over (partition by h.place_key, h.indicator order by h.fact_id) as place
  from chosen as h
  where h.choice = 1
),
sources as (
  select
    d.place_key as place_key, d.indicator as indicator,
    string_agg(d.source_id, ',') over (
      partition by d.place_key, d.indicator order by d.source_id
      rows between unbounded preceding and unbounded following
    ) as source_ids,
    row_number() over (partition by d.place_key, d.indicator order by d.source_id) as place
  from (
    select distinct h.place_key as place_key, h.indicator as indicator, h.source_id as source_id
    from chosen as h
    where h.choice = 1
  ) as d
)
select
  m.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as level,
  a.cohort as cohort,
  m.indicator as indicator,
  i.name_zh as indicator_zh,
  i.unit_measure as unit_measure,
  i.theme as theme,
  m.sector as sector,
  m.tier as tier,
  m.post_type as post_type,
  m.age_band as age_band,
  m.education as education,
  m.org_unit as org_unit,
  m.catalogue as catalogue,
  m.size_band as size_band,
  m.category as category,
  m.scope as scope,
  m.time_before as time_before,
  m.time_after as time_after,
  m.before as before,
  m.after as after,
  m.change as change,
  case when i.kind <> 'share' and m.bounds = 0 then m.change * 100.0 / nullif(m.before, 0) end as change_pct,
  m.change_pct_stated as change_pct_stated,
  m.before_basis as before_basis,
  m.after_basis as after_basis,
  m.change_basis as change_basis,
  a.anonymous as anonymous,
  a.illustrative as illustrative,
  case when m.internal = 1 then 'internal' else 'public' end as disclosure,
  f.fact_ids as fact_ids,
  s.source_ids as source_ids
from completed as m
join facts as f on f.place_key = m.place_key and f.indicator = m.indicator and f.place = 1
join sources as s on s.place_key = m.place_key and s.indicator = m.indicator and s.place = 1
join core.indicator as i on i.indicator = m.indicator
left join core.ref_area as a on a.ref_area = m.ref_area
