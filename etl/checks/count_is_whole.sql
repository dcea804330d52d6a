-- 计数是整数，除变化外不为负
-- 以万计的写全；减少的阶段写“变化量”
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.phase as phase, f.obs_value as obs_value, f.unit_measure as unit_measure
from core.fact as f
join core.indicator as i on i.indicator = f.indicator
where i.kind = 'count'
  and (f.obs_value <> floor(f.obs_value) or (f.obs_value < 0 and f.phase <> 'change'))
order by f.fact_id
