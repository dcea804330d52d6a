-- 每个事实都保留来源的原话
-- 填上来源的原话
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.obs_value as obs_value
from core.fact as f
where f.as_stated is null or trim(f.as_stated) = ''
order by f.fact_id
