-- 不能比较或排名的行都写明理由；可以的没有理由
select 'fact' as mart, f.fact_id as row_key, f.withheld_zh as withheld_zh
from mart.fact as f
where (f.withheld_zh is null) <> (f.comparable and f.may_rank)
union all
select 'population_staff_ratio' as mart, r.axis_key as row_key, r.withheld_zh as withheld_zh
from mart.population_staff_ratio as r
where (r.withheld_zh is null) <> (r.comparable and r.may_rank)
union all
select 'institution_change' as mart, c.axis_key as row_key, c.withheld_zh as withheld_zh
from mart.institution_change as c
where (c.withheld_zh is null) <> (c.comparable and c.may_rank)
union all
select 'staffing' as mart, s.axis_key as row_key, s.withheld_zh as withheld_zh
from mart.staffing as s
where (s.withheld_zh is null) <> (s.comparable and s.may_rank)
union all
select 'delegation' as mart, d.axis_key as row_key, d.withheld_zh as withheld_zh
from mart.delegation as d
where (d.withheld_zh is null) <> (d.comparable and d.may_rank)
union all
select 'delegation_merged' as mart, m.axis_key as row_key, m.withheld_zh as withheld_zh
from mart.delegation_merged as m
where (m.withheld_zh is null) <> (m.comparable and m.may_rank)
union all
select 'staff_structure' as mart, t.axis_key as row_key, t.withheld_zh as withheld_zh
from mart.staff_structure as t
where (t.withheld_zh is null) <> (t.comparable and t.may_rank)
union all
select 'county_size_band' as mart, b.axis_key as row_key, b.withheld_zh as withheld_zh
from mart.county_size_band as b
where (b.withheld_zh is null) <> (b.comparable and b.may_rank)
