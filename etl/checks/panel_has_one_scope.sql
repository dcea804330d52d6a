-- 一个比较面板只有一种人口口径和一种人员口径，并与口径表一致
select r.panel as panel, r.ref_area as ref_area, r.population_basis as population_basis, r.staff_scope as staff_scope,
  r.scope as scope, c.staff_scope as registered_staff_scope
from mart.population_staff_ratio as r
left join core.scope as c on c.scope = r.scope
where r.panel <> r.population_basis || '·' || r.staff_scope or c.scope is null
  or coalesce(c.staff_scope, '未注明') <> r.staff_scope
order by r.panel, r.ref_area
