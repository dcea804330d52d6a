-- 每个事实都有登记过的来源，并且有出处位置或网址
select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
  f.source_id as source_id, f.locator as locator, s.url as url
from core.fact as f
left join core.source as s on s.source_id = f.source_id
where s.source_id is null or (f.locator is null and s.url is null)
order by f.fact_id
