-- 占比在 0 到 100 之间，变化率不低于 -100
-- 核对占比：是否把 ‰、个数写成了 %，或分子分母填反了
select f.fact_id as fact_id, f.file as file, f.line as line, f.indicator as indicator, f.phase as phase,
  f.obs_value as obs_value, f.as_stated as as_stated
from core.fact as f
join core.indicator as i on i.indicator = f.indicator
where i.unit_measure = '%'
  and (f.obs_value < -100 or (i.kind = 'share' and f.phase <> 'change' and (f.obs_value < 0 or f.obs_value > 100)))
order by f.fact_id
