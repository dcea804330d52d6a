-- 标题：履职清单给一个乡镇定了多少事？
-- 页面：/towns
-- 图表：towns-duties
-- 说明：基本履职、配合履职、上级收回三张清单的事项数；上级收回的不再由乡镇承担；平均数与合计数口径不同。
-- 参数：$scope｜口径包含（空为全部）｜文字｜平均
select
    area_name as 地区, indicator_zh as 指标, obs_value as 事项数, as_stated as 原文, scope as 口径, time_period as 时点,
    source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where starts_with(indicator, 'duty_items') and preferred and not illustrative and contains(scope, $scope)
order by ref_area <> 'CN', ref_area, indicator, category, fact_id
