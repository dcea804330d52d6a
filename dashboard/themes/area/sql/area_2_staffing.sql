-- 标题：一个地区的编制用了多少？
-- 页面：/area
-- 图表：area-staffing
-- 说明：编制与实有口径不对应的不相减、不相除，原因见说明。
-- 参数：$place｜地区名称｜文字｜鲁山县
select
    sector as 系统, tier as 层级, post_type as 编制类型, time_period as 时点, authorised as 编制, actual as 实有, difference as 差额,
    round(fill_rate, 1) as 满编率, reason_zh as 说明, scope as 口径, source_ids as 来源编号,
    concat_ws(',', authorised_fact_ids, actual_fact_ids) as 事实编号
from mart.staffing
where area_name = $place and not illustrative
order by sector, tier, post_type, time_period, scope
