-- Grain: one row per fact. Promise: every fact stands in one total order of preference, and of the facts that
-- claim the same thing exactly one is preferred. `preference` is the order as a text that sorts (the date as the complement of its
-- digits, so that the newest comes first): a number of the rank among all facts would bring all of them to one place.
-- The order: public before internal, clear before doubtful scope (口径存疑), grade A B C S, precision exact, derived, approx, at_least, at_most,
-- newest publication, fact_id. A claim = place, indicator, all dimensions, phase, scope and period; the period is
-- the year, except that before and after of a reform are dated by the reform, so there it does not separate claims,
-- and that facts of unstated time are claims of their own source only.
with keyed as (
  select
    f.fact_id as fact_id,
    f.source_id as source_id,
    f.phase as phase,
    case when f.year is null then '_U ' || f.source_id else substring(f.time_period, 1, 4) end as period,
    f.ref_area || '|' || f.indicator || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band
    || '|' || f.education || '|' || f.org_unit || '|' || f.catalogue || '|' || f.size_band || '|' || f.category
    || '|' || f.phase || '|' || f.scope as timeless_key,
    case when f.disclosure = 'internal' then 1 else 0 end as disclosure_order,
    case when c.doubtful then 1 else 0 end as doubt_order,
    case s.grade when 'A' then 1 when 'B' then 2 when 'C' then 3 when 'S' then 4 else 9 end as grade_order,
    case f.precision
      when 'exact' then 1 when 'derived' then 2 when 'approx' then 3 when 'at_least' then 4 when 'at_most' then 5 else 9
    end as precision_order,
    coalesce(s.published, '') as published
  from raw.fact as f
  left join raw.source as s on s.source_id = f.source_id
  left join raw.scope as c on c.scope = f.scope
),
claimed as (
  select
    k.fact_id as fact_id, k.period as period, k.disclosure_order as disclosure_order, k.doubt_order as doubt_order,
    k.grade_order as grade_order,
    k.precision_order as precision_order, k.published as published,
    k.timeless_key || '|' || case when k.phase in ('before', 'after') then '' else k.period end as claim_key,
    cast(k.disclosure_order as varchar(1)) || cast(k.doubt_order as varchar(1)) || cast(k.grade_order as varchar(1))
    || cast(k.precision_order as varchar(1))
    || substring(translate(replace(k.published, '-', ''), '0123456789', '9876543210') || '99999999', 1, 8)
    || k.fact_id as preference
  from keyed as k
),
ranked as (
  select
    k.fact_id as fact_id,
    k.period as period,
    k.claim_key as claim_key,
    k.disclosure_order as disclosure_order,
    k.doubt_order as doubt_order,
    k.grade_order as grade_order,
    k.precision_order as precision_order,
    k.published as published,
    k.preference as preference,
    row_number() over (partition by k.claim_key order by k.preference) as claim_rank
  from claimed as k
)
select
  r.fact_id as fact_id,
  r.period as period,
  r.claim_key as claim_key,
  r.disclosure_order as disclosure_order,
  r.doubt_order as doubt_order,
  r.grade_order as grade_order,
  r.precision_order as precision_order,
  r.published as published,
  r.preference as preference,
  r.claim_rank as claim_rank,
  r.claim_rank = 1 as preferred
from ranked as r
