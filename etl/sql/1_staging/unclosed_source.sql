-- Grain: one row per place and source whose sums of that place do not come out. Promise: the sums in words. What a source
-- contradicts itself about is not known: neither posts, people nor ratios of that place are concluded from it.
with broken as (
  select distinct m.ref_area as ref_area, m.source_id as source_id, o.title_zh as title_zh
  from staging.identity_outcome as o
  join staging.identity_term_fact as m on m.identity_id = o.identity_id
  where o.outcome = 'contradicts' and o.fault = 'unclosed'
),
listed as (
  select
    b.ref_area as ref_area, b.source_id as source_id,
    string_agg(b.title_zh, '；') over (
      partition by b.ref_area, b.source_id order by b.title_zh rows between unbounded preceding and unbounded following
    ) as unclosed_zh,
    row_number() over (partition by b.ref_area, b.source_id order by b.title_zh) as place
  from broken as b
)
select l.ref_area as ref_area, l.source_id as source_id, l.unclosed_zh as unclosed_zh
from listed as l
where l.place = 1
