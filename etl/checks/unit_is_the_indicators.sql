-- 事实的单位就是指标的单位
select f.fact_id as fact_id, f.file as file, f.line as line, f.indicator as indicator, f.unit_measure as unit_measure,
  i.unit_measure as indicator_unit
from core.fact as f
join core.indicator as i on i.indicator = f.indicator
where f.unit_measure <> i.unit_measure
order by f.fact_id
