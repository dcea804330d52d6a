-- 标为齐全的分项加起来不多于合计：规模组不重叠，编制类型恰好凑齐
-- 核对分项与合计：分项齐全时加起来应等于合计
select 'county_size_band' as mart, b.ref_area as ref_area, b.axis_key as row_key, sum(b.counties) as parts, max(b.base) as total,
  min(b.fact_ids) as fact_ids, max(b.fact_ids) as other_fact_ids
from mart.county_size_band as b
where b.is_partition
group by b.ref_area, b.axis_key, b.whole_key
having sum(b.counties) > max(b.base) + 0.5
union all
select 'staffing' as mart, s.ref_area as ref_area, s.whole_key as row_key, sum(s.actual) as parts, max(t.actual) as total,
  min(s.actual_fact_ids) as fact_ids, max(t.actual_fact_ids) as other_fact_ids
from mart.staffing as s
join mart.staffing as t
  on t.whole_key = s.whole_key and t.tier = '_T' and t.post_type = '_T' and t.org_unit = '_T'
where s.is_partition
group by s.ref_area, s.whole_key
having abs(sum(s.actual) - max(t.actual)) > 0.5
