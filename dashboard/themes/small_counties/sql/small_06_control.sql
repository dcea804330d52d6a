-- 标题：不是试点的地方也减了吗？
-- 页面：/small-counties
-- 图表：small-counties-control
-- 说明：事业单位的变化率；其他地区也有改革，所辖可能有试点县（另列一栏），与试点的口径不同，只看方向和量级。
with held as (
    select n.ancestor as ref_area, string_agg(a.name_zh, ',' order by a.ref_area) as pilots
    from core.ref_area as a
    join core.cohort as c on c.cohort = a.cohort and c.role = 'pilot'
    join core.area_ancestor as n on n.ref_area = a.ref_area and n.distance > 0
    where a.level = 'county' and not a.anonymous and not a.illustrative
    group by n.ancestor
)
select
    case when c.cohort_role = 'pilot' then '试点' else '其他地区' end as 组别, c.area_name as 地区, c.scope as 口径, c.before as 改革前,
    c.after as 改革后, round(coalesce(c.change_pct, c.change_pct_stated), 1) as 变化率, c.doubt as 存疑, h.pilots as 所辖试点县,
    c.source_ids as 来源编号, c.fact_ids as 事实编号
from mart.institution_change as c
left join held as h on h.ref_area = c.ref_area
where c.indicator = 'public_institutions' and not c.illustrative and not c.anonymous and c.scope <> '两县平均'
    and coalesce(c.scope_coverage, '') not in ('乡镇本级', '乡镇合计') and coalesce(c.change_pct, c.change_pct_stated) is not null
order by coalesce(c.cohort_role, '') <> 'pilot', coalesce(c.change_pct, c.change_pct_stated), c.ref_area
