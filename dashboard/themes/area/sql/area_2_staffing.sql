-- 标题：一个地区的编制用了多少？
-- 页面：/area
-- 图表：area-staffing
-- 说明：编制与实有口径不对应的不相减、不相除，原因见说明。
-- 参数：$place｜地区名称｜文字｜张店乡
select
    sector as 系统, tier as 层级, post_type as 编制类型, time_period as 时点, authorised as 编制, actual as 实有, difference as 差额,
    round(fill_rate, 1) as 满编率, withheld_zh as 说明, coalesce(scope, authorised_scope) as 口径, source_ids as 来源编号,
    concat_ws(',', authorised_fact_ids, actual_fact_ids) as 事实编号
from mart.staffing as s
where area_name = $place and org_unit = '_T' and (authorised is not null and actual is not null or not exists (
    select 1 from mart.staffing as p
    where p.ref_area = s.ref_area and p.org_unit = '_T' and p.authorised is not null and p.actual is not null
) and (authorised is not null or actual is not null))
order by sector, tier, post_type, time_period, scope
