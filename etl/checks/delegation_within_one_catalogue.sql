-- 承接率的分子分母来自同一目录，合并行不跨目录
-- 核对目录名：同一地区的承接数与目录项数写同一份目录
select d.ref_area as ref_area, d.catalogue as catalogue, f.fact_id as fact_id, f.catalogue as fact_catalogue
from mart.delegation as d
join mart.fact_list as l on l.fact_ids = d.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.catalogue <> d.catalogue
union all
select m.ref_area as ref_area, m.catalogue as catalogue, f.fact_id as fact_id, f.catalogue as fact_catalogue
from mart.delegation_merged as m
join mart.fact_list as l on l.fact_ids = m.fact_ids
join core.fact as f on f.fact_id = l.fact_id
where f.catalogue <> m.catalogue
