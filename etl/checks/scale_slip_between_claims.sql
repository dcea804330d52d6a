-- 同一件事的两个说法不相差 10 倍、100 倍或 1 万倍（多半是少看或多看了一位、一个“万”）
-- 对照来源：是否多看或少看了一位、一个“万”；库里的错就先更正库里
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.obs_value as obs_value, g.fact_id as other_fact, g.obs_value as other_value
from core.fact as f
join core.fact as g
  on g.ref_area = f.ref_area and g.indicator = f.indicator and g.sector = f.sector and g.tier = f.tier
  and g.post_type = f.post_type and g.age_band = f.age_band and g.education = f.education
  and g.org_unit = f.org_unit and g.catalogue = f.catalogue and g.size_band = f.size_band
  and g.category = f.category and g.phase = f.phase and g.scope = f.scope
  and coalesce(g.year, 0) = coalesce(f.year, 0) and abs(g.obs_value) < abs(f.obs_value)
where abs(f.obs_value / nullif(g.obs_value, 0) - 10) < 0.5
  or abs(f.obs_value / nullif(g.obs_value, 0) - 100) < 5
  or abs(f.obs_value / nullif(g.obs_value, 0) - 10000) < 500
order by f.fact_id
