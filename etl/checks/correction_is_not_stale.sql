-- 每处更正都还对得上一个事实和采用的数值
-- 来源改了这个数的，先改 corrections.csv 里对应的更正，再导入
select c.correction_id as correction_id, c.source_id as source_id, c.ref_area as ref_area, c.indicator as indicator,
  c.expect_value as expect_value
from core.correction as c
left join core.fact as f
  on f.source_id = c.source_id and f.ref_area = c.ref_area and f.indicator = c.indicator
  and (c.phase is null or f.phase = c.phase) and (c.time_period is null or f.time_period = c.time_period)
  and (c.sector is null or f.sector = c.sector) and (c.tier is null or f.tier = c.tier)
  and (c.post_type is null or f.post_type = c.post_type) and (c.age_band is null or f.age_band = c.age_band)
  and (c.education is null or f.education = c.education) and (c.org_unit is null or f.org_unit = c.org_unit)
  and (c.catalogue is null or f.catalogue = c.catalogue) and (c.size_band is null or f.size_band = c.size_band)
  and (c.category is null or f.category = c.category) and (c.scope is null or f.scope = c.scope)
  and abs(f.obs_value - c.expect_value) < 0.000001 * (1 + abs(c.expect_value))
group by c.correction_id, c.source_id, c.ref_area, c.indicator, c.expect_value
having count(f.fact_id) = 0
order by c.correction_id
