-- 数值落在自己的上下限之间
-- 核对数值与原文说法
select f.fact_id as fact_id, f.file as file, f.line as line, f.obs_value as obs_value, f.value_low as value_low,
  f.value_high as value_high, f.as_stated as as_stated
from core.fact as f
where f.value_low > f.obs_value or f.value_high < f.obs_value or f.value_low > f.value_high
order by f.fact_id
