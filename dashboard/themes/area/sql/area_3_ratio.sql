-- 标题：一个地区多少人对应一名财政供养人员？
-- 页面：/area
-- 图表：area-ratio
-- 说明：原述比，没有的由人口与人员推算；约数参与计算只得范围。
-- 参数：$place｜地区名称｜文字｜浮山县
select
    population_basis as 人口口径, staff_scope as 人员口径, phase as 阶段, time_period as 时点, obs_value as 供养比, value_low as 下限,
    value_high as 上限, basis as 依据, doubt as 存疑, axis_key as 同轴键, population as 人口, staff as 人员, source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where area_name = $place and not illustrative and obs_value is not null
order by population_basis, staff_scope, year nulls last, obs_value
