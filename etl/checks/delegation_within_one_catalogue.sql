-- 承接率的分子分母来自同一目录，合并行不跨目录
select d.ref_area as ref_area, d.catalogue as catalogue, d.grouping as grouping, f.fact_id as fact_id,
  f.catalogue as fact_catalogue
from mart.delegation as d
join core.fact as f on position(f.fact_id in d.fact_ids) > 0
where f.catalogue <> d.catalogue
order by d.ref_area, f.fact_id
