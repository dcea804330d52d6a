-- Grain: one row per town, catalogue, phase and period: items that the town accepted. Promise: the size of its catalogue is
-- the preferred statement of it, null where no source states one; items of no named catalogue have none.
with catalogue as (
  select
    f.fact_id as fact_id, f.source_id as source_id, f.ref_area as ref_area, f.catalogue as catalogue,
    f.obs_value as items,
    row_number() over (partition by f.catalogue order by p.preference) as choice
  from raw.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id
  where f.indicator = 'delegated_items_catalogue' and f.catalogue <> '_T' and f.category = '_T'
    and f.phase in ('point', 'after', 'plan')
)
select
  f.fact_id as fact_id, f.source_id as source_id, f.ref_area as ref_area, f.catalogue as catalogue,
  f.phase as phase, f.time_period as time_period, p.period as period, f.scope as scope, f.obs_value as accepted,
  f.disclosure as disclosure, a.name_zh as area_name, a.county as county, coalesce(a.anonymous, false) as anonymous,
  coalesce(a.illustrative, false) as illustrative, coalesce(a.same_as, f.ref_area) as counted_as, f.year as year,
  f.period_start as period_start, f.period_end as period_end, f.timing as timing,
  coalesce(f.doubt, case when s.doubtful then '口径存疑' end) as doubt, f.to_check as to_check,
  c.items as items, c.fact_id as catalogue_fact, c.source_id as catalogue_source, c.ref_area as catalogue_area
from raw.fact as f
join staging.fact_preference as p on p.fact_id = f.fact_id and p.preferred
join raw.area as a on a.ref_area = f.ref_area and a.level = 'township'
left join raw.scope as s on s.scope = f.scope
left join catalogue as c on c.catalogue = f.catalogue and c.choice = 1
where f.indicator = 'delegated_items_accepted' and f.category = '_T' and f.phase in ('point', 'before', 'after')
