-- 标题：一个地区多少人对应一名财政供养人员？
-- 页面：/area
-- 图表：area-ratio
-- 说明：原述比与复算比；约数参与计算只得范围。
-- 参数：$place｜地区名称｜文字｜浮山县
select
    panel as 比较面板, phase as 阶段, time_period as 时点, ratio_stated as 原述比, round(ratio_low, 1) as 复算下限,
    round(ratio_high, 1) as 复算上限, population as 人口, staff as 人员, source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where area_name = $place and not illustrative
order by panel, year nulls last, phase desc, fact_ids
