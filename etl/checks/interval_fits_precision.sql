-- 没有界限的一端只出现在“至少”“至多”一类的说法里，“至少”必有下限，“至多”必有上限
-- 原文说法里写明至少、至多，精度与它一致
select f.fact_id as fact_id, f.file as file, f.line as line, f.precision as precision, f.value_low as value_low,
  f.value_high as value_high, f.as_stated as as_stated
from core.fact as f
where (f.precision = 'at_least' and f.value_low is null and f.obs_value >= 0)
  or (f.precision = 'at_most' and f.value_high is null and f.obs_value >= 0)
  or (f.value_low is null and f.value_high is null)
order by f.fact_id
