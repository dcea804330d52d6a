-- 同一来源的同一个数不因日期详略不同而记两次
-- 同一个数只填一次：留下时间写得更细的一个
select f.fact_id as fact_id, g.fact_id as other_fact, f.file as file, f.line as line, f.ref_area as ref_area,
  f.indicator as indicator, f.time_period as time_period, g.time_period as other_time, f.obs_value as obs_value
from core.fact as f
join core.fact as g
  on g.source_id = f.source_id and g.ref_area = f.ref_area and g.indicator = f.indicator and g.sector = f.sector
  and g.tier = f.tier and g.post_type = f.post_type and g.age_band = f.age_band and g.education = f.education
  and g.org_unit = f.org_unit and g.catalogue = f.catalogue and g.size_band = f.size_band
  and g.category = f.category and g.phase = f.phase and g.scope = f.scope and g.obs_value = f.obs_value
  and g.time_period <> f.time_period and position(f.time_period || '-' in g.time_period || '-') = 1
order by f.fact_id
