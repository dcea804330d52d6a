-- 标题：别的县农技推广也超编吗？
-- 页面：/extension
-- 图表：extension-peers
-- 说明：年份和口径不同，只看超编或空编的方向，不排名。
select
    year as 年份, area_name as 县, authorised as 编制, actual as 实有, difference as 差额, round(fill_rate, 1) as 满编率, scope as 口径,
    source_ids as 来源编号, authorised_fact_ids || ',' || actual_fact_ids as 事实编号
from mart.staffing
where sector = '农技推广' and tier = '_T' and post_type = '_T' and level = 'county' and comparable
order by year, ref_area
