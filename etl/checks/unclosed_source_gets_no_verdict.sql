-- 分项与合计不符的来源：编制与实有不相除，供养比不排名，各表说法一致
with side as (
  select s.ref_area as ref_area, s.post_type as post_type, s.unclosed_zh as unclosed_zh, s.authorised_fact_ids as fact_ids
  from mart.staffing as s
  where s.comparable or s.difference is not null or s.fill_rate is not null or s.may_rank or s.unclosed_zh is null
  union all
  select s.ref_area as ref_area, s.post_type as post_type, s.unclosed_zh as unclosed_zh, s.actual_fact_ids as fact_ids
  from mart.staffing as s
  where s.comparable or s.difference is not null or s.fill_rate is not null or s.may_rank or s.unclosed_zh is null
)
select 'staffing' as mart, s.ref_area as ref_area, s.post_type as row_key, s.unclosed_zh as unclosed_zh,
  f.fact_id as fact_ids
from side as s
join mart.fact_list as l on l.fact_ids = s.fact_ids
join mart.fact as f on f.fact_id = l.fact_id
where f.unclosed_zh is not null
union all
select 'population_staff_ratio' as mart, r.ref_area as ref_area, r.axis_key as row_key, r.unclosed_zh as unclosed_zh,
  r.fact_ids as fact_ids
from mart.population_staff_ratio as r
where r.unclosed_zh is not null and (r.comparable or r.may_rank)
