-- Grain: one row per county-level unit that stands in a prefecture from which an office has reported, and office that reported of
-- it; a county of which nobody reported has one row without. Promise: what lies in a county counts as of the county; imported books
-- and tables that no office signed are no reports. claims: offices that reported of the county.
with reported as (
  select
    up.ancestor as ref_area,
    s.publisher as publisher,
    max(s.received) as received,
    max(s.version) as versions,
    count(f.fact_id) as facts
  from core.submission as s
  join core.fact as f on f.file = s.file
  join core.area_ancestor as up on up.ref_area = f.ref_area
  join core.ref_area as a on a.ref_area = up.ancestor
  where s.counts and s.publisher is not null and a.level = 'county'
  group by up.ancestor, s.publisher
),
claimed as (
  select r.ref_area as ref_area, count(r.publisher) as claims
  from reported as r
  group by r.ref_area
),
asked as (
  select distinct d.parent as parent
  from core.division as d
  join reported as r on r.ref_area = d.division
  where d.until is null
)
select
  d.division as ref_area,
  d.name_zh as area_name,
  d.province as province,
  d.prefecture as prefecture,
  case when c.claims > 1 then 'several' when c.claims = 1 then 'reported' else 'missing' end as filed,
  coalesce(c.claims, 0) as claims,
  r.publisher as publisher,
  r.received as received,
  r.versions as versions,
  coalesce(r.facts, 0) as facts
from core.division as d
join asked as k on k.parent = d.parent
left join reported as r on r.ref_area = d.division
left join claimed as c on c.ref_area = d.division
where d.level = 'county' and d.until is null
