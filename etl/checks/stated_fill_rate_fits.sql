-- 来源自己给的满编率、超编率与按编制和实有算出的相差不到 0.1
-- 核对满编率、编制、实有三个数，以及它们是否同一年、同一批人
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.obs_value as obs_value, s.scope as scope, s.fill_rate as fill_rate, s.authorised as authorised, s.actual as actual
from mart.fact as f
join mart.staffing as s
  on s.ref_area = f.ref_area and s.sector = f.sector and s.tier = f.tier and s.post_type = f.post_type
  and s.org_unit = f.org_unit and coalesce(s.year, 0) = coalesce(f.year, 0)
where (f.indicator = 'staff_fill_rate' and abs(s.fill_rate - f.obs_value) > 0.1)
  or (f.indicator = 'staff_over_pct' and abs(s.fill_rate - 100 - f.obs_value) > 0.1)
order by f.fact_id
