-- 累计组一层包一层：不足 5 万的不多于不足 10 万的，不足 10 万的、10 万—20 万的都不多于不足 20 万的
-- 核对各组的县数：累计组越宽，县数越多
select a.ref_area as ref_area, a.scope as scope, a.time_period as time_period, a.size_band as size_band,
  a.counties as counties, b.size_band as wider_band, b.counties as wider_counties,
  a.fact_ids as fact_ids, b.fact_ids as wider_fact_ids
from mart.county_size_band as a
join mart.county_size_band as b
  on b.ref_area = a.ref_area and b.scope = a.scope and substring(b.time_period, 1, 4) = substring(a.time_period, 1, 4)
  and b.band_kind = 'fewer_than' and b.band_high >= a.band_high and b.size_band <> a.size_band
where a.band_kind in ('fewer_than', 'band') and a.counties > b.counties
order by a.ref_area, a.size_band
