-- 每个事实在地区事实数、指标事实数和地区指标里各计一次
with counted as (
  select 'fact_count_by_area' as mart, coalesce(sum(a.facts), 0) as facts
  from mart.fact_count_by_area as a
  union all
  select 'fact_count_by_indicator' as mart, coalesce(sum(t.facts), 0) as facts
  from mart.fact_count_by_indicator as t
  union all
  select 'area_indicator' as mart, coalesce(sum(w.facts), 0) as facts
  from mart.area_indicator as w
),
stored as (
  select count(f.fact_id) as facts
  from core.fact as f
)
select c.mart as mart, c.facts as counted, s.facts as stored
from counted as c
join stored as s on s.facts <> c.facts
order by c.mart
