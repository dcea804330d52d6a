-- 合并的承接数等于各镇之和，只合并公开的、点名的真实地区
-- 核对各镇的承接数和目录
with town as (
  select d.catalogue as catalogue, d.phase as phase, substring(d.time_period, 1, 4) as year, d.scope as scope,
    count(d.ref_area) as towns, sum(d.accepted) as accepted, sum(d.catalogue_items) as items
  from mart.delegation as d
  where d.disclosure = 'public' and not d.illustrative and not d.anonymous
  group by d.catalogue, d.phase, substring(d.time_period, 1, 4), d.scope
)
select m.catalogue as catalogue, m.phase as phase, m.time_period as time_period, m.towns as towns,
  m.accepted as accepted, t.towns as counted_towns, t.accepted as counted_accepted, m.fact_ids as fact_ids
from mart.delegation_merged as m
left join town as t
  on t.catalogue = m.catalogue and t.phase = m.phase and t.year = substring(m.time_period, 1, 4) and t.scope = m.scope
where m.grouping = 'merged'
  and (t.towns is null or m.towns <> t.towns or m.accepted <> t.accepted or m.catalogue_items <> t.items)
order by m.catalogue
