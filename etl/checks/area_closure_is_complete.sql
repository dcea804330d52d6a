-- 上级表是完整的：每个地区含自身，上级的上级也在，最终都到全国
select a.ref_area as ref_area, a.name_zh as name_zh, '缺自身' as missing
from core.ref_area as a
left join core.area_ancestor as h on h.ref_area = a.ref_area and h.ancestor = a.ref_area and h.distance = 0
where h.ref_area is null
union all
select h.ref_area as ref_area, a.name_zh as name_zh, '缺上级 ' || p.parent as missing
from core.area_ancestor as h
join core.ref_area as p on p.ref_area = h.ancestor and p.parent is not null
join core.ref_area as a on a.ref_area = h.ref_area
left join core.area_ancestor as up on up.ref_area = h.ref_area and up.ancestor = p.parent and up.distance = h.distance + 1
where up.ref_area is null
union all
select a.ref_area as ref_area, a.name_zh as name_zh, '不到全国' as missing
from core.ref_area as a
left join core.area_ancestor as h on h.ref_area = a.ref_area and h.ancestor = 'CN'
where h.ref_area is null
