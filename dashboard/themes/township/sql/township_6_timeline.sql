-- 标题：乡镇改革有哪些节点？
-- 页面：/township
-- 图表：township-timeline
-- 说明：人口小县试点以外、有日期的改革事件。
select
    date as 日期, area_name as 地区, kind_zh as 事件类别, title as 事件, source_title as 来源, source_id as 来源编号
from mart.timeline
where not illustrative and coalesce(cohort_role, '') <> 'pilot' and ref_area <> '140000'
order by date, ref_area, title
