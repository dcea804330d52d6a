-- 用到内部数据的行都标为内部
select 'population_staff_ratio' as mart, r.ref_area as ref_area, f.fact_id as fact_id
from mart.population_staff_ratio as r
join core.fact as f on position(f.fact_id in r.fact_ids) > 0
where f.disclosure = 'internal' and r.disclosure <> 'internal'
union all
select 'staffing' as mart, s.ref_area as ref_area, f.fact_id as fact_id
from mart.staffing as s
join core.fact as f
  on position(f.fact_id in coalesce(s.authorised_fact_ids, '') || ',' || coalesce(s.actual_fact_ids, '')) > 0
where f.disclosure = 'internal' and s.disclosure <> 'internal'
union all
select 'delegation' as mart, d.ref_area as ref_area, f.fact_id as fact_id
from mart.delegation as d
join core.fact as f on position(f.fact_id in d.fact_ids) > 0
where f.disclosure = 'internal' and d.disclosure <> 'internal'
union all
select 'institution_change' as mart, c.ref_area as ref_area, f.fact_id as fact_id
from mart.institution_change as c
join core.fact as f on position(f.fact_id in c.fact_ids) > 0
where f.disclosure = 'internal' and c.disclosure <> 'internal'
union all
select 'staff_structure' as mart, t.ref_area as ref_area, f.fact_id as fact_id
from mart.staff_structure as t
join core.fact as f on position(f.fact_id in t.fact_ids) > 0
where f.disclosure = 'internal' and t.disclosure <> 'internal'
