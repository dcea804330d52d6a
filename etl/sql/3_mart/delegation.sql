-- Grain: one row per town, catalogue, phase and period (grouping = town), and for two or more towns that share catalogue,
-- phase and period one merged row and, where some town took up everything, one without the full takers.
-- Promise: take_up = accepted / catalogue_items * 100 within one catalogue, never across catalogues; a merged row's
-- catalogue_items counts the catalogue once per town. Items of no named catalogue have no take-up and are not merged.
-- Merged rows leave out illustrative and anonymous places and internal facts.
with catalogue as (
  select
    f.fact_id as fact_id, f.source_id as source_id, f.ref_area as ref_area, f.catalogue as catalogue,
    f.obs_value as items,
    row_number() over (partition by f.catalogue order by p.preference) as choice
  from core.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id
  where f.indicator = 'delegated_items_catalogue' and f.catalogue <> '_T' and f.category = '_T'
    and f.phase in ('point', 'after', 'plan')
),
town as (
  select
    f.fact_id as fact_id, f.source_id as source_id, f.ref_area as ref_area, f.catalogue as catalogue,
    f.phase as phase, f.time_period as time_period, p.period as period, f.scope as scope, f.obs_value as accepted,
    f.disclosure as disclosure, a.name_zh as area_name, a.county as county, a.anonymous as anonymous,
    a.illustrative as illustrative,
    c.items as items, c.fact_id as catalogue_fact, c.source_id as catalogue_source, c.ref_area as catalogue_area
  from core.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id and p.preferred
  join core.ref_area as a on a.ref_area = f.ref_area and a.level = 'township'
  left join catalogue as c on c.catalogue = f.catalogue and c.choice = 1
  where f.indicator = 'delegated_items_accepted' and f.category = '_T' and f.phase in ('point', 'before', 'after')
),
pool as (
  select
    t.fact_id as fact_id, t.source_id as source_id, t.catalogue as catalogue, t.phase as phase, t.period as period,
    t.time_period as time_period, t.scope as scope, t.accepted as accepted, t.items as items,
    t.catalogue_fact as catalogue_fact, t.catalogue_source as catalogue_source, t.catalogue_area as catalogue_area,
    'merged' as grouping
  from town as t
  where t.items is not null and not t.illustrative and not t.anonymous and t.disclosure = 'public'
  union all
  select
    t.fact_id as fact_id, t.source_id as source_id, t.catalogue as catalogue, t.phase as phase, t.period as period,
    t.time_period as time_period, t.scope as scope, t.accepted as accepted, t.items as items,
    t.catalogue_fact as catalogue_fact, t.catalogue_source as catalogue_source, t.catalogue_area as catalogue_area,
    'merged_without_full' as grouping
  from town as t
  where t.items is not null and not t.illustrative and not t.anonymous and t.disclosure = 'public'
    and t.accepted < t.items
),
merged as (
  select
    m.grouping as grouping, m.catalogue as catalogue, m.phase as phase, m.period as period, m.scope as scope,
    m.catalogue_area as catalogue_area, min(m.time_period) as time_period, count(m.fact_id) as towns,
    sum(m.accepted) as accepted, sum(m.items) as items
  from pool as m
  group by m.grouping, m.catalogue, m.phase, m.period, m.scope, m.catalogue_area
),
evidence as (
  select m.grouping as grouping, m.catalogue as catalogue, m.phase as phase, m.period as period, m.scope as scope,
    m.fact_id as fact_id, m.source_id as source_id
  from pool as m
  union
  select m.grouping as grouping, m.catalogue as catalogue, m.phase as phase, m.period as period, m.scope as scope,
    m.catalogue_fact as fact_id, m.catalogue_source as source_id
  from pool as m
),
facts as (
  select
    e.grouping as grouping, e.catalogue as catalogue, e.phase as phase, e.period as period, e.scope as scope,
    string_agg(e.fact_id, ',') over (
      partition by e.grouping, e.catalogue, e.phase, e.period, e.scope order by e.fact_id
      rows between unbounded preceding and unbounded following
    ) as fact_ids,
    row_number() over (
      partition by e.grouping, e.catalogue, e.phase, e.period, e.scope order by e.fact_id
    ) as place
  from evidence as e
),
sources as (
  select
    d.grouping as grouping, d.catalogue as catalogue, d.phase as phase, d.period as period, d.scope as scope,
    string_agg(d.source_id, ',') over (
      partition by d.grouping, d.catalogue, d.phase, d.period, d.scope order by d.source_id
      rows between unbounded preceding and unbounded following
    ) as source_ids,
    row_number() over (
      partition by d.grouping, d.catalogue, d.phase, d.period, d.scope order by d.source_id
    ) as place
  from (
    select distinct e.grouping as grouping, e.catalogue as catalogue, e.phase as phase, e.period as period,
      e.scope as scope, e.source_id as source_id
    from evidence as e
  ) as d
)
select
  t.ref_area as ref_area,
  t.area_name as area_name,
  t.county as county,
  t.catalogue as catalogue,
  t.items as catalogue_items,
  t.accepted as accepted,
  t.accepted * 100.0 / nullif(t.items, 0) as take_up,
  'town' as grouping,
  1 as towns,
  t.phase as phase,
  t.time_period as time_period,
  t.scope as scope,
  t.anonymous as anonymous,
  t.illustrative as illustrative,
  t.disclosure as disclosure,
  t.fact_id || coalesce(',' || t.catalogue_fact, '') as fact_ids,
  case
    when t.catalogue_source is null or t.catalogue_source = t.source_id then t.source_id
    else t.source_id || ',' || t.catalogue_source
  end as source_ids
from town as t
union all
select
  m.catalogue_area as ref_area,
  a.name_zh as area_name,
  a.county as county,
  m.catalogue as catalogue,
  m.items as catalogue_items,
  m.accepted as accepted,
  m.accepted * 100.0 / nullif(m.items, 0) as take_up,
  m.grouping as grouping,
  m.towns as towns,
  m.phase as phase,
  m.time_period as time_period,
  m.scope as scope,
  a.anonymous as anonymous,
  a.illustrative as illustrative,
  'public' as disclosure,
  f.fact_ids as fact_ids,
  s.source_ids as source_ids
from merged as m
left join merged as whole
  on whole.grouping = 'merged' and whole.catalogue = m.catalogue and whole.phase = m.phase
  and whole.period = m.period and whole.scope = m.scope
join facts as f
  on f.grouping = m.grouping and f.catalogue = m.catalogue and f.phase = m.phase and f.period = m.period
  and f.scope = m.scope and f.place = 1
join sources as s
  on s.grouping = m.grouping and s.catalogue = m.catalogue and s.phase = m.phase and s.period = m.period
  and s.scope = m.scope and s.place = 1
left join core.ref_area as a on a.ref_area = m.catalogue_area
where m.towns >= 2 and (m.grouping = 'merged' or m.towns < whole.towns)
