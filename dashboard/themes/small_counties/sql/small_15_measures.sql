-- 标题：试点县做了哪些事？
-- 页面：/small-counties
-- 图表：small-counties-measures
-- 说明：一行一个来源说的一项做法，按批次、地区和时间排列；没有行是来源未写，不等于没有做；只是计划或征求意见的标明。
select
    a.name_zh as 地区, o.cohort as 批次, m.date as 时间, m.date_end as 截止, m.measure_zh as 做法, m.proposed as 只是计划,
    m.statement_zh as 概括, m.source_title as 来源, m.locator as 出处位置, m.url as 网址, m.source_id as 来源编号, m.measure_id as 做法编号
from mart.measure as m
join core.ref_area as a on a.ref_area = m.counted_as
join core.cohort as o on o.cohort = a.cohort and o.role = 'pilot'
where not m.illustrative
order by o.position, m.counted_as, m.period_start nulls last, m.measure_order, m.statement_zh, m.source_id
