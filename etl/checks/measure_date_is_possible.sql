-- 做法的日期不早于 1949 年，年份不晚于来源的发布年份，日期与所说的精度一致
-- 核对日期
select m.ref_area as ref_area, m.date as date, m.date_end as date_end, m.date_precision as date_precision, m.measure as measure,
  m.source_id as source_id, s.published as published
from core.measure as m
join core.source as s on s.source_id = m.source_id
where length(m.date)
    <> case m.date_precision when 'day' then 10 when 'month' then 7 when 'year' then 4 else 2 end
  or (m.date <> '_U' and substring(m.date, 1, 4) < '1949')
  or (m.date <> '_U' and substring(coalesce(m.date_end, m.date), 1, 4) > substring(s.published, 1, 4))
order by m.ref_area, m.date, m.measure
