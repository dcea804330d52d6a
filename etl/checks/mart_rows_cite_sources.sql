-- 每张宽表的每一行都带事实编号和来源编号
select 'population_staff_ratio' as mart, r.ref_area as ref_area, r.axis_key as row_key
from mart.population_staff_ratio as r
where coalesce(r.fact_ids, '') = '' or coalesce(r.source_ids, '') = ''
union all
select 'staffing' as mart, s.ref_area as ref_area, s.post_type as row_key
from mart.staffing as s
where coalesce(s.authorised_fact_ids, s.actual_fact_ids, '') = '' or coalesce(s.source_ids, '') = ''
union all
select 'delegation' as mart, d.ref_area as ref_area, d.catalogue as row_key
from mart.delegation as d
where coalesce(d.fact_ids, '') = '' or coalesce(d.source_ids, '') = ''
union all
select 'delegation_merged' as mart, m.ref_area as ref_area, m.catalogue as row_key
from mart.delegation_merged as m
where coalesce(m.fact_ids, '') = '' or coalesce(m.source_ids, '') = ''
union all
select 'institution_change' as mart, c.ref_area as ref_area, c.indicator as row_key
from mart.institution_change as c
where coalesce(c.fact_ids, '') = '' or coalesce(c.source_ids, '') = ''
union all
select 'county_size_band' as mart, b.ref_area as ref_area, b.size_band as row_key
from mart.county_size_band as b
where coalesce(b.fact_ids, '') = '' or coalesce(b.source_ids, '') = ''
union all
select 'staff_structure' as mart, t.ref_area as ref_area, t.category as row_key
from mart.staff_structure as t
where coalesce(t.fact_ids, '') = '' or coalesce(t.source_ids, '') = ''
