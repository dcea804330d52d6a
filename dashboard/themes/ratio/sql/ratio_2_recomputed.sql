-- 标题：原文的比值经得起复算吗？
-- 页面：/ratio
-- 说明：用来源自己的人口和人员复算；约数参与计算只得范围，与原述比的范围有共同部分即为相符。
select
    area_name as 地区, time_period as 时点, population_basis as 人口口径, staff_scope as 人员口径, ratio_stated as 原述比,
    population as 人口, population_low as 人口下限, population_high as 人口上限,
    staff as 人员, staff_low as 人员下限, staff_high as 人员上限, ratio_low as 复算下限, ratio_high as 复算上限,
    case when agrees then '相符' else '不符' end as 结论, source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where agrees is not null and not illustrative
order by population_basis, staff_scope, ref_area, year nulls last, obs_value
