-- 满编率在 20% 到 300% 之间：超出的多半是错了一位或口径不对
-- 核对编制与实有：是否多看或少看了一位，口径是否是同一批人
select s.ref_area as ref_area, s.area_name as area_name, s.sector as sector, s.tier as tier, s.post_type as post_type,
  s.scope as scope, s.authorised as authorised, s.actual as actual, s.fill_rate as fill_rate,
  s.authorised_fact_ids as authorised_fact_ids, s.actual_fact_ids as actual_fact_ids
from mart.staffing as s
where s.fill_rate < 20 or s.fill_rate > 300
order by s.ref_area, s.post_type
