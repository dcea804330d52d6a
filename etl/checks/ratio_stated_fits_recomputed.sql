-- 来源所说的供养比落在按人口和人员复算的区间里
-- 核对比值、人口、人员三个数，以及比值的口径数不数离退休、编外
select r.ref_area as ref_area, r.area_name as area_name, r.phase as phase, r.time_period as time_period, r.axis_key as axis_key,
  r.ratio_stated as ratio_stated, r.ratio_low as ratio_low, r.ratio_high as ratio_high, r.fact_ids as fact_ids
from mart.population_staff_ratio as r
where r.ratio_low > r.ratio_stated_high or r.ratio_high < r.ratio_stated_low or not r.agrees
order by r.ref_area
