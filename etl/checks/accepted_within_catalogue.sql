-- 已承接的事项不多于目录所列
-- 核对承接数与目录项数：是否抄反了，或不是同一份目录
select d.ref_area as ref_area, d.area_name as area_name, d.catalogue as catalogue, d.accepted as accepted,
  d.catalogue_items as catalogue_items, d.fact_ids as fact_ids
from mart.delegation as d
where d.accepted > d.catalogue_items
order by d.catalogue, d.ref_area
