-- 同轴键相同的事实：指标、单位、口径、目录、各维度都相同，口径未注明的还出自同一来源
-- 核对口径、目录和分组：意思不同的不用同一个口径
select f.axis_key as axis_key, min(f.fact_id) as fact_id, max(f.fact_id) as other_fact_id, min(f.scope) as scope,
  max(f.scope) as other_scope, min(f.source_id) as source_id, max(f.source_id) as other_source_id
from mart.fact as f
group by f.axis_key
having min(f.indicator) <> max(f.indicator) or min(f.unit_measure) <> max(f.unit_measure) or min(f.scope) <> max(f.scope)
  or min(f.catalogue) <> max(f.catalogue) or min(f.size_band) <> max(f.size_band) or min(f.tier) <> max(f.tier)
  or min(f.sector) <> max(f.sector) or min(f.post_type) <> max(f.post_type) or min(f.category) <> max(f.category)
  or (max(case when f.unstated then 1 else 0 end) = 1 and min(f.source_id) <> max(f.source_id))
order by f.axis_key
