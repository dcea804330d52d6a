-- 标题：鲁山县农技推广：编制与实有差多少？
-- 页面：/extension
-- 图表：extension-lushan overview-extension
-- 说明：换一个县名即可查看其他县；差额为实有减编制，正为超编；来源自己不闭合的没有差额和满编率。
-- 参数：$county｜县名｜文字｜鲁山县
select
    area_name as 县, case tier when '_T' then '合计' else tier end as 层级, time_period as 时点, authorised as 编制, actual as 实有,
    difference as 差额, round(fill_rate, 1) as 满编率, unclosed_zh as 分项与合计对不上之处, timing as 时点说明, scope as 口径,
    source_ids as 来源编号, authorised_fact_ids || ',' || actual_fact_ids as 事实编号
from mart.staffing
where sector = '农技推广' and post_type = '_T' and area_name = $county and authorised is not null and actual is not null
order by tier <> '_T', tier = '乡级', time_period, scope
