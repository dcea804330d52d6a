-- 用到内部数据的行都标为内部
select 'population_staff_ratio' as mart, r.ref_area as ref_area, f.fact_id as fact_id
from mart.population_staff_ratio as r
join mart.fact_list as l on l.fact_ids = r.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.disclosure = 'internal' and r.disclosure <> 'internal'
union all
select 'staffing' as mart, s.ref_area as ref_area, f.fact_id as fact_id
from mart.staffing as s
join mart.fact_list as l on l.fact_ids = s.authorised_fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.disclosure = 'internal' and s.disclosure <> 'internal'
union all
select 'staffing' as mart, s.ref_area as ref_area, f.fact_id as fact_id
from mart.staffing as s
join mart.fact_list as l on l.fact_ids = s.actual_fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.disclosure = 'internal' and s.disclosure <> 'internal'
union all
select 'delegation' as mart, d.ref_area as ref_area, f.fact_id as fact_id
from mart.delegation as d
join mart.fact_list as l on l.fact_ids = d.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.disclosure = 'internal' and d.disclosure <> 'internal'
union all
select 'institution_change' as mart, c.ref_area as ref_area, f.fact_id as fact_id
from mart.institution_change as c
join mart.fact_list as l on l.fact_ids = c.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.disclosure = 'internal' and c.disclosure <> 'internal'
union all
select 'staff_structure' as mart, t.ref_area as ref_area, f.fact_id as fact_id
from mart.staff_structure as t
join mart.fact_list as l on l.fact_ids = t.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.disclosure = 'internal' and t.disclosure <> 'internal'
