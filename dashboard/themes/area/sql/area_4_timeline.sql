-- 标题：一个地区走过了哪些节点？
-- 页面：/area
-- 图表：area-timeline
-- 说明：有日期的事件及其出处。
-- 参数：$place｜地区名称｜文字｜河曲县
select date as 日期, kind_zh as 事件类别, title as 事件, source_title as 来源, locator as 出处位置, url as 网址, source_id as 来源编号
from mart.timeline
where area_name = $place and not illustrative
order by date, title
