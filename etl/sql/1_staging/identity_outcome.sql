-- Grain: one row per arithmetic relation. Promise: both sides as values and intervals, and what comes of them: holds (equal),
-- rounds (the intervals meet), contradicts (they do not), unmatched (a side has no fact), note (not arithmetic). Decided here,
-- once, for every table that withholds a verdict.
with summed as (
  select
    m.identity_id as identity_id, m.side as side, sum(m.coefficient * m.obs_value) as total,
    case when count(m.near_end) = count(m.fact_id) then sum(m.coefficient * m.near_end) end as low,
    case when count(m.far_end) = count(m.fact_id) then sum(m.coefficient * m.far_end) end as high
  from staging.identity_term_fact as m
  group by m.identity_id, m.side
),
sided as (
  select
    i.identity_id as identity_id, i.title_zh as title_zh, i.relation as relation, i.expected as expected,
    case when i.expected = 'contradicts' then coalesce(i.fault, 'unclosed') end as fault, i.note as note,
    case when i.relation = 'ratio' then n.total / nullif(d.total, 0) else l.total end as lhs,
    case when i.relation = 'ratio' then n.low / nullif(d.high, 0) else l.low end as lhs_low,
    case when i.relation = 'ratio' then n.high / nullif(d.low, 0) else l.high end as lhs_high,
    r.total as rhs, r.low as rhs_low, r.high as rhs_high
  from raw.identity as i
  left join summed as l on l.identity_id = i.identity_id and l.side = 'lhs'
  left join summed as r on r.identity_id = i.identity_id and r.side = 'rhs'
  left join summed as n on n.identity_id = i.identity_id and n.side = 'numerator'
  left join summed as d on d.identity_id = i.identity_id and d.side = 'denominator'
)
select
  s.identity_id as identity_id, s.title_zh as title_zh, s.relation as relation, s.expected as expected, s.fault as fault,
  s.note as note, s.lhs as lhs, s.lhs_low as lhs_low, s.lhs_high as lhs_high, s.rhs as rhs, s.rhs_low as rhs_low,
  s.rhs_high as rhs_high,
  case
    when s.relation = 'note' or s.expected = 'note' then 'note'
    when s.lhs is null or s.rhs is null then 'unmatched'
    when s.relation = 'at_most' and s.lhs <= s.rhs + 0.000001 then 'holds'
    when abs(s.lhs - s.rhs) <= 0.000001 * (1 + abs(s.rhs)) then 'holds'
    when s.lhs_low > s.rhs_high then 'contradicts'
    when s.lhs_high < s.rhs_low and s.relation <> 'at_most' then 'contradicts'
    else 'rounds'
  end as outcome
from sided as s
