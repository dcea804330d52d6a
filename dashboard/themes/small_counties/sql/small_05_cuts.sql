-- 标题：精简最狠的是什么？
-- 页面：/small-counties
-- 图表：small-counties-cuts
-- 说明：来源原述的变化率（减少为负）与由前后数算出的变化率；指标不同，只看各自。
-- 参数：$cohort｜批次包含｜文字｜第一批
select
    indicator_zh as 指标, area_name as 地区, scope as 口径, before as 改革前, after as 改革后, round(change_pct, 1) as 变化率,
    change_pct_stated as 原述变化率, source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where not illustrative and (contains(cohort, $cohort) or scope = '两县平均') and coalesce(change_pct, change_pct_stated) < 0
order by coalesce(change_pct_stated, change_pct), indicator, ref_area, fact_ids
