-- Grain: one row per place, phase, period, population basis and staff scope.
-- Promise: a stated ratio (or share, inverted) and the ratio recomputed from population and staff meet in one row only
-- where place, phase, year, population basis and staff scope are all the same; facts of unstated time meet only within
-- one source. Ratios of intervals are intervals: low = population_low / staff_high, high = population_high / staff_low,
-- an open end stays null; they agree where the intervals meet. A printed 22:1 is [21.5, 22.5] as it stands in the facts.
-- obs_value, value_low, value_high, precision: the ratio to show, stated before recomputed (basis says which; converted: from a
-- share); a doubt about either side of a recomputed one is its own. Where a side of the scope is not stated the source is part of axis_key: two unknown scopes are not one scope.
with population as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.phase as phase, f.source_id as source_id,
    f.disclosure as disclosure, f.obs_value as obs_value, f.value_low as value_low, f.value_high as value_high,
    p.preference as preference, c.unstated as unstated, n.doubt as doubt, f.to_check as to_check,
    p.period as period,
    coalesce(c.population_basis, case
      when f.indicator = 'population_census' and f.year = 2020 then '七普'
      when f.indicator in ('population_census', 'population_resident') then '常住'
      when f.indicator = 'population_registered' then '户籍'
      else '未注明'
    end) as basis
  from core.fact as f
  join core.scope as c on c.scope = f.scope
  join staging.fact_preference as p on p.fact_id = f.fact_id
  join staging.fact_meaning as n on n.fact_id = f.fact_id
  where f.indicator in ('population_resident', 'population_registered', 'population_census', 'population_total')
    and f.phase in ('point', 'before', 'after')
    and f.sector = '_T' and f.tier = '_T' and f.post_type = '_T' and f.age_band = '_T' and f.education = '_T'
    and f.org_unit = '_T' and f.catalogue = '_T' and f.size_band = '_T' and f.category = '_T'
),
payroll as (
  select
    f.fact_id as fact_ids, f.fact_id as lead_fact_id, f.ref_area as ref_area, f.phase as phase,
    f.time_period as time_period, f.year as year, f.scope as scope, f.source_id as source_id,
    f.disclosure as disclosure, f.obs_value as obs_value, f.value_low as value_low, f.value_high as value_high,
    f.period_start as period_start, f.period_end as period_end, n.doubt as doubt, f.to_check as to_check
  from core.fact as f
  join staging.fact_meaning as n on n.fact_id = f.fact_id
  where f.indicator = 'fiscally_supported_staff' and f.phase in ('point', 'before', 'after')
    and f.sector = '_T' and f.tier = '_T' and f.post_type = '_T' and f.age_band = '_T' and f.education = '_T'
    and f.org_unit = '_T' and f.catalogue = '_T' and f.size_band = '_T' and f.category = '_T'
  union all
  select
    t.fact_ids as fact_ids, t.lead_fact_id as lead_fact_id, t.ref_area as ref_area, t.phase as phase,
    t.time_period as time_period, t.year as year, t.scope as scope, t.source_id as source_id,
    t.disclosure as disclosure, t.obs_value as obs_value, t.value_low as value_low, t.value_high as value_high,
    t.period_start as period_start, t.period_end as period_end, t.doubt as doubt, t.to_check as to_check
  from staging.staff_cell as t
  join core.ref_area as a on a.ref_area = t.ref_area
  join core.scope as c on c.scope = t.scope
  where t.side = 'actual' and a.level = 'township' and c.fills_posts
    and t.sector = '_T' and t.tier = '_T' and t.post_type = '_T' and t.org_unit = '_T'
),
staff as (
  select
    y.fact_ids as fact_ids, y.ref_area as ref_area, y.phase as phase, y.time_period as time_period, y.year as year,
    y.scope as scope, y.source_id as source_id, y.disclosure as disclosure, y.obs_value as obs_value,
    y.value_low as value_low, y.value_high as value_high, p.preference as preference, c.unstated as unstated,
    y.period_start as period_start, y.period_end as period_end, y.doubt as doubt, y.to_check as to_check,
    p.period as period,
    coalesce(c.staff_scope, '未注明') as staff_scope
  from payroll as y
  join core.scope as c on c.scope = y.scope
  join staging.fact_preference as p on p.fact_id = y.lead_fact_id
),
paired as (
  select
    n.ref_area as ref_area, n.phase as phase, n.time_period as time_period, n.year as year, n.period as period,
    m.basis as basis, n.staff_scope as staff_scope, n.scope as scope,
    m.obs_value as population, m.value_low as population_low, m.value_high as population_high,
    n.obs_value as staff, n.value_low as staff_low, n.value_high as staff_high,
    m.value_low / nullif(n.value_high, 0) as ratio_low,
    m.value_high / nullif(n.value_low, 0) as ratio_high,
    n.period_start as period_start, n.period_end as period_end,
    case when m.unstated or n.unstated then true else false end as unstated,
    coalesce(n.doubt, m.doubt) as doubt, coalesce(n.to_check, m.to_check) as to_check,
    m.fact_id || ',' || n.fact_ids as fact_ids, m.source_id as population_source, n.source_id as staff_source,
    case when m.disclosure = 'internal' or n.disclosure = 'internal' then 'internal' else 'public' end as disclosure,
    row_number() over (
      partition by n.ref_area, n.phase, n.period, m.basis, n.staff_scope
      order by n.preference, case when m.phase = n.phase then 0 else 1 end, m.preference
    ) as choice
  from staff as n
  join population as m
    on m.ref_area = n.ref_area and m.period = n.period and (m.phase = n.phase or m.phase = 'point')
),
printed as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.phase as phase, f.time_period as time_period, f.year as year,
    f.scope as scope, f.source_id as source_id, f.disclosure as disclosure, p.preference as preference,
    f.indicator as indicator, f.obs_value as obs_value,
    p.period as period,
    coalesce(c.population_basis, '未注明') as basis, coalesce(c.staff_scope, '未注明') as staff_scope,
    f.value_low as value_low, f.value_high as value_high, f.precision as precision, f.as_stated as as_stated,
    f.period_start as period_start, f.period_end as period_end, f.period_approx as period_approx, f.timing as timing,
    f.to_check as to_check, m.doubt as doubt, c.unstated as unstated
  from core.fact as f
  join staging.fact_meaning as m on m.fact_id = f.fact_id
  join core.scope as c on c.scope = f.scope
  join staging.fact_preference as p on p.fact_id = f.fact_id
  where f.indicator in ('population_per_fiscal_staff', 'fiscal_staff_share')
    and f.phase in ('point', 'before', 'after', 'plan')
    and f.sector = '_T' and f.tier = '_T' and f.post_type = '_T' and f.age_band = '_T' and f.education = '_T'
    and f.org_unit = '_T' and f.catalogue = '_T' and f.size_band = '_T' and f.category = '_T'
),
stated as (
  select
    d.fact_id as fact_id, d.ref_area as ref_area, d.phase as phase, d.time_period as time_period, d.year as year,
    d.period as period, d.basis as basis, d.staff_scope as staff_scope, d.scope as scope, d.source_id as source_id,
    d.disclosure as disclosure, d.precision as precision, d.as_stated as as_stated, d.period_start as period_start,
    d.period_end as period_end, d.period_approx as period_approx, d.timing as timing, d.to_check as to_check,
    d.doubt as doubt, d.unstated as unstated,
    case when d.indicator = 'fiscal_staff_share' then 'converted' else 'stated' end as basis_kind,
    case when d.indicator = 'fiscal_staff_share' then 100.0 / nullif(d.obs_value, 0) else d.obs_value end as ratio,
    case when d.indicator = 'fiscal_staff_share' then 100.0 / nullif(d.value_high, 0) else d.value_low end as ratio_low,
    case when d.indicator = 'fiscal_staff_share' then 100.0 / nullif(d.value_low, 0) else d.value_high end as ratio_high,
    row_number() over (
      partition by d.ref_area, d.phase, d.period, d.basis, d.staff_scope order by d.preference
    ) as choice
  from printed as d
),
cell as (
  select p.ref_area as ref_area, p.phase as phase, p.period as period, p.basis as basis, p.staff_scope as staff_scope
  from paired as p
  union
  select s.ref_area as ref_area, s.phase as phase, s.period as period, s.basis as basis, s.staff_scope as staff_scope
  from stated as s
),
joined as (
  select
    k.ref_area as ref_area, k.phase as phase, k.basis as basis, k.staff_scope as staff_scope, k.period as period,
    coalesce(p.time_period, s.time_period) as time_period, coalesce(p.year, s.year) as year,
    coalesce(s.scope, p.scope) as scope,
    p.population as population, p.population_low as population_low, p.population_high as population_high,
    p.staff as staff, p.staff_low as staff_low, p.staff_high as staff_high,
    s.ratio as ratio_stated, s.ratio_low as ratio_stated_low, s.ratio_high as ratio_stated_high,
    case
      when p.population_low is not null and p.population_high is not null and p.staff_low is not null
        and p.staff_high is not null then p.population / nullif(p.staff, 0)
    end as ratio_recomputed,
    p.ratio_low as ratio_low, p.ratio_high as ratio_high,
    coalesce(s.ratio, p.population / nullif(p.staff, 0)) as obs_value,
    case when s.ratio is not null then s.ratio_low else p.ratio_low end as value_low,
    case when s.ratio is not null then s.ratio_high else p.ratio_high end as value_high,
    coalesce(s.basis_kind, 'recomputed') as basis_kind, s.precision as precision, s.as_stated as as_stated,
    coalesce(s.period_start, p.period_start) as period_start, coalesce(s.period_end, p.period_end) as period_end,
    coalesce(s.period_approx, false) as period_approx, s.timing as timing,
    case when s.fact_id is null then p.to_check else s.to_check end as to_check,
    case when s.fact_id is null then p.doubt else s.doubt end as doubt,
    coalesce(s.unstated, p.unstated) as unstated,
    case when s.source_id is null and p.population_source <> p.staff_source then true else false end as two_sources,
    coalesce(s.source_id, p.staff_source) as staff_source,
    coalesce(p.fact_ids, '') || case when p.fact_ids is not null and s.fact_id is not null then ',' else '' end
    || coalesce(s.fact_id, '') as fact_ids,
    case when p.disclosure = 'internal' or s.disclosure = 'internal' then 'internal' else 'public' end as disclosure
  from cell as k
  left join paired as p
    on p.ref_area = k.ref_area and p.phase = k.phase and p.period = k.period and p.basis = k.basis
    and p.staff_scope = k.staff_scope and p.choice = 1
  left join stated as s
    on s.ref_area = k.ref_area and s.phase = k.phase and s.period = k.period and s.basis = k.basis
    and s.staff_scope = k.staff_scope and s.choice = 1
),
witness as (
  select p.ref_area as ref_area, p.phase as phase, p.period as period, p.basis as basis,
    p.staff_scope as staff_scope, p.population_source as source_id
  from paired as p where p.choice = 1
  union
  select p.ref_area as ref_area, p.phase as phase, p.period as period, p.basis as basis,
    p.staff_scope as staff_scope, p.staff_source as source_id
  from paired as p where p.choice = 1
  union
  select s.ref_area as ref_area, s.phase as phase, s.period as period, s.basis as basis,
    s.staff_scope as staff_scope, s.source_id as source_id
  from stated as s where s.choice = 1
),
cited as (
  select
    w.ref_area as ref_area, w.phase as phase, w.period as period, w.basis as basis, w.staff_scope as staff_scope,
    string_agg(w.source_id, ',') over (
      partition by w.ref_area, w.phase, w.period, w.basis, w.staff_scope order by w.source_id
      rows between unbounded preceding and unbounded following
    ) as source_ids,
    row_number() over (
      partition by w.ref_area, w.phase, w.period, w.basis, w.staff_scope order by w.source_id
    ) as place
  from witness as w
)
select
  j.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  coalesce(a.same_as, j.ref_area) as counted_as,
  a.cohort as cohort,
  o.role as cohort_role,
  j.phase as phase,
  j.time_period as time_period,
  j.year as year,
  j.period_start as period_start,
  j.period_end as period_end,
  j.period_approx as period_approx,
  j.basis as population_basis,
  j.staff_scope as staff_scope,
  j.scope as scope,
  c.coverage as scope_coverage,
  j.unstated as unstated,
  j.obs_value as obs_value,
  j.value_low as value_low,
  j.value_high as value_high,
  j.basis_kind as basis,
  case
    when j.basis_kind = 'converted' then 'approx'
    when j.basis_kind = 'stated' then j.precision
    when j.value_low is null then 'at_most'
    when j.value_high is null then 'at_least'
    when j.value_low = j.value_high then 'derived'
    else 'approx'
  end as precision,
  j.as_stated as as_stated,
  j.two_sources as two_sources,
  j.population as population,
  j.population_low as population_low,
  j.population_high as population_high,
  j.staff as staff,
  j.staff_low as staff_low,
  j.staff_high as staff_high,
  j.ratio_stated as ratio_stated,
  j.ratio_stated_low as ratio_stated_low,
  j.ratio_stated_high as ratio_stated_high,
  j.ratio_recomputed as ratio_recomputed,
  j.ratio_low as ratio_low,
  j.ratio_high as ratio_high,
  case
    when j.ratio_stated is null or (j.ratio_low is null and j.ratio_high is null) then null
    when j.ratio_low > j.ratio_stated_high or j.ratio_high < j.ratio_stated_low then false
    else true
  end as agrees,
  'population_per_fiscal_staff|:1|' || case when j.phase = 'plan' then 'plan' else 'state' end || '|' || j.basis || '|'
  || j.staff_scope || case when j.unstated then '|' || w.source_ids else '' end as axis_key,
  j.ref_area || '|' || j.phase || '|' || j.period || '|' || j.basis || '|' || j.staff_scope as whole_key,
  true as is_total,
  false as is_part,
  case when not a.illustrative and u.unclosed_zh is null and not j.unstated then true else false end as comparable,
  case when not a.illustrative and u.unclosed_zh is null and not j.unstated and j.phase <> 'plan' and a.same_as is null
    and j.doubt is null and j.to_check is null and i.rankable then true else false end as may_rank,
  case
    when a.illustrative then '考题和范本，不参与比较'
    when u.unclosed_zh is not null then '来源分项与合计不符：' || u.unclosed_zh
    when j.unstated then '原文没有写明口径，只与同一来源的数并列'
    when j.doubt is not null then '存疑：' || j.doubt
    when j.to_check is not null then '待核：' || j.to_check
    when a.same_as is not null then '与一个已具名的地区是同一地，只计一次'
    when j.phase = 'plan' then '不是现状数，不排名'
    when not i.rankable then '这项指标只看量级，不排名'
  end as withheld_zh,
  u.unclosed_zh as unclosed_zh,
  j.doubt as doubt,
  j.to_check as to_check,
  j.timing as timing,
  a.anonymous as anonymous,
  a.illustrative as illustrative,
  j.disclosure as disclosure,
  j.fact_ids as fact_ids,
  w.source_ids as source_ids
from joined as j
join cited as w
  on w.ref_area = j.ref_area and w.phase = j.phase and w.period = j.period and w.basis = j.basis
  and w.staff_scope = j.staff_scope and w.place = 1
left join core.ref_area as a on a.ref_area = j.ref_area
left join core.scope as c on c.scope = j.scope
left join core.cohort as o on o.cohort = a.cohort
left join core.indicator as i on i.indicator = 'population_per_fiscal_staff'
left join staging.unclosed_source as u on u.ref_area = j.ref_area and u.source_id = j.staff_source
