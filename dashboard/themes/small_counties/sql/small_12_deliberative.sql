-- 标题：议事协调机构也是试点才减的吗？
-- 页面：/small-counties
-- 图表：small-counties-deliberative
-- 说明：议事协调机构的变化率；不占编制，不与党政机构、事业单位的降幅并列。
select
    case when cohort_role = 'pilot' then '试点' else '其他地区' end as 组别, area_name as 地区, scope as 口径,
    before as 改革前, after as 改革后, round(coalesce(change_pct, change_pct_stated), 1) as 变化率,
    source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where indicator = 'deliberative_bodies' and not illustrative and not anonymous and coalesce(change_pct, change_pct_stated) is not null
order by coalesce(cohort_role, '') <> 'pilot', coalesce(change_pct, change_pct_stated), ref_area
