-- 标题：公布了编制和在职数的乡镇，编制用满了吗？
-- 页面：/township
-- 图表：township-fill-rates
-- 说明：只列实有口径与编制对应的乡镇；来源自身不闭合的不算差额和满编率；年份不同，按年份列，不排名。
select
    s.year as 年份, s.area_name as 乡镇, s.authorised as 编制, s.actual as 实有,
    case when min(i.title_zh) is null then s.difference end as 差额,
    case when min(i.title_zh) is null then round(s.fill_rate, 1) end as 满编率,
    string_agg(i.title_zh, '；' order by i.identity_id) as 来源不闭合之处, s.scope as 口径,
    s.source_ids as 来源编号, s.authorised_fact_ids || ',' || s.actual_fact_ids as 事实编号
from mart.staffing as s
left join mart.identity_balance as i
    on i.expected = 'contradicts' and (
        (s.authorised_basis = 'stated' and contains(i.fact_ids, s.authorised_fact_ids))
        or (s.actual_basis = 'stated' and contains(i.fact_ids, s.actual_fact_ids))
    )
where s.level = 'township' and s.post_type = '_T' and s.sector = '_T' and s.org_unit = '_T' and s.comparable and not s.illustrative
group by
    s.year, s.area_name, s.authorised, s.actual, s.difference, s.fill_rate, s.scope, s.source_ids, s.authorised_fact_ids, s.actual_fact_ids,
    s.ref_area
order by s.year nulls last, s.ref_area, s.scope
