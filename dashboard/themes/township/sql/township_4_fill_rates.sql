-- 标题：公布了编制和在职数的乡镇，编制用满了吗？
-- 页面：/township
-- 图表：township-fill-rates
-- 说明：只列实有口径与编制对应的乡镇，一个乡镇取最近一年；来源自身不闭合的不算差额和满编率；年份不同，按年份列，不排名。
with ranked as (
    select
        s.*, row_number() over (partition by s.ref_area order by s.year desc nulls first, s.scope) as recent
    from mart.staffing as s
    where s.area_level = 'township' and s.post_type = '_T' and s.sector = '_T' and s.org_unit = '_T' and s.fills_posts
        and s.authorised is not null and s.actual is not null and not s.illustrative
)
select
    year as 年份, area_name as 乡镇, authorised as 编制, actual as 实有, difference as 差额, round(fill_rate, 1) as 满编率,
    unclosed_zh as 分项与合计对不上之处, timing as 时点说明, scope as 口径, source_ids as 来源编号,
    authorised_fact_ids || ',' || actual_fact_ids as 事实编号
from ranked
where recent = 1
order by year nulls last, ref_area
