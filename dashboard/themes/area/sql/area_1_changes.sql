-- 标题：一个地区改革前后变了多少？
-- 页面：/area
-- 图表：area-changes
-- 说明：同一指标、同一口径的前后数；占比类指标的变化是百分点。
-- 参数：$place｜地区名称｜文字｜河曲县
select
    indicator_zh as 指标, scope as 口径, time_before as 改革前时点, before as 改革前, time_after as 改革后时点, after as 改革后, change as 变化,
    round(change_pct, 1) as 变化率, unit_measure as 单位, to_check as 待核, doubt as 存疑, source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where area_name = $place and before is not null and after is not null
    and indicator not in ('population_per_fiscal_staff', 'fiscal_staff_share')
order by theme, indicator, scope, fact_ids
