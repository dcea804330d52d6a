-- 区间是两个累计之差：不足 20 万的等于不足 10 万的加 10 万—20 万的，不再加一遍不足 5 万的
-- 核对各组的县数：不足 20 万的，等于不足 10 万的加 10 万—20 万的
select w.ref_area as ref_area, w.scope as scope, w.time_period as time_period, n.size_band as narrower,
  n.counties as narrower_counties, m.size_band as band, m.counties as band_counties, w.size_band as wider,
  w.counties as wider_counties, n.fact_ids as narrower_fact_ids, m.fact_ids as fact_ids, w.fact_ids as wider_fact_ids
from mart.county_size_band as w
join mart.county_size_band as n
  on n.ref_area = w.ref_area and n.scope = w.scope and n.source_ids = w.source_ids and n.time_period = w.time_period
  and n.band_kind = 'fewer_than' and n.band_high < w.band_high
join mart.county_size_band as m
  on m.ref_area = w.ref_area and m.scope = w.scope and m.source_ids = w.source_ids and m.time_period = w.time_period
  and m.band_kind = 'band' and m.band_low = n.band_high and m.band_high = w.band_high
where w.band_kind = 'fewer_than' and n.counties + m.counties <> w.counties
order by w.ref_area, w.size_band
