-- 标题：别的乡镇编制用满了吗？
-- 页面：/township
-- 图表：township-fill-rates
-- 说明：只列实有口径与编制对应的乡镇；年份不同，按年份列，不排名。
select
    year as 年份, area_name as 乡镇, authorised as 编制, actual as 实有, difference as 差额, round(fill_rate, 1) as 满编率, scope as 口径,
    source_ids as 来源编号, authorised_fact_ids || ',' || actual_fact_ids as 事实编号
from mart.staffing
where level = 'township' and post_type = '_T' and sector = '_T' and org_unit = '_T' and comparable and not illustrative
order by year nulls last, ref_area, scope
