-- 标题：不是试点的地方也减了吗？
-- 页面：/small-counties
-- 图表：small-counties-control
-- 说明：事业单位的变化率；其他地区也有改革，合计里可能含试点县（见口径），与试点的口径不同，只看方向和量级。
select
    case when contains(coalesce(cohort, ''), '试点') then '试点' else '其他地区' end as 组别, area_name as 地区, scope as 口径,
    before as 改革前, after as 改革后, round(coalesce(change_pct, change_pct_stated), 1) as 变化率,
    source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where indicator = 'public_institutions' and not illustrative and scope not like '%乡镇%' and scope <> '两县平均'
    and coalesce(change_pct, change_pct_stated) is not null
order by 组别 desc, 变化率, ref_area, fact_ids
