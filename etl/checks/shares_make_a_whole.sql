-- 标为完整的人员结构，各组占比合计 100%，没有一组超过基数
-- 核对各组人数：齐全的各组加起来应等于合计
select s.ref_area as ref_area, s.area_name as area_name, s.sector as sector, s.tier as tier, s.post_type as post_type,
  s.dimension as dimension, s.time_period as time_period, s.scope as scope, sum(s.persons) as persons,
  max(s.base) as base, sum(s.share) as share,
  min(s.fact_ids) as fact_ids, max(s.fact_ids) as other_fact_ids
from mart.staff_structure as s
where s.is_partition
group by s.ref_area, s.area_name, s.sector, s.tier, s.post_type, s.dimension, s.phase, s.time_period, s.scope, s.source_ids
having abs(sum(s.share) - 100) > 0.5 or max(s.persons) > max(s.base)
order by s.ref_area, s.dimension
