-- 考试、范文材料和没有点名的地区不进任何汇总，也不进恒等式以外的冲突比较
select 'mart.delegation_merged' as place, d.catalogue as row_key, f.fact_id as fact_id, f.ref_area as ref_area
from mart.delegation_merged as d
join mart.fact_list as l on l.fact_ids = d.fact_ids
join core.fact as f on f.fact_id = l.fact_id
join core.ref_area as a on a.ref_area = f.ref_area
where a.illustrative or a.anonymous
union all
select 'mart.conflict' as place, c.topic_id as row_key, c.fact_id as fact_id, c.ref_area as ref_area
from mart.conflict as c
join core.ref_area as a on a.ref_area = c.ref_area
where a.illustrative
union all
select 'mart.population_staff_ratio' as place, r.axis_key as row_key, r.fact_ids as fact_id, r.ref_area as ref_area
from mart.population_staff_ratio as r
join core.ref_area as a on a.ref_area = r.ref_area
where a.illustrative and not r.illustrative
