-- 供养比的上下限次序正确，人口不少于人员，比值不超过 2000
-- 核对人口与人员：是否少看了一个“万”，或填反了
select r.ref_area as ref_area, r.area_name as area_name, r.axis_key as axis_key, r.population as population, r.staff as staff,
  r.ratio_stated as ratio_stated, r.ratio_low as ratio_low, r.ratio_high as ratio_high, r.fact_ids as fact_ids
from mart.population_staff_ratio as r
where r.ratio_low > r.ratio_high or r.population <= r.staff or r.ratio_low > 2000 or r.ratio_high < 2
  or r.ratio_stated > 2000 or r.ratio_stated < 2
order by r.ref_area
