-- 标题：人口小县的党政机构精简到多少？
-- 页面：/small-counties
-- 图表：small-counties-bodies overview-bodies
-- 说明：试点县与作对照的普通县区；只看同一县、同一口径的前后，空白是未公布，不是零。
-- 参数：$cohort｜批次包含｜文字｜｜试点、普通县区
select
    scope as 口径, area_name as 县, cohort as 批次, time_before as 改革前时点, before as 改革前, time_after as 改革后时点,
    after as 改革后, change as 变化, round(change_pct, 1) as 变化率, source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where indicator = 'party_gov_bodies' and not illustrative and contains(cohort, $cohort)
    and (contains(cohort, '试点') or (contains(cohort, '普通县区') and after is not null)) and coalesce(before, after) is not null
order by scope, change_pct nulls last, ref_area, fact_ids
