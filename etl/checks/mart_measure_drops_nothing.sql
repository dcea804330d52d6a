-- 做法宽表与做法登记一行对一行，不多不少
with counted as (
  select m.ref_area as ref_area, m.date as date, m.measure as measure, m.statement_zh as statement_zh, m.source_id as source_id,
    1 as registered, 0 as shown
  from core.measure as m
  union all
  select w.ref_area as ref_area, w.date as date, w.measure as measure, w.statement_zh as statement_zh, w.source_id as source_id,
    0 as registered, 1 as shown
  from mart.measure as w
)
select c.ref_area as ref_area, c.date as date, c.measure as measure, c.statement_zh as statement_zh, c.source_id as source_id,
  sum(c.registered) as registered, sum(c.shown) as shown
from counted as c
group by c.ref_area, c.date, c.measure, c.statement_zh, c.source_id
having sum(c.registered) <> sum(c.shown)
order by c.ref_area, c.date, c.measure
