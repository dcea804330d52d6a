-- 百分点不记成 %
-- 百分点的数换用以百分点为单位的指标
select f.fact_id as fact_id, f.file as file, f.line as line, f.indicator as indicator, f.obs_value as obs_value,
  f.unit_measure as unit_measure, f.as_stated as as_stated
from core.fact as f
where f.unit_measure = '%' and position('百分点' in f.as_stated) > 0
order by f.fact_id
