-- 标题：哪些数是约数、只知一端？
-- 页面：/data
-- 说明：近、约、余、不足等说法按区间存放；空的一端表示没有界限。
-- 参数：$precision｜精度｜文字｜at_most｜approx、at_least、at_most、derived
select
    area_name as 地区, indicator_zh as 指标, as_stated as 原文, obs_value as 数值, value_low as 下限, value_high as 上限, unit_measure as 单位,
    scope as 口径, source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where "precision" = $precision
order by ref_area, indicator, fact_id
