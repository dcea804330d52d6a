-- Grain: one row per arithmetic relation among stated figures. Promise: both sides as the facts give them, as values and as
-- intervals; outcome is holds (equal), rounds (the intervals meet), contradicts (they do not), or note (not arithmetic); fault
-- says why it contradicts. Nothing is repaired: a source that contradicts itself is shown to.
with facts as (
  select
    u.identity_id as identity_id,
    string_agg(u.fact_id, ',') over (
      partition by u.identity_id order by u.fact_id rows between unbounded preceding and unbounded following
    ) as fact_ids,
    row_number() over (partition by u.identity_id order by u.fact_id) as place
  from (
    select distinct m.identity_id as identity_id, m.fact_id as fact_id from staging.identity_term_fact as m
  ) as u
),
sources as (
  select
    u.identity_id as identity_id,
    string_agg(u.source_id, ',') over (
      partition by u.identity_id order by u.source_id rows between unbounded preceding and unbounded following
    ) as source_ids,
    row_number() over (partition by u.identity_id order by u.source_id) as place
  from (
    select distinct m.identity_id as identity_id, m.source_id as source_id from staging.identity_term_fact as m
  ) as u
)
select
  s.identity_id as identity_id,
  s.title_zh as title_zh,
  s.relation as relation,
  s.expected as expected,
  s.fault as fault,
  s.lhs as lhs,
  s.lhs_low as lhs_low,
  s.lhs_high as lhs_high,
  s.rhs as rhs,
  s.rhs_low as rhs_low,
  s.rhs_high as rhs_high,
  s.lhs - s.rhs as gap,
  s.outcome as outcome,
  s.note as note,
  f.fact_ids as fact_ids,
  o.source_ids as source_ids
from staging.identity_outcome as s
left join facts as f on f.identity_id = s.identity_id and f.place = 1
left join sources as o on o.identity_id = s.identity_id and o.place = 1
