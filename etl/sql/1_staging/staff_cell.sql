-- Grain: one row per side (authorised or actual), place, sector, tier, post type, unit, phase, time, scope and source.
-- Promise: every stated headcount, and a total only where that source states none of that side, time and scope and the
-- parts are a complete stated set: 行政 and 事业 (工勤, 参公 where stated) for post types, 县级 and 乡级 for tiers.
-- An end is open (null) where any part is open; of several doubts of a sum one stands. lead_fact_id ranks the cell: its parts share one source.
with headcount as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.sector as sector, f.tier as tier, f.post_type as post_type,
    f.org_unit as org_unit, f.phase as phase, f.time_period as time_period, f.year as year, f.scope as scope,
    f.source_id as source_id, f.disclosure as disclosure, f.obs_value as obs_value, f.value_low as value_low,
    f.value_high as value_high, f.precision as precision,
    coalesce(f.doubt, case when c.doubtful then '口径存疑' end) as doubt, f.to_check as to_check,
    f.period_start as period_start, f.period_end as period_end,
    case when f.indicator = 'staff_authorised' then 'authorised' else 'actual' end as side
  from raw.fact as f
  left join raw.scope as c on c.scope = f.scope
  where f.indicator in ('staff_authorised', 'staff_actual')
    and f.age_band = '_T' and f.education = '_T' and f.catalogue = '_T' and f.size_band = '_T' and f.category = '_T'
    and f.phase in ('point', 'before', 'after')
),
part as (
  select
    'stated' as basis, 0 as basis_order, h.fact_id as fact_id, h.side as side, h.ref_area as ref_area,
    h.sector as sector, h.tier as tier, h.post_type as post_type, h.org_unit as org_unit, h.phase as phase,
    h.time_period as time_period, h.year as year, h.scope as scope, h.source_id as source_id,
    h.disclosure as disclosure, h.obs_value as obs_value, h.value_low as value_low, h.value_high as value_high,
    h.precision as precision, h.doubt as doubt, h.to_check as to_check, h.period_start as period_start,
    h.period_end as period_end, 1 as first_half, 1 as second_half
  from headcount as h
  union all
  select
    'summed' as basis, 1 as basis_order, h.fact_id as fact_id, h.side as side, h.ref_area as ref_area,
    h.sector as sector, h.tier as tier, '_T' as post_type, h.org_unit as org_unit, h.phase as phase,
    h.time_period as time_period, h.year as year, h.scope as scope, h.source_id as source_id,
    h.disclosure as disclosure, h.obs_value as obs_value, h.value_low as value_low, h.value_high as value_high,
    h.precision as precision, h.doubt as doubt, h.to_check as to_check, h.period_start as period_start,
    h.period_end as period_end, case when h.post_type = '行政' then 1 else 0 end as first_half,
    case when h.post_type = '事业' then 1 else 0 end as second_half
  from headcount as h
  where h.post_type in ('行政', '事业', '工勤', '参公')
  union all
  select
    'summed' as basis, 2 as basis_order, h.fact_id as fact_id, h.side as side, h.ref_area as ref_area,
    h.sector as sector, '_T' as tier, h.post_type as post_type, h.org_unit as org_unit, h.phase as phase,
    h.time_period as time_period, h.year as year, h.scope as scope, h.source_id as source_id,
    h.disclosure as disclosure, h.obs_value as obs_value, h.value_low as value_low, h.value_high as value_high,
    h.precision as precision, h.doubt as doubt, h.to_check as to_check, h.period_start as period_start,
    h.period_end as period_end, case when h.tier = '县级' then 1 else 0 end as first_half,
    case when h.tier = '乡级' then 1 else 0 end as second_half
  from headcount as h
  where h.tier in ('县级', '乡级')
),
keyed as (
  select
    p.basis as basis, p.basis_order as basis_order, p.fact_id as fact_id, p.side as side, p.ref_area as ref_area,
    p.sector as sector, p.tier as tier, p.post_type as post_type, p.org_unit as org_unit, p.phase as phase,
    p.time_period as time_period, p.year as year, p.scope as scope, p.source_id as source_id,
    p.disclosure as disclosure, p.obs_value as obs_value, p.value_low as value_low, p.value_high as value_high,
    p.precision as precision, p.doubt as doubt, p.to_check as to_check, p.period_start as period_start,
    p.period_end as period_end, p.first_half as first_half, p.second_half as second_half,
    p.side || '|' || p.ref_area || '|' || p.sector || '|' || p.tier || '|' || p.post_type || '|' || p.org_unit
    || '|' || p.phase || '|' || p.time_period || '|' || p.source_id as total_key
  from part as p
),
listed as (
  select
    k.total_key as total_key, k.scope as scope, k.basis_order as basis_order,
    string_agg(k.fact_id, ',') over (
      partition by k.total_key, k.scope, k.basis_order order by k.fact_id
      rows between unbounded preceding and unbounded following
    ) as fact_ids,
    row_number() over (partition by k.total_key, k.scope, k.basis_order order by k.fact_id) as place
  from keyed as k
),
cell as (
  select
    k.total_key as total_key, k.scope as scope, k.basis_order as basis_order, k.basis as basis, k.side as side,
    k.ref_area as ref_area, k.sector as sector, k.tier as tier, k.post_type as post_type, k.org_unit as org_unit,
    k.phase as phase, k.time_period as time_period, k.year as year, k.source_id as source_id,
    sum(k.obs_value) as obs_value,
    case when count(k.value_low) = count(k.fact_id) then sum(k.value_low) end as value_low,
    case when count(k.value_high) = count(k.fact_id) then sum(k.value_high) end as value_high,
    case when max(case when k.precision in ('at_least', 'at_most') then 1 else 0 end) = 1 then true else false end
      as bounded,
    case when max(case when k.disclosure = 'internal' then 1 else 0 end) = 1 then 'internal' else 'public' end
      as disclosure,
    min(k.fact_id) as lead_fact_id, max(k.doubt) as doubt, max(k.to_check) as to_check,
    min(k.period_start) as period_start, max(k.period_end) as period_end,
    row_number() over (partition by k.total_key, k.scope order by k.basis_order) as basis_rank
  from keyed as k
  left join headcount as stated
    on k.basis_order > 0 and stated.side = k.side and stated.ref_area = k.ref_area and stated.sector = k.sector
    and stated.tier = k.tier and stated.post_type = k.post_type and stated.org_unit = k.org_unit
    and stated.phase = k.phase and stated.time_period = k.time_period and stated.scope = k.scope
    and stated.source_id = k.source_id
  where stated.fact_id is null
  group by
    k.total_key, k.scope, k.basis_order, k.basis, k.side, k.ref_area, k.sector, k.tier, k.post_type, k.org_unit,
    k.phase, k.time_period, k.year, k.source_id
  having max(k.first_half) = 1 and max(k.second_half) = 1
)
select
  c.side as side, c.ref_area as ref_area, c.sector as sector, c.tier as tier, c.post_type as post_type,
  c.org_unit as org_unit, c.phase as phase, c.time_period as time_period, c.year as year, c.scope as scope,
  c.source_id as source_id, c.basis as basis, c.obs_value as obs_value, c.value_low as value_low,
  c.value_high as value_high, c.bounded as bounded, c.disclosure as disclosure, c.lead_fact_id as lead_fact_id,
  c.doubt as doubt, c.to_check as to_check, c.period_start as period_start, c.period_end as period_end,
  l.fact_ids as fact_ids
from cell as c
join listed as l
  on l.total_key = c.total_key and l.scope = c.scope and l.basis_order = c.basis_order and l.place = 1
where c.basis_rank = 1
