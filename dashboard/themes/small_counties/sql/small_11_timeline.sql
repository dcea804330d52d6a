-- 标题：试点走到了哪一步？
-- 页面：/small-counties
-- 图表：small-counties-timeline
-- 说明：各批次试点有日期的事件，日期与来源一样精确；山西省本级的事件一并列出。
-- 参数：$cohort｜批次包含｜文字｜试点
select
    date as 日期, area_name as 地区, cohort as 批次, kind_zh as 事件类别, title as 事件, source_title as 来源, locator as 出处位置,
    source_id as 来源编号
from mart.timeline
where (contains(coalesce(cohort, ''), $cohort) or ref_area = '140000') and not illustrative
order by date, ref_area, title
