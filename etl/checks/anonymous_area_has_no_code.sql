-- 来源没有点名的地区不带行政区划代码和县名
select a.ref_area as ref_area, a.name_zh as name_zh, a.adcode as adcode, a.county as county
from core.ref_area as a
where (a.anonymous or a.illustrative) and (a.adcode is not null or a.county is not null)
order by a.ref_area
