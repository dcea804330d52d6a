-- 编制不足 10 名不出满编率
-- 核对编制数：不足 10 名的不填满编率
select s.ref_area as ref_area, s.area_name as area_name, s.sector as sector, s.tier as tier, s.post_type as post_type,
  s.authorised as authorised, s.actual as actual, s.fill_rate as fill_rate,
  s.authorised_fact_ids as authorised_fact_ids, s.actual_fact_ids as actual_fact_ids
from mart.staffing as s
where s.authorised < 10 and s.fill_rate is not null
order by s.ref_area, s.post_type
