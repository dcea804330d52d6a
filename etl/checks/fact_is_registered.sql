-- 每个事实的地区、指标、口径都登记过
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator, f.scope as scope
from core.fact as f
left join core.ref_area as a on a.ref_area = f.ref_area
left join core.indicator as i on i.indicator = f.indicator
left join core.scope as c on c.scope = f.scope
where a.ref_area is null or i.indicator is null or c.scope is null
order by f.fact_id
