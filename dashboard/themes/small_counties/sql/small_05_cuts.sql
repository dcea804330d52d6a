-- 标题：哪一项减得最多？
-- 页面：/small-counties
-- 图表：small-counties-cuts
-- 说明：河曲、浮山两县平均，来源原述的变化率（减少为负），与两县个数之和；指标不同，只看各自。
with part as (
    select
        indicator, sum(before) as before, sum(after) as after, string_agg(fact_ids, ',' order by ref_area) as fact_ids,
        string_agg(to_check, '；' order by ref_area) as to_check
    from mart.institution_change
    where cohort = '山西第一批试点' and before is not null and after is not null and not illustrative
        and (
            (indicator = 'party_gov_bodies' and scope = '党政机构（实设）')
            or (indicator in ('public_institutions', 'institution_posts') and scope = '涉改事业（除学校医院）')
            or (indicator = 'leadership_posts' and scope = '党政群机关科级领导职数')
        )
    group by indicator
)
select
    a.indicator_zh as 指标, a.area_name as 地区, a.scope as 口径, p.before as 两县改革前合计, p.after as 两县改革后合计,
    round((p.after / nullif(p.before, 0) - 1) * 100, 1) as 复算变化率, a.change_pct_stated as 原述变化率, p.to_check as 待核,
    a.source_ids as 来源编号, concat_ws(',', a.fact_ids, p.fact_ids) as 事实编号
from mart.institution_change as a
left join part as p on p.indicator = a.indicator
where a.scope = '两县平均' and a.change_pct_stated is not null and not a.illustrative
    and a.indicator in ('party_gov_bodies', 'public_institutions', 'institution_posts', 'leadership_posts')
order by a.change_pct_stated, a.indicator
