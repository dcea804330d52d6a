-- Grain: one row per fact in a list of facts that rows of a mart rest on (`fact_ids` as the mart writes it). Promise: every list
-- of every mart is here, whole; a join on it is exact and quick, where a search for an id inside a list reads every row with
-- every fact. A fact_id is 11 characters, a list has a comma between two; of a list at most a thousand facts are taken apart.
with digit as (
  select 0 as n union all select 1 as n union all select 2 as n union all select 3 as n union all select 4 as n
  union all select 5 as n union all select 6 as n union all select 7 as n union all select 8 as n union all select 9 as n
),
list as (
  select r.fact_ids as fact_ids from mart.population_staff_ratio as r
  union
  select s.authorised_fact_ids as fact_ids from mart.staffing as s
  union
  select s.actual_fact_ids as fact_ids from mart.staffing as s
  union
  select d.fact_ids as fact_ids from mart.delegation as d
  union
  select m.fact_ids as fact_ids from mart.delegation_merged as m
  union
  select c.fact_ids as fact_ids from mart.institution_change as c
  union
  select t.fact_ids as fact_ids from mart.staff_structure as t
  union
  select b.fact_ids as fact_ids from mart.county_size_band as b
  union
  select i.fact_ids as fact_ids from mart.identity_balance as i
),
hundreds as (
  select l.fact_ids as fact_ids, h.n * 100 as first_place
  from list as l
  join digit as h on h.n * 1200 < length(l.fact_ids)
),
tens as (
  select l.fact_ids as fact_ids, l.first_place + t.n * 10 as first_place
  from hundreds as l
  join digit as t on (l.first_place + t.n * 10) * 12 < length(l.fact_ids)
)
select
  l.fact_ids as fact_ids,
  l.first_place + u.n + 1 as place,
  substring(l.fact_ids, (l.first_place + u.n) * 12 + 1, 11) as fact_id
from tens as l
join digit as u on (l.first_place + u.n) * 12 < length(l.fact_ids)
