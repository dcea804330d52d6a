-- 标题：别的县农技推广也超编吗？
-- 页面：/extension
-- 图表：extension-peers
-- 说明：年份和口径不同，只看超编或空编的方向，不排名；编制未公布的县属单位只列在职人数。
select
    s.year as 年份, s.area_name as 地区, s.authorised as 编制, s.actual as 实有, s.difference as 差额, round(s.fill_rate, 1) as 满编率,
    s.scope as 口径, s.source_ids as 来源编号, concat_ws(',', s.authorised_fact_ids, s.actual_fact_ids) as 事实编号
from mart.staffing as s
where s.sector = '农技推广' and s.tier = '_T' and s.post_type = '_T' and s.actual is not null
    and ((s.level = 'county' and s.comparable) or (s.level = 'unit' and s.county is not null and s.authorised is null))
order by s.authorised is null, s.year, s.ref_area
