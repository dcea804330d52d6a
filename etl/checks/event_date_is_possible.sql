-- 事件不早于 1949 年，除施行日期外不晚于来源的发布日期，日期与所说的精度一致
select e.ref_area as ref_area, e.date as date, e.date_precision as date_precision, e.kind as kind, e.title as title,
  e.source_id as source_id, s.published as published
from core.event as e
join core.source as s on s.source_id = e.source_id
where substring(e.date, 1, 4) < '1949'
  or length(e.date) <> case e.date_precision when 'day' then 10 when 'month' then 7 else 4 end
  or (e.kind <> 'took_effect' and substring(e.date, 1, length(s.published)) > substring(s.published, 1, length(e.date)))
order by e.ref_area, e.date
