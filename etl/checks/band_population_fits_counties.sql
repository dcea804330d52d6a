-- 一组的人口与县数相称：平均每县的人口落在该组的上下限之间
-- 核对这一组的县数与人口：是否少看了一个“万”，或串了组
select b.ref_area as ref_area, b.area_name as area_name, b.size_band as size_band, b.counties as counties,
  b.population as population, b.fact_ids as fact_ids
from mart.county_size_band as b
where b.population < b.band_low * b.counties or b.population > b.band_high * b.counties
  or (b.counties = 0 and b.population > 0)
order by b.ref_area, b.size_band
