-- 乡镇本级的供养比不与全县的放在同一个面板里（609:1 与 22:1 不得同图）
select r.panel as panel, min(r.level) as one_level, max(r.level) as other_level, min(r.area_name) as one_area,
  max(r.area_name) as other_area
from mart.population_staff_ratio as r
where r.level in ('township', 'unit', 'county', 'prefecture', 'province', 'nation')
group by r.panel
having max(case when r.level in ('township', 'unit') then 1 else 0 end)
  <> min(case when r.level in ('township', 'unit') then 1 else 0 end)
order by r.panel
