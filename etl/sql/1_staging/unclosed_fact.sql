-- Grain: one row per fact that is part of a sum of its source which does not come out. Promise: the sums in words, in the
-- source's own numbers. A misprint, a wrong way to read a source, or two sources that differ are no such sum.
with broken as (
  select distinct m.fact_id as fact_id, o.title_zh as title_zh
  from staging.identity_outcome as o
  join staging.identity_term_fact as m on m.identity_id = o.identity_id
  where o.outcome = 'contradicts' and o.fault = 'unclosed'
),
listed as (
  select
    b.fact_id as fact_id,
    string_agg(b.title_zh, '；') over (
      partition by b.fact_id order by b.title_zh rows between unbounded preceding and unbounded following
    ) as unclosed_zh,
    row_number() over (partition by b.fact_id order by b.title_zh) as place
  from broken as b
)
select l.fact_id as fact_id, l.unclosed_zh as unclosed_zh
from listed as l
where l.place = 1
