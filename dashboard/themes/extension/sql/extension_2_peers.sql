-- 标题：别的县农技推广也超编吗？
-- 页面：/extension
-- 图表：extension-peers
-- 说明：年份和口径不同，只看超编或空编的方向，不排名；编制未公布的县属单位只列在职人数。
select
    year as 年份, area_name as 地区, authorised as 编制, actual as 实有, difference as 差额, round(fill_rate, 1) as 满编率,
    scope as 口径, source_ids as 来源编号, concat_ws(',', authorised_fact_ids, actual_fact_ids) as 事实编号
from mart.staffing
where sector = '农技推广' and tier = '_T' and post_type = '_T' and actual is not null
    and ((area_level = 'county' and comparable) or (area_level = 'unit' and county is not null and authorised is null))
order by authorised is null, year, ref_area
