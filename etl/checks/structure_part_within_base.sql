-- 人员结构的一组不多于原述的合计
-- 核对这一组的人数与合计：是否填反了，或合计少算了
select s.ref_area as ref_area, s.area_name as area_name, s.post_type as post_type, s.dimension as dimension,
  s.category as category, s.persons as persons, s.base as base, s.fact_ids as fact_ids
from mart.staff_structure as s
where s.base_basis = 'stated' and s.persons > s.base
order by s.ref_area, s.dimension
