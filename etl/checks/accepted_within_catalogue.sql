-- 已承接的事项不多于目录所列
select d.ref_area as ref_area, d.area_name as area_name, d.catalogue as catalogue, d.accepted as accepted,
  d.catalogue_items as catalogue_items, d.fact_ids as fact_ids
from mart.delegation as d
where d.accepted > d.catalogue_items
order by d.catalogue, d.ref_area
