-- 承接率的分子分母来自同一目录，合并行不跨目录
-- 核对目录名：同一地区的承接数与目录项数写同一份目录
select d.ref_area as ref_area, d.catalogue as catalogue, f.fact_id as fact_id, f.catalogue as fact_catalogue
from mart.delegation as d
join core.fact as f on position(f.fact_id in d.fact_ids) > 0
where f.catalogue <> d.catalogue
union all
select m.ref_area as ref_area, m.catalogue as catalogue, f.fact_id as fact_id, f.catalogue as fact_catalogue
from mart.delegation_merged as m
join core.fact as f on position(f.fact_id in m.fact_ids) > 0
where f.catalogue <> m.catalogue
