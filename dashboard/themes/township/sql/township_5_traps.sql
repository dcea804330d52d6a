-- 标题：哪些“实有”不能除以编制？
-- 页面：/township
-- 图表：township-traps
-- 说明：印出来的“实有”含离退休、编外或遗属，与编制口径不对应，不能相除；“纳入部门预算编制”的人数是预算人头，不是编制。
with trap as (
    select
        ref_area, area_name, year, authorised, actual, scope, withheld_zh, unclosed_zh, source_ids,
        authorised_fact_ids || ',' || actual_fact_ids as fact_ids, false as budgeted
    from mart.staffing
    where area_level = 'township' and post_type = '_T' and sector = '_T' and org_unit = '_T' and not fills_posts and not illustrative
        and authorised is not null and actual is not null
    union all
    select
        ref_area, area_name, year, null, obs_value, scope, '预算人头，不是编制', unclosed_zh, source_id, fact_id, true
    from mart.fact
    where indicator = 'budgeted_headcount' and area_level = 'township' and preferred and not illustrative and category = '_T'
)
select
    area_name as 乡镇, year as 年份, authorised as 编制, actual as 来源所列人数, scope as 人数口径, withheld_zh as 说明,
    unclosed_zh as 分项与合计对不上之处, source_ids as 来源编号, fact_ids as 事实编号
from trap
order by budgeted, count(*) over (partition by scope) desc, scope, ref_area
