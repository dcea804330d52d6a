-- Grain: one row per place, sector, tier, post type, unit, phase, period and scope of the headcount; authorised posts
-- that meet no headcount of their period have one row with no scope.
-- Promise: a headcount meets the authorised posts of the same place, cell, phase and year, of its own source where that
-- has both. Totals are stated, or summed from a complete stated set of parts, and say which. The difference is null
-- unless the headcount's scope fills posts; fill_rate is null also below 10 posts and for figures that only bound;
-- reason_zh says why.
with cell as (
  select
    t.side as side, t.ref_area as ref_area, t.sector as sector, t.tier as tier, t.post_type as post_type,
    t.org_unit as org_unit, t.phase as phase, t.time_period as time_period, t.year as year, t.scope as scope,
    t.source_id as source_id, t.basis as basis, t.obs_value as obs_value, t.value_low as value_low,
    t.value_high as value_high, t.bounded as bounded, t.disclosure as disclosure, t.fact_ids as fact_ids,
    p.preference as preference, p.period as period,
    t.ref_area || '|' || t.sector || '|' || t.tier || '|' || t.post_type || '|' || t.org_unit || '|' || t.phase
    || '|' || p.period as cell_key,
    row_number() over (
      partition by t.side, t.ref_area, t.sector, t.tier, t.post_type, t.org_unit, t.phase, p.period, t.scope
      order by p.preference, t.time_period desc
    ) as choice
  from staging.staff_cell as t
  join staging.fact_preference as p on p.fact_id = t.lead_fact_id
),
actual as (
  select
    c.cell_key as cell_key, c.scope as scope, c.source_id as source_id, c.basis as basis, c.obs_value as obs_value,
    c.value_low as value_low, c.value_high as value_high, c.bounded as bounded, c.disclosure as disclosure,
    c.fact_ids as fact_ids, c.time_period as time_period
  from cell as c
  where c.side = 'actual' and c.choice = 1
),
candidate as (
  select
    b.cell_key as cell_key, b.scope as authorised_scope, b.source_id as authorised_source, b.basis as authorised_basis,
    b.obs_value as authorised, b.value_low as authorised_low, b.value_high as authorised_high,
    b.bounded as authorised_bounded, b.disclosure as authorised_disclosure, b.fact_ids as authorised_fact_ids,
    b.time_period as authorised_time, a.scope as actual_scope,
    row_number() over (
      partition by b.cell_key, a.scope
      order by case when b.source_id = a.source_id then 0 else 1 end, b.preference, b.time_period desc
    ) as choice
  from cell as b
  left join actual as a on a.cell_key = b.cell_key
  where b.side = 'authorised'
),
place as (
  select
    c.cell_key as cell_key, c.ref_area as ref_area, c.sector as sector, c.tier as tier, c.post_type as post_type,
    c.org_unit as org_unit, c.phase as phase, min(c.year) as year
  from cell as c
  group by c.cell_key, c.ref_area, c.sector, c.tier, c.post_type, c.org_unit, c.phase
),
matched as (
  select
    k.ref_area as ref_area, k.sector as sector, k.tier as tier, k.post_type as post_type, k.org_unit as org_unit,
    k.phase as phase, k.year as year, coalesce(a.time_period, b.authorised_time) as time_period,
    a.scope as actual_scope, s.staff_scope as staff_scope, coalesce(s.fills_posts, false) as fills_posts,
    b.authorised_scope as authorised_scope,
    b.authorised as authorised, b.authorised_low as authorised_low, b.authorised_high as authorised_high,
    a.obs_value as actual, a.value_low as actual_low, a.value_high as actual_high,
    case when a.bounded or b.authorised_bounded then true else false end as bounded,
    b.authorised_basis as authorised_basis, a.basis as actual_basis,
    b.authorised_fact_ids as authorised_fact_ids, a.fact_ids as actual_fact_ids,
    b.authorised_source as authorised_source, a.source_id as actual_source,
    case when a.disclosure = 'internal' or b.authorised_disclosure = 'internal' then 'internal' else 'public' end
      as disclosure
  from place as k
  left join actual as a on a.cell_key = k.cell_key
  left join candidate as b
    on b.cell_key = k.cell_key and b.choice = 1 and coalesce(b.actual_scope, '') = coalesce(a.scope, '')
  left join core.scope as s on s.scope = a.scope
)
select
  m.ref_area as ref_area,
  r.name_zh as area_name,
  r.level as level,
  r.county as county,
  r.cohort as cohort,
  m.sector as sector,
  m.tier as tier,
  m.post_type as post_type,
  m.org_unit as org_unit,
  m.phase as phase,
  m.time_period as time_period,
  m.year as year,
  m.actual_scope as scope,
  m.staff_scope as staff_scope,
  m.authorised_scope as authorised_scope,
  m.authorised as authorised,
  m.authorised_low as authorised_low,
  m.authorised_high as authorised_high,
  m.actual as actual,
  m.actual_low as actual_low,
  m.actual_high as actual_high,
  case when m.fills_posts then m.actual - m.authorised end as difference,
  case when m.fills_posts and m.authorised >= 10 and not m.bounded
    then m.actual * 100.0 / nullif(m.authorised, 0) end as fill_rate,
  case when m.fills_posts and m.authorised is not null and m.actual is not null then true else false end as comparable,
  case
    when m.actual is null then '未见实有人数'
    when m.authorised is null then '未见编制数'
    when not m.fills_posts then '实有口径与编制不对应，不可相除'
    when m.bounded then '只有上限或下限，不算满编率'
    when m.authorised < 10 then '编制不足10名，只列数，不算百分比'
  end as reason_zh,
  m.authorised_basis as authorised_basis,
  m.actual_basis as actual_basis,
  m.authorised_fact_ids as authorised_fact_ids,
  m.actual_fact_ids as actual_fact_ids,
  case
    when m.authorised_source is null or m.authorised_source = m.actual_source then m.actual_source
    when m.actual_source is null then m.authorised_source
    else m.authorised_source || ',' || m.actual_source
  end as source_ids,
  r.anonymous as anonymous,
  r.illustrative as illustrative,
  m.disclosure as disclosure
from matched as m
left join core.ref_area as r on r.ref_area = m.ref_area
