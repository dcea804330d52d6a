-- 一条供养比的轴只有一种人口口径和一种人员口径，并与口径表一致；一侧未注明的，只有一个来源
-- 核对口径：人口按户籍还是常住，人员数哪些人，要与口径表一致；来源没有说明的选“未注明”一类
select r.axis_key as axis_key, min(r.ref_area) as ref_area, min(r.population_basis) as population_basis,
  max(r.population_basis) as other_basis, min(r.staff_scope) as staff_scope, max(r.staff_scope) as other_staff_scope,
  min(r.source_ids) as source_ids, max(r.source_ids) as other_source_ids,
  min(r.fact_ids) as fact_ids, max(r.fact_ids) as other_fact_ids
from mart.population_staff_ratio as r
left join core.scope as c on c.scope = r.scope
group by r.axis_key
having min(r.population_basis) <> max(r.population_basis) or min(r.staff_scope) <> max(r.staff_scope)
  or (min(r.source_ids) <> max(r.source_ids)
    and max(case when r.population_basis in ('未注明', '疑户籍') or r.staff_scope = '未注明' then 1 else 0 end) = 1)
  or max(case when c.scope is null or coalesce(c.staff_scope, '未注明') <> r.staff_scope then 1 else 0 end) = 1
order by r.axis_key
