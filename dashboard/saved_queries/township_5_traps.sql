-- 标题：哪些“实有”不能除以编制？
-- 页面：/township
-- 图表：township-traps
-- 说明：印出来的“实有”含离退休、编外或遗属，与编制口径不对应，不能相除；原因见说明。
select
    area_name as 乡镇, year as 年份, authorised as 编制, actual as 实有, scope as 实有口径, reason_zh as 说明,
    source_ids as 来源编号, authorised_fact_ids || ',' || actual_fact_ids as 事实编号
from mart.staffing
where level = 'township' and post_type = '_T' and sector = '_T' and org_unit = '_T' and not comparable and not illustrative
    and authorised is not null and actual is not null
order by ref_area, year, scope
