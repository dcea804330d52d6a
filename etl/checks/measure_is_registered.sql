-- 每条做法的地区、来源和代码都登记过，并且有出处位置或网址
select m.ref_area as ref_area, m.date as date, m.measure as measure, m.statement_zh as statement_zh, m.source_id as source_id,
  m.locator as locator
from core.measure as m
left join core.ref_area as a on a.ref_area = m.ref_area
left join core.source as s on s.source_id = m.source_id
left join core.code as k on k.code_list = 'measure' and k.code = m.measure
where a.ref_area is null or s.source_id is null or k.code is null or (m.locator is null and s.url is null)
order by m.ref_area, m.date, m.measure
