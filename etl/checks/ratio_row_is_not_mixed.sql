-- 供养比的一行里，人口、人员、比值同属一个地区、一个年份；户籍与常住人口不混用
-- 核对人口、人员的时间和口径：同一个比的两边要是同一年、同一种人口
select r.ref_area as ref_area, r.axis_key as axis_key, r.time_period as time_period, f.fact_id as fact_id,
  f.indicator as indicator, f.time_period as fact_time, f.scope as scope
from mart.population_staff_ratio as r
join mart.fact_list as l on l.fact_ids = r.fact_ids
join mart.fact as f on f.fact_id = l.fact_id
where f.ref_area <> r.ref_area or coalesce(f.year, 0) <> coalesce(r.year, 0)
  or (f.indicator = 'population_registered' and r.population_basis not in ('户籍', '未注明'))
  or (f.indicator in ('population_resident', 'population_census') and r.population_basis not in ('常住', '七普', '未注明'))
  or (f.population_basis <> r.population_basis and f.indicator in ('population_per_fiscal_staff', 'fiscal_staff_share'))
  or (f.phase = 'plan' and r.phase <> 'plan')
order by r.ref_area, f.fact_id
