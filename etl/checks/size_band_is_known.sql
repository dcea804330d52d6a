-- 人口规模组都在分组表里，区间与累计分得清
-- 规模组写选项里的名称，例如 10万-20万
select b.ref_area as ref_area, b.size_band as size_band, b.scope as scope, b.fact_ids as fact_ids
from mart.county_size_band as b
where b.band_kind is null or b.band_order is null
order by b.size_band, b.ref_area
