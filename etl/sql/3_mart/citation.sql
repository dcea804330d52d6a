-- Grain: one row per source. Promise: a citation that can stand under a figure as it is: 《title》，publisher，published，
-- web address or ISBN, and 转引 where it was read in a reprint; a title of ours (own_title) says 标题为本库所拟 and is not quoted.
with counted as (
  select f.source_id as source_id, count(f.fact_id) as facts
  from core.fact as f
  group by f.source_id
),
titled as (
  select
    s.source_id as source_id, s.publisher as publisher, s.published as published, s.url as url,
    s.locator_hint as locator_hint, s.grade as grade, s.reprint as reprint,
    case
      when s.own_title then s.title || '（标题为本库所拟）'
      when position('《' in s.title) = 1 then s.title
      else '《' || s.title || '》'
    end as title_zh
  from core.source as s
)
select
  t.source_id as source_id,
  t.title_zh || '，' || t.publisher || coalesce('，' || t.published, '，日期未注明')
  || coalesce('，' || coalesce(t.url, case when position('ISBN' in t.locator_hint) = 1 then t.locator_hint end), '') || case when t.reprint then '，转引' else '' end as citation_zh,
  coalesce(c.facts, 0) as facts,
  t.publisher as publisher,
  t.published as published,
  t.grade as grade,
  t.reprint as reprint,
  t.url as url
from titled as t
left join counted as c on c.source_id = t.source_id
