-- 同一地区的人口不在不同年份、不同口径之间相差 8 倍以上
-- 核对人口：是否少看了一个“万”，或把乡镇的填成了全县的
with population as (
  select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
    f.time_period as time_period, f.obs_value as obs_value, f.size_band as size_band, f.category as category
  from core.fact as f
  where f.indicator in ('population_resident', 'population_registered', 'population_census', 'population_total')
    and f.phase <> 'change' and f.category = '_T' and f.size_band = '_T' and f.age_band = '_T'
)
select a.fact_id as fact_id, a.file as file, a.line as line, a.ref_area as ref_area, a.time_period as time_period,
  a.obs_value as obs_value, b.fact_id as other_fact, b.time_period as other_time, b.obs_value as other_value
from population as a
join population as b on b.ref_area = a.ref_area and a.obs_value > 8 * b.obs_value
order by a.fact_id
