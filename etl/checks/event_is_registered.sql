-- 每个事件的地区和来源都登记过，并且有出处位置或网址
select e.ref_area as ref_area, e.date as date, e.title as title, e.source_id as source_id, e.locator as locator
from core.event as e
left join core.ref_area as a on a.ref_area = e.ref_area
left join core.source as s on s.source_id = e.source_id
where a.ref_area is null or s.source_id is null or (e.locator is null and s.url is null)
order by e.ref_area, e.date
