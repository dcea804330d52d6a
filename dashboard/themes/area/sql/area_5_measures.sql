-- 标题：一个地区做过什么？
-- 页面：/area
-- 图表：area-measures
-- 说明：一行一个来源说的一项做法，从早到晚；没有行是来源未写，不等于没有做；只是计划或征求意见的标明。
-- 参数：$place｜地区名称｜文字｜河曲县
select
    m.date as 时间, m.date_end as 截止, m.measure_zh as 做法, m.proposed as 只是计划, m.statement_zh as 概括, m.source_title as 来源,
    m.locator as 出处位置, m.url as 网址, m.source_id as 来源编号, m.measure_id as 做法编号
from mart.measure as m
join core.ref_area as a on a.ref_area = m.counted_as
where $place in (a.name_zh, m.area_name) and not m.illustrative
order by m.period_start nulls last, m.measure_order, m.statement_zh, m.source_id
