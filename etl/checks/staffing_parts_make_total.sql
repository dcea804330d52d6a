-- 编制、实有的分项与原述合计相等；来源自己不闭合的，必须登记为自相矛盾
-- 核对分项与合计；来源自己不相等的，先在 identities.csv 里登记为自相矛盾
with side as (
  select f.fact_id as fact_id, f.indicator as indicator, f.ref_area as ref_area, f.sector as sector, f.tier as tier,
    f.post_type as post_type, f.obs_value as obs_value, f.value_low as value_low, f.value_high as value_high,
    f.indicator || '|' || f.ref_area || '|' || f.sector || '|' || f.org_unit || '|' || f.phase || '|' || f.time_period
    || '|' || f.scope || '|' || f.source_id as cell
  from core.fact as f
  where f.indicator in ('staff_authorised', 'staff_actual') and f.age_band = '_T' and f.education = '_T'
    and f.category = '_T' and f.catalogue = '_T' and f.size_band = '_T'
),
contradiction as (
  select l.fact_id as fact_id
  from mart.identity_balance as i
  join mart.fact_list as l on l.fact_ids = i.fact_ids
  where i.outcome = 'contradicts'
  group by l.fact_id
),
summed as (
  select p.cell as cell, '编制类型' as part_of, p.tier as tier, '_T' as post_type, sum(p.value_low) as low,
    sum(p.value_high) as high, sum(p.obs_value) as parts,
    max(case when p.post_type = '行政' then 1 else 0 end) + max(case when p.post_type = '事业' then 1 else 0 end) as halves
  from side as p
  where p.post_type in ('行政', '事业', '工勤', '参公')
  group by p.cell, p.tier
  union all
  select p.cell as cell, '层级' as part_of, '_T' as tier, p.post_type as post_type, sum(p.value_low) as low,
    sum(p.value_high) as high, sum(p.obs_value) as parts,
    max(case when p.tier = '县级' then 1 else 0 end) + max(case when p.tier = '乡级' then 1 else 0 end) as halves
  from side as p
  where p.tier in ('县级', '乡级')
  group by p.cell, p.post_type
)
select t.fact_id as fact_id, t.indicator as indicator, t.ref_area as ref_area, t.obs_value as total, s.parts as parts,
  s.part_of as part_of
from side as t
join summed as s on s.cell = t.cell and s.tier = t.tier and s.post_type = t.post_type and s.halves = 2
left join contradiction as i on i.fact_id = t.fact_id
where (s.low > t.value_high or s.high < t.value_low) and i.fact_id is null
order by t.ref_area, t.indicator
