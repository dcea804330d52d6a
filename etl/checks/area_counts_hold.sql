-- 指标地区数与地区指标相符：每个指标公布了整体数的地区各计一次
with place as (
  select w.indicator as indicator, count(distinct w.ref_area) as areas, count(distinct w.counted_as) as counted
  from mart.area_indicator as w
  where w.wholes > 0
  group by w.indicator
),
told as (
  select n.indicator as indicator, sum(n.areas) as areas, sum(n.counted) as counted
  from mart.area_count_by_indicator as n
  group by n.indicator
)
select coalesce(p.indicator, t.indicator) as indicator, p.areas as areas, t.areas as areas_told, p.counted as counted, t.counted as counted_told
from place as p
full join told as t on t.indicator = p.indicator
where coalesce(p.areas, 0) <> coalesce(t.areas, 0) or coalesce(p.counted, 0) <> coalesce(t.counted, 0)
order by coalesce(p.indicator, t.indicator)
