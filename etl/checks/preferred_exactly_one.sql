-- 说同一件事的几个事实中恰有一个被采用
-- 核对这几个说法的口径、时间和来源
select f.ref_area as ref_area, f.indicator as indicator, f.phase as phase, f.scope as scope,
  count(f.fact_id) as facts, sum(case when f.preferred then 1 else 0 end) as preferred, min(f.fact_id) as fact_id,
  max(f.fact_id) as other_fact_id
from mart.fact as f
group by f.ref_area, f.indicator, f.sector, f.tier, f.post_type, f.age_band, f.education, f.org_unit, f.catalogue,
  f.size_band, f.category, f.phase, f.scope,
  case when f.phase in ('before', 'after') then '' when f.year is null then f.source_id else substring(f.time_period, 1, 4) end
having sum(case when f.preferred then 1 else 0 end) <> 1
order by f.ref_area, f.indicator
