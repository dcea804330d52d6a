-- Grain: one row per place, sector, tier, post type, unit, phase, period and scope of the headcount; authorised posts
-- that meet no headcount of their period have one row with no scope.
-- Promise: a headcount meets the authorised posts of the same place, cell, phase and year, of its own source where that
-- has both. Totals are stated, or summed from a complete stated set of parts, and say which. The difference is null
-- unless the headcount's scope fills posts; fill_rate is null also below 10 posts and for figures that only bound;
-- a source whose own sums do not come out gives neither; withheld_zh says why. comparable: posts and people divide.
-- whole_key: rows of one place, time and pair of scopes, whole or part; is_partition: types of post (or tiers) that make up
-- the total of that place exactly.
with cell as (
  select
    t.side as side, t.ref_area as ref_area, t.sector as sector, t.tier as tier, t.post_type as post_type,
    t.org_unit as org_unit, t.phase as phase, t.time_period as time_period, t.year as year, t.scope as scope,
    t.source_id as source_id, t.basis as basis, t.obs_value as obs_value, t.value_low as value_low,
    t.value_high as value_high, t.bounded as bounded, t.disclosure as disclosure, t.fact_ids as fact_ids,
    t.doubt as doubt, t.to_check as to_check, d.timing as timing, t.period_start as period_start, t.period_end as period_end,
    p.preference as preference, p.period as period,
    t.ref_area || '|' || t.sector || '|' || t.tier || '|' || t.post_type || '|' || t.org_unit || '|' || t.phase
    || '|' || p.period as cell_key,
    row_number() over (
      partition by t.side, t.ref_area, t.sector, t.tier, t.post_type, t.org_unit, t.phase, p.period, t.scope
      order by p.preference, t.time_period desc
    ) as choice
  from staging.staff_cell as t
  join staging.fact_preference as p on p.fact_id = t.lead_fact_id
  left join staging.source_timing as d
    on d.ref_area = t.ref_area and d.source_id = t.source_id and d.time_period = t.time_period
),
actual as (
  select
    c.cell_key as cell_key, c.scope as scope, c.source_id as source_id, c.basis as basis, c.obs_value as obs_value,
    c.value_low as value_low, c.value_high as value_high, c.bounded as bounded, c.disclosure as disclosure,
    c.fact_ids as fact_ids, c.time_period as time_period, c.doubt as doubt, c.to_check as to_check, c.timing as timing,
    c.period_start as period_start, c.period_end as period_end
  from cell as c
  where c.side = 'actual' and c.choice = 1
),
candidate as (
  select
    b.cell_key as cell_key, b.scope as authorised_scope, b.source_id as authorised_source, b.basis as authorised_basis,
    b.obs_value as authorised, b.value_low as authorised_low, b.value_high as authorised_high,
    b.bounded as authorised_bounded, b.disclosure as authorised_disclosure, b.fact_ids as authorised_fact_ids,
    b.time_period as authorised_time, b.doubt as authorised_doubt, b.to_check as authorised_to_check,
    b.timing as authorised_timing, b.period_start as authorised_start, b.period_end as authorised_end,
    a.scope as actual_scope,
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
    a.scope as actual_scope, s.staff_scope as staff_scope, s.coverage as scope_coverage,
    coalesce(s.fills_posts, false) as fills_posts,
    b.authorised_scope as authorised_scope, z.coverage as authorised_coverage,
    case when coalesce(s.unstated, false) or coalesce(z.unstated, false) then true else false end as unstated,
    coalesce(ua.unclosed_zh, ub.unclosed_zh) as unclosed_zh,
    coalesce(a.doubt, b.authorised_doubt) as doubt, coalesce(a.to_check, b.authorised_to_check) as to_check,
    coalesce(a.timing, b.authorised_timing) as timing,
    coalesce(a.period_start, b.authorised_start) as period_start, coalesce(a.period_end, b.authorised_end) as period_end,
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
  left join core.scope as z on z.scope = b.authorised_scope
  left join staging.unclosed_source as ua on ua.ref_area = k.ref_area and ua.source_id = a.source_id
  left join staging.unclosed_source as ub on ub.ref_area = k.ref_area and ub.source_id = b.authorised_source
),
summed as (
  select
    m.ref_area as ref_area, m.sector as sector, m.org_unit as org_unit, m.phase as phase, m.time_period as time_period,
    coalesce(m.actual_scope, '') as actual_scope, coalesce(m.authorised_scope, '') as authorised_scope,
    sum(case when m.tier = '_T' and m.post_type <> '_T' then m.authorised end) as posts_by_type,
    sum(case when m.tier = '_T' and m.post_type <> '_T' then m.actual end) as people_by_type,
    sum(case when m.tier <> '_T' and m.post_type = '_T' then m.authorised end) as posts_by_tier,
    sum(case when m.tier <> '_T' and m.post_type = '_T' then m.actual end) as people_by_tier,
    max(case when m.tier = '_T' and m.post_type = '_T' then m.authorised end) as posts,
    max(case when m.tier = '_T' and m.post_type = '_T' then m.actual end) as people
  from matched as m
  group by m.ref_area, m.sector, m.org_unit, m.phase, m.time_period, coalesce(m.actual_scope, ''),
    coalesce(m.authorised_scope, '')
)
select
  m.ref_area as ref_area,
  r.name_zh as area_name,
  r.level as area_level,
  r.county as county,
  coalesce(r.same_as, m.ref_area) as counted_as,
  r.cohort as cohort,
  o.role as cohort_role,
  m.sector as sector,
  m.tier as tier,
  m.post_type as post_type,
  m.org_unit as org_unit,
  m.phase as phase,
  m.time_period as time_period,
  m.year as year,
  m.period_start as period_start,
  m.period_end as period_end,
  m.actual_scope as scope,
  m.scope_coverage as scope_coverage,
  m.staff_scope as staff_scope,
  m.fills_posts as fills_posts,
  m.authorised_scope as authorised_scope,
  m.authorised_coverage as authorised_coverage,
  m.unstated as unstated,
  m.authorised as authorised,
  m.authorised_low as authorised_low,
  m.authorised_high as authorised_high,
  m.actual as actual,
  m.actual_low as actual_low,
  m.actual_high as actual_high,
  case when m.fills_posts and m.unclosed_zh is null then m.actual - m.authorised end as difference,
  case when m.fills_posts and m.unclosed_zh is null and m.authorised >= 10 and not m.bounded
    then m.actual * 100.0 / nullif(m.authorised, 0) end as fill_rate,
  case when m.fills_posts and m.unclosed_zh is null and m.authorised is not null and m.actual is not null
    then true else false end as comparable,
  'staffing|' || r.level
  || case when m.sector = '_T' then '' else '|' || m.sector end
  || case when m.tier = '_T' then '' else '|' || m.tier end
  || case when m.post_type = '_T' then '' else '|' || m.post_type end
  || case when m.org_unit = '_T' then '' else '|' || m.org_unit end
  || '|' || coalesce(m.actual_scope, '无实有') || '|' || coalesce(m.authorised_scope, '无编制')
  || case when m.unstated then '|' || coalesce(m.actual_source, m.authorised_source) else '' end as axis_key,
  m.ref_area || '|' || m.sector || '|' || m.phase || '|' || m.time_period || '|' || coalesce(m.actual_scope, '无实有') || '|'
  || coalesce(m.authorised_scope, '无编制') as whole_key,
  case when m.sector = '_T' and m.tier = '_T' and m.post_type = '_T' and m.org_unit = '_T' then true else false end
    as is_total,
  case when m.sector = '_T' and m.tier = '_T' and m.post_type = '_T' and m.org_unit = '_T' then false else true end
    as is_part,
  case
    when m.tier = '_T' and m.post_type <> '_T' and m.org_unit = '_T'
      and coalesce(u.posts_by_type, -1) = coalesce(u.posts, -1) and coalesce(u.people_by_type, -1) = coalesce(u.people, -1)
      then true
    when m.tier <> '_T' and m.post_type = '_T' and m.org_unit = '_T'
      and u.posts_by_type is null and u.people_by_type is null
      and coalesce(u.posts_by_tier, -1) = coalesce(u.posts, -1) and coalesce(u.people_by_tier, -1) = coalesce(u.people, -1)
      then true
    else false
  end as is_partition,
  false as may_rank,
  case
    when r.illustrative then '考题和范本，不参与比较'
    when m.unclosed_zh is not null then '来源分项与合计不符：' || m.unclosed_zh
    when m.actual is null then '未见实有人数'
    when m.authorised is null then '未见编制数'
    when not m.fills_posts then '实有口径与编制不对应，不可相除'
    when m.bounded then '只有上限或下限，不算满编率'
    when m.authorised < 10 then '编制不足10名，只列数，不算百分比'
    when m.unstated then '原文没有写明口径，只与同一来源的数并列'
    when m.doubt is not null then '存疑：' || m.doubt
    when m.to_check is not null then '待核：' || m.to_check
    else '只看超编还是空编，不排名'
  end as withheld_zh,
  m.unclosed_zh as unclosed_zh,
  m.doubt as doubt,
  m.to_check as to_check,
  m.timing as timing,
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
join summed as u
  on u.ref_area = m.ref_area and u.sector = m.sector and u.org_unit = m.org_unit and u.phase = m.phase
  and u.time_period = m.time_period and u.actual_scope = coalesce(m.actual_scope, '')
  and u.authorised_scope = coalesce(m.authorised_scope, '')
left join core.ref_area as r on r.ref_area = m.ref_area
left join core.cohort as o on o.cohort = r.cohort
