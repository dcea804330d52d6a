-- 地区的层级低于上级的层级
with ranked as (
  select a.ref_area as ref_area, a.name_zh as name_zh, a.level as level, a.parent as parent,
    case a.level when 'nation' then 0 when 'region' then 1 when 'province' then 2 when 'prefecture' then 3
      when 'county' then 4 when 'township' then 5 else 6 end as rank_no
  from core.ref_area as a
)
select r.ref_area as ref_area, r.name_zh as name_zh, r.level as level, p.ref_area as parent, p.level as parent_level
from ranked as r
join ranked as p on p.ref_area = r.parent
where p.rank_no >= r.rank_no and not (p.level = 'unit' and r.level = 'unit')
order by r.ref_area
