-- Grain: one row per place, indicator, dimensions and scope with a figure before, after or of change.
-- Promise: before, after and change share one scope; where several sources give the same cell the preferred one stands;
-- a missing third is computed from the other two and marked computed, unless one of them only bounds; change is signed
-- (a cut is negative); change_pct is relative, and null for shares, whose difference is in percentage points (百分点).
-- A stated percentage (indicator <base>_change_pct) is carried beside the computed one, also where no count was published;
-- one without a base indicator stands under its own name. axis_key, comparable, may_rank, withheld_zh as in mart.fact;
-- whole_key: cuts of several things of one place in one scope, which as per cent may share an axis.
with claim as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.indicator as indicator, f.sector as sector, f.tier as tier,
    f.post_type as post_type, f.age_band as age_band, f.education as education, f.org_unit as org_unit,
    f.catalogue as catalogue, f.size_band as size_band, f.category as category, f.scope as scope, f.phase as phase,
    f.time_period as time_period, f.obs_value as obs_value, f.precision as precision, f.source_id as source_id,
    f.disclosure as disclosure, p.preference as preference, f.year as year, f.period_start as period_start,
    f.period_end as period_end, s.reports_plan as reports_plan, m.details_key as details_key,
    f.ref_area || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band || '|' || f.education
    || '|' || f.org_unit || '|' || f.catalogue || '|' || f.size_band || '|' || f.category || '|' || f.scope as place_key
  from core.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id
  join staging.fact_meaning as m on m.fact_id = f.fact_id
  left join core.source as s on s.source_id = f.source_id
  where f.phase in ('before', 'after', 'change')
),
counted as (
  select
    c.place_key as place_key, c.indicator as indicator, c.fact_id as fact_id, c.ref_area as ref_area,
    c.sector as sector, c.tier as tier, c.post_type as post_type, c.age_band as age_band, c.education as education,
    c.org_unit as org_unit, c.catalogue as catalogue, c.size_band as size_band, c.category as category,
    c.scope as scope, c.phase as phase, c.time_period as time_period, c.obs_value as obs_value,
    c.precision as precision, c.source_id as source_id, c.disclosure as disclosure, c.preference as preference,
    c.year as year, c.period_start as period_start, c.period_end as period_end, c.reports_plan as reports_plan,
    c.details_key as details_key,
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
    c.year as year, c.period_start as period_start, c.period_end as period_end, c.reports_plan as reports_plan,
    c.details_key as details_key,
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
    n.disclosure as disclosure, n.year as year, n.period_start as period_start, n.period_end as period_end,
    n.reports_plan as reports_plan, n.details_key as details_key,
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
    h.details_key as details_key,
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
    max(case when h.disclosure = 'internal' then 1 else 0 end) as internal,
    coalesce(max(case when h.cell <> 'before' then h.year end), max(h.year)) as year,
    min(h.period_start) as period_start, max(h.period_end) as period_end,
    coalesce(
      max(case when h.cell = 'after' then h.period_start end),
      max(case when h.cell in ('change', 'percent') then h.period_start end)
    ) as after_start,
    coalesce(
      max(case when h.cell = 'after' then h.period_end end), max(case when h.cell in ('change', 'percent') then h.period_end end)
    ) as after_end,
    max(case when h.cell = 'after' and h.reports_plan then 1 else 0 end) as by_plan
  from chosen as h
  where h.choice = 1
  group by
    h.place_key, h.indicator, h.ref_area, h.sector, h.tier, h.post_type, h.age_band, h.education, h.org_unit,
    h.catalogue, h.size_band, h.category, h.scope, h.details_key
),
completed as (
  select
    v.place_key as place_key, v.indicator as indicator, v.ref_area as ref_area, v.sector as sector, v.tier as tier,
    v.post_type as post_type, v.age_band as age_band, v.education as education, v.org_unit as org_unit,
    v.catalogue as catalogue, v.size_band as size_band, v.category as category, v.scope as scope,
    v.details_key as details_key,
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
    v.year as year, v.period_start as period_start, v.period_end as period_end, v.after_start as after_start,
    v.after_end as after_end, v.by_plan as by_plan,
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
),
reserve as (
  select
    h.place_key as place_key, h.indicator as indicator, 'doubt' as kind, m.doubt as reserve_zh
  from chosen as h
  join staging.fact_meaning as m on m.fact_id = h.fact_id and m.doubt is not null
  where h.choice = 1
  union
  select
    h.place_key as place_key, h.indicator as indicator, 'to_check' as kind, f.to_check as reserve_zh
  from chosen as h
  join core.fact as f on f.fact_id = h.fact_id and f.to_check is not null
  where h.choice = 1
  union
  select
    h.place_key as place_key, h.indicator as indicator, 'unclosed' as kind, m.unclosed_zh as reserve_zh
  from chosen as h
  join staging.fact_meaning as m on m.fact_id = h.fact_id and m.unclosed_zh is not null
  where h.choice = 1
),
reserves as (
  select
    r.place_key as place_key, r.indicator as indicator, r.kind as kind,
    string_agg(r.reserve_zh, '；') over (
      partition by r.place_key, r.indicator, r.kind order by r.reserve_zh
      rows between unbounded preceding and unbounded following
    ) as reserve_zh,
    row_number() over (partition by r.place_key, r.indicator, r.kind order by r.reserve_zh) as place
  from reserve as r
),
meant as (
  select
    m.place_key as place_key, m.indicator as indicator,
    case when c.unstated and not coalesce(i.self_defined, false) and m.catalogue = '_T' then true else false end as unstated,
    case when m.sector <> '_T' or m.tier <> '_T' or m.post_type <> '_T' or m.age_band <> '_T' or m.education <> '_T'
      or m.org_unit <> '_T' or m.size_band <> '_T' or m.category <> '_T' then true else false end as is_part,
    c.nature as scope_nature, c.coverage as scope_coverage, d.reserve_zh as doubt, k.reserve_zh as to_check,
    u.reserve_zh as unclosed_zh
  from completed as m
  join core.indicator as i on i.indicator = m.indicator
  left join core.scope as c on c.scope = m.scope
  left join reserves as d on d.place_key = m.place_key and d.indicator = m.indicator and d.kind = 'doubt' and d.place = 1
  left join reserves as k
    on k.place_key = m.place_key and k.indicator = m.indicator and k.kind = 'to_check' and k.place = 1
  left join reserves as u
    on u.place_key = m.place_key and u.indicator = m.indicator and u.kind = 'unclosed' and u.place = 1
)
select
  m.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  coalesce(a.same_as, m.ref_area) as counted_as,
  a.cohort as cohort,
  o.role as cohort_role,
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
  n.scope_nature as scope_nature,
  n.scope_coverage as scope_coverage,
  n.unstated as unstated,
  m.time_before as time_before,
  m.time_after as time_after,
  m.year as year,
  m.period_start as period_start,
  m.period_end as period_end,
  m.after_start as after_start,
  m.after_end as after_end,
  m.before as before,
  m.after as after,
  m.change as change,
  case when i.kind <> 'share' and m.bounds = 0 then m.change * 100.0 / nullif(m.before, 0) end as change_pct,
  m.change_pct_stated as change_pct_stated,
  m.before_basis as before_basis,
  m.after_basis as after_basis,
  m.change_basis as change_basis,
  case when m.by_plan = 1 then true else false end as by_plan,
  m.indicator || '|' || i.unit_measure || '|state' || case when i.kind in ('ratio', 'share') then '' else '|' || a.level end
  || m.details_key || '|' || m.scope || case when n.unstated then '|' || s.source_ids else '' end as axis_key,
  m.ref_area || '|' || m.scope as whole_key,
  not n.is_part as is_total,
  n.is_part as is_part,
  case when not a.illustrative and n.unclosed_zh is null and not n.unstated then true else false end as comparable,
  case
    when i.rankable and n.scope_nature = 'count' and not a.illustrative and a.same_as is null and n.unclosed_zh is null
      and not n.unstated and n.doubt is null and n.to_check is null then true
    else false
  end as may_rank,
  case
    when a.illustrative then '考题和范本，不参与比较'
    when n.unclosed_zh is not null then '来源分项与合计不符：' || n.unclosed_zh
    when n.unstated then '原文没有写明口径，只与同一来源的数并列'
    when n.doubt is not null then '存疑：' || n.doubt
    when n.to_check is not null then '待核：' || n.to_check
    when a.same_as is not null then '与一个已具名的地区是同一地，只计一次'
    when n.scope_nature <> 'count' then '不是现状数，不排名'
    when not i.rankable then '这项指标只看量级，不排名'
  end as withheld_zh,
  n.unclosed_zh as unclosed_zh,
  n.doubt as doubt,
  n.to_check as to_check,
  a.anonymous as anonymous,
  a.illustrative as illustrative,
  case when m.internal = 1 then 'internal' else 'public' end as disclosure,
  f.fact_ids as fact_ids,
  s.source_ids as source_ids
from completed as m
join facts as f on f.place_key = m.place_key and f.indicator = m.indicator and f.place = 1
join sources as s on s.place_key = m.place_key and s.indicator = m.indicator and s.place = 1
join meant as n on n.place_key = m.place_key and n.indicator = m.indicator
join core.indicator as i on i.indicator = m.indicator
left join core.ref_area as a on a.ref_area = m.ref_area
left join core.cohort as o on o.cohort = a.cohort
