-- Grain: one row per arithmetic relation among stated figures. Promise: both sides as the facts give them, as values and as
-- intervals; outcome is holds (equal), rounds (the intervals meet), contradicts (they do not), or note (not arithmetic).
-- Nothing is repaired: a source that contradicts itself is shown to.
with matched as (
  select
    t.identity_id as identity_id, t.side as side, t.coefficient as coefficient, f.fact_id as fact_id,
    f.source_id as source_id, f.obs_value as obs_value,
    case when t.coefficient >= 0 then f.value_low else f.value_high end as near_end,
    case when t.coefficient >= 0 then f.value_high else f.value_low end as far_end
  from core.identity_term as t
  join core.fact as f
    on f.ref_area = t.ref_area and f.indicator = t.indicator and f.sector = t.sector and f.tier = t.tier
    and f.post_type = t.post_type and f.age_band = t.age_band and f.education = t.education
    and f.org_unit = t.org_unit and f.catalogue = t.catalogue and f.size_band = t.size_band
    and f.category = t.category and (t.phase is null or f.phase = t.phase)
    and (t.time_period is null or f.time_period = t.time_period) and (t.scope is null or f.scope = t.scope)
    and (t.source_id is null or f.source_id = t.source_id)
),
summed as (
  select
    m.identity_id as identity_id, m.side as side, sum(m.coefficient * m.obs_value) as total,
    case when count(m.near_end) = count(m.fact_id) then sum(m.coefficient * m.near_end) end as low,
    case when count(m.far_end) = count(m.fact_id) then sum(m.coefficient * m.far_end) end as high
  from matched as m
  group by m.identity_id, m.side
),
sided as (
  select
    i.identity_id as identity_id, i.title_zh as title_zh, i.relation as relation, i.expected as expected, i.note as note,
    case when i.relation = 'ratio' then n.total / nullif(d.total, 0) else l.total end as lhs,
    case when i.relation = 'ratio' then n.low / nullif(d.high, 0) else l.low end as lhs_low,
    case when i.relation = 'ratio' then n.high / nullif(d.low, 0) else l.high end as lhs_high,
    r.total as rhs, r.low as rhs_low, r.high as rhs_high
  from core.identity as i
  left join summed as l on l.identity_id = i.identity_id and l.side = 'lhs'
  left join summed as r on r.identity_id = i.identity_id and r.side = 'rhs'
  left join summed as n on n.identity_id = i.identity_id and n.side = 'numerator'
  left join summed as d on d.identity_id = i.identity_id and d.side = 'denominator'
),
facts as (
  select
    u.identity_id as identity_id,
    string_agg(u.fact_id, ',') over (
      partition by u.identity_id order by u.fact_id rows between unbounded preceding and unbounded following
    ) as fact_ids,
    row_number() over (partition by u.identity_id order by u.fact_id) as place
  from (select distinct m.identity_id as identity_id, m.fact_id as fact_id from matched as m) as u
),
sources as (
  select
    u.identity_id as identity_id,
    string_agg(u.source_id, ',') over (
      partition by u.identity_id order by u.source_id rows between unbounded preceding and unbounded following
    ) as source_ids,
    row_number() over (partition by u.identity_id order by u.source_id) as place
  from (select distinct m.identity_id as identity_id, m.source_id as source_id from matched as m) as u
)
select
  s.identity_id as identity_id,
  s.title_zh as title_zh,
  s.relation as relation,
  s.expected as expected,
  s.lhs as lhs,
  s.lhs_low as lhs_low,
  s.lhs_high as lhs_high,
  s.rhs as rhs,
  s.rhs_low as rhs_low,
  s.rhs_high as rhs_high,
  s.lhs - s.rhs as gap,
  case
    when s.relation = 'note' or s.expected = 'note' then 'note'
    when s.lhs is null or s.rhs is null then 'unmatched'
    when s.relation = 'at_most' and s.lhs <= s.rhs + 0.000001 then 'holds'
    when abs(s.lhs - s.rhs) <= 0.000001 * (1 + abs(s.rhs)) then 'holds'
    when s.lhs_low > s.rhs_high then 'contradicts'
    when s.lhs_high < s.rhs_low and s.relation <> 'at_most' then 'contradicts'
    else 'rounds'
  end as outcome,
  s.note as note,
  f.fact_ids as fact_ids,
  o.source_ids as source_ids
from sided as s
left join facts as f on f.identity_id = s.identity_id and f.place = 1
left join sources as o on o.identity_id = s.identity_id and o.place = 1
