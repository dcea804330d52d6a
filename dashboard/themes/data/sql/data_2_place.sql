-- 标题：一个地区有哪些数字？
-- 页面：/data
-- 说明：某地的全部事实，连同原文、口径和出处。
-- 参数：$place｜地区名称包含｜文字｜河曲
select
    area_name as 地区, indicator_zh as 指标, phase as 阶段, time_period as 时点, obs_value as 数值, unit_measure as 单位, as_stated as 原文,
    scope as 口径, source_title as 来源, locator as 出处位置, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where contains(area_name, $place)
order by ref_area, theme, indicator, phase, time_period, fact_id
