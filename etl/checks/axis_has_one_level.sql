-- 乡镇本级的供养比不与全县的放在同一条轴上（609:1 与 22:1 不得同图）
-- 核对口径：只数乡镇本级的，不用全县的口径
select r.axis_key as axis_key, min(r.area_level) as one_level, max(r.area_level) as other_level, min(r.area_name) as one_area,
  max(r.area_name) as other_area,
  min(r.fact_ids) as fact_ids, max(r.fact_ids) as other_fact_ids
from mart.population_staff_ratio as r
where r.area_level in ('township', 'unit', 'county', 'prefecture', 'province', 'nation')
group by r.axis_key
having max(case when r.area_level in ('township', 'unit') then 1 else 0 end)
  <> min(case when r.area_level in ('township', 'unit') then 1 else 0 end)
order by r.axis_key
