-- Grain: one row per place, population basis, scope, phase, time, source and size band. Promise: bands (10万-20万) and cumulative
-- counts (<10万) are told apart by band_kind, since adding one to the other counts places twice; share = counties / base,
-- the number of counties that the same source, or else another of the same scope and year, states for the place, or the sum
-- of a source that gives nothing but bands that do not overlap (two or more); null when there is neither. is_partition: the
-- finest bands of a table, where they cover every size without a gap, add up to the stated total, or are all that the source
-- lists (a band without a county has no row): they alone may be added up.
with counted as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.size_band as size_band, f.scope as scope, f.phase as phase,
    f.time_period as time_period, f.source_id as source_id, f.obs_value as counties, f.precision as precision,
    f.disclosure as disclosure, p.period as period, p.preference as preference, p.preferred as preferred,
    f.year as year, f.period_start as period_start, f.period_end as period_end, n.unstated as unstated, n.doubt as doubt,
    f.to_check as to_check, n.unclosed_zh as unclosed_zh
  from core.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id
  join staging.fact_meaning as n on n.fact_id = f.fact_id
  where f.indicator = 'county_count' and f.phase in ('point', 'before', 'after') and f.category = '_T' and f.sector = '_T'
    and f.tier = '_T' and f.post_type = '_T' and f.age_band = '_T' and f.education = '_T' and f.org_unit = '_T'
    and f.catalogue = '_T'
),
banded as (
  select
    c.fact_id as fact_id, c.ref_area as ref_area, c.size_band as size_band, c.scope as scope, c.phase as phase,
    c.time_period as time_period, c.source_id as source_id, c.counties as counties, c.disclosure as disclosure,
    c.ref_area || '|' || c.scope || '|' || c.phase || '|' || c.time_period || '|' || c.source_id as table_key,
    c.preferred as preferred, c.year as year, c.period_start as period_start, c.period_end as period_end,
    c.unstated as unstated, c.doubt as doubt, c.to_check as to_check, c.unclosed_zh as unclosed_zh,
    t.fact_id as total_fact, t.source_id as total_source, t.counties as total,
    t.disclosure as total_disclosure,
    row_number() over (
      partition by c.fact_id order by case when t.source_id = c.source_id then 0 else 1 end, t.preference
    ) as choice
  from counted as c
  left join counted as t
    on t.size_band = '_T' and t.ref_area = c.ref_area and t.scope = c.scope and t.period = c.period
    and t.phase = c.phase
  where c.size_band <> '_T'
),
edged as (
  select
    c.fact_id as fact_id, c.counties as counties, c.disclosure as disclosure, c.size_band as size_band,
    c.ref_area || '|' || c.scope || '|' || c.phase || '|' || c.time_period || '|' || c.source_id as table_key,
    coalesce(z.band_low, 0) as low, coalesce(z.band_high, 2000000000) as high,
    case when z.band_kind = 'more_than' then 1 else 0 end as is_open_count
  from counted as c
  join staging.size_band as z on z.size_band = c.size_band
),
overlapping as (
  select e.table_key as table_key
  from edged as e
  join edged as o
    on o.table_key = e.table_key and o.size_band <> e.size_band and o.low < e.high and e.low < o.high
  group by e.table_key
),
finest as (
  select
    e.table_key as table_key, e.size_band as size_band, e.low as low, e.high as high, e.fact_id as fact_id,
    e.counties as counties
  from edged as e
  left join edged as o
    on o.table_key = e.table_key and o.size_band <> e.size_band and o.low >= e.low and o.high <= e.high
  where o.size_band is null
),
gapped as (
  select
    f.table_key as table_key,
    sum(case when f.low > 0 and l.size_band is null then 1 else 0 end)
    + sum(case when f.high < 2000000000 and h.size_band is null then 1 else 0 end)
    + case when min(f.low) > 0 then 1 else 0 end + case when max(f.high) < 2000000000 then 1 else 0 end as gaps
  from finest as f
  left join finest as l on l.table_key = f.table_key and l.high = f.low
  left join finest as h on h.table_key = f.table_key and h.low = f.high
  group by f.table_key
),
totalled as (
  select f.table_key as table_key, sum(f.counties) as counties, max(b.total) as total
  from finest as f
  join banded as b on b.fact_id = f.fact_id and b.choice = 1
  group by f.table_key
),
distribution as (
  select
    e.table_key as table_key, sum(e.counties) as counties,
    max(case when e.disclosure = 'internal' then 1 else 0 end) as internal
  from edged as e
  left join overlapping as o on o.table_key = e.table_key
  where o.table_key is null
  group by e.table_key
  having count(e.fact_id) >= 2 and max(e.is_open_count) = 0
),
partitioned as (
  select f.table_key as table_key, f.size_band as size_band
  from finest as f
  join gapped as g on g.table_key = f.table_key
  join totalled as t on t.table_key = f.table_key
  left join distribution as d on d.table_key = f.table_key
  where g.gaps = 0 or t.counties = t.total or d.table_key is not null
),
people as (
  select
    b.fact_id as band_fact, f.fact_id as fact_id, f.disclosure as disclosure, f.obs_value as population,
    row_number() over (
      partition by b.fact_id order by case when f.scope = b.scope then 0 else 1 end, p.preference
    ) as choice
  from banded as b
  join core.fact as f
    on f.ref_area = b.ref_area and f.size_band = b.size_band and f.time_period = b.time_period and f.source_id = b.source_id
  join staging.fact_preference as p on p.fact_id = f.fact_id
  where b.choice = 1 and f.indicator in ('population_census', 'population_resident', 'population_registered', 'population_total')
    and f.size_band <> '_T' and f.phase = 'point'
)
select
  b.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  coalesce(a.same_as, b.ref_area) as counted_as,
  coalesce(c.population_basis, '未注明') as population_basis,
  b.scope as scope,
  c.edition as edition,
  c.left_out as left_out,
  b.size_band as size_band,
  z.band_kind as band_kind,
  z.band_low as band_low,
  z.band_high as band_high,
  z.band_order as band_order,
  b.counties as counties,
  m.population as population,
  b.counties * 100.0 / nullif(coalesce(b.total, d.counties), 0) as share,
  coalesce(b.total, d.counties) as base,
  case when b.total is not null then 'stated' when d.counties is not null then 'summed' end as base_basis,
  b.phase as phase,
  b.time_period as time_period,
  b.year as year,
  b.period_start as period_start,
  b.period_end as period_end,
  b.preferred as preferred,
  'county_count|' || a.level || '|' || case when q.size_band is not null then 'partition' else b.size_band end
  || '|' || b.scope || case when b.unstated then '|' || b.source_id else '' end as axis_key,
  b.table_key as whole_key,
  false as is_total,
  true as is_part,
  case when q.size_band is not null then true else false end as is_partition,
  case when not a.illustrative and b.unclosed_zh is null and not b.unstated then true else false end as comparable,
  case when not a.illustrative and b.preferred and b.unclosed_zh is null and not b.unstated and b.doubt is null
    and b.to_check is null then true else false end as may_rank,
  case
    when a.illustrative then '考题和范本，不参与比较'
    when b.unclosed_zh is not null then '来源分项与合计不符：' || b.unclosed_zh
    when b.unstated then '原文没有写明口径，只与同一来源的数并列'
    when b.doubt is not null then '存疑：' || b.doubt
    when b.to_check is not null then '待核：' || b.to_check
    when not b.preferred then '另有采用的说法'
  end as withheld_zh,
  b.unclosed_zh as unclosed_zh,
  b.doubt as doubt,
  b.to_check as to_check,
  a.anonymous as anonymous,
  a.illustrative as illustrative,
  case when b.disclosure = 'internal' or m.disclosure = 'internal' or b.total_disclosure = 'internal'
    or (b.total is null and d.internal = 1) then 'internal' else 'public' end as disclosure,
  b.fact_id || coalesce(',' || m.fact_id, '') || coalesce(',' || b.total_fact, '') as fact_ids,
  case when b.total_source is null or b.total_source = b.source_id then b.source_id
    else b.source_id || ',' || b.total_source end as source_ids
from banded as b
left join people as m on m.band_fact = b.fact_id and m.choice = 1
left join distribution as d on d.table_key = b.table_key
left join partitioned as q on q.table_key = b.table_key and q.size_band = b.size_band
left join staging.size_band as z on z.size_band = b.size_band
left join core.scope as c on c.scope = b.scope
left join core.ref_area as a on a.ref_area = b.ref_area
where b.choice = 1
