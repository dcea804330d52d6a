-- Grain: one row per catalogue, phase, period and grouping: all its towns together (merged) and, where some town took up
-- everything, the others together (merged_without_full). Promise: take_up = accepted / catalogue_items * 100, where
-- catalogue_items counts the catalogue once per town. Illustrative and anonymous places and internal facts are left out; one
-- town alone is no group.
with pool as (
  select
    t.fact_id as fact_id, t.source_id as source_id, t.catalogue as catalogue, t.phase as phase, t.period as period,
    t.time_period as time_period, t.year as year, t.period_start as period_start, t.period_end as period_end,
    t.scope as scope, t.accepted as accepted, t.items as items,
    t.catalogue_fact as catalogue_fact, t.catalogue_source as catalogue_source, t.catalogue_area as catalogue_area,
    'merged' as grouping
  from staging.delegation_town as t
  where t.items is not null and not t.illustrative and not t.anonymous and t.disclosure = 'public'
  union all
  select
    t.fact_id as fact_id, t.source_id as source_id, t.catalogue as catalogue, t.phase as phase, t.period as period,
    t.time_period as time_period, t.year as year, t.period_start as period_start, t.period_end as period_end,
    t.scope as scope, t.accepted as accepted, t.items as items,
    t.catalogue_fact as catalogue_fact, t.catalogue_source as catalogue_source, t.catalogue_area as catalogue_area,
    'merged_without_full' as grouping
  from staging.delegation_town as t
  where t.items is not null and not t.illustrative and not t.anonymous and t.disclosure = 'public'
    and t.accepted < t.items
),
merged as (
  select
    m.grouping as grouping, m.catalogue as catalogue, m.phase as phase, m.period as period, m.scope as scope,
    m.catalogue_area as catalogue_area, min(m.time_period) as time_period,
    min(m.year) as year, min(m.period_start) as period_start, max(m.period_end) as period_end, count(m.fact_id) as towns,
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
  m.catalogue_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  m.catalogue_area as counted_as,
  m.catalogue as catalogue,
  m.items as catalogue_items,
  m.accepted as accepted,
  m.accepted * 100.0 / nullif(m.items, 0) as take_up,
  m.grouping as grouping,
  m.towns as towns,
  m.phase as phase,
  m.time_period as time_period,
  m.year as year,
  m.period_start as period_start,
  m.period_end as period_end,
  m.scope as scope,
  'take_up|' || m.catalogue as axis_key,
  m.catalogue_area || '|' || m.grouping || '|' || m.catalogue || '|' || m.time_period as whole_key,
  true as comparable,
  false as may_rank,
  '几个镇合在一起，不与单个镇排名' as withheld_zh,
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
