-- Grain: one row per town, catalogue, phase and period. Promise: take_up = accepted / catalogue_items * 100 within one
-- catalogue, never across catalogues (axis_key holds it); items of no named catalogue have no take-up and stand with their own
-- source only. Towns taken together are rows of mart.delegation_merged, so that a sum over this table counts every item once.
select
  t.ref_area as ref_area,
  t.area_name as area_name,
  'township' as area_level,
  t.county as county,
  t.counted_as as counted_as,
  t.catalogue as catalogue,
  t.items as catalogue_items,
  t.accepted as accepted,
  t.accepted * 100.0 / nullif(t.items, 0) as take_up,
  t.phase as phase,
  t.time_period as time_period,
  t.year as year,
  t.period_start as period_start,
  t.period_end as period_end,
  t.scope as scope,
  'take_up|' || case when t.items is null then t.catalogue || '|' || t.source_id else t.catalogue end as axis_key,
  t.ref_area || '|' || t.catalogue || '|' || t.time_period as whole_key,
  true as is_total,
  false as is_part,
  case when t.items is not null and not t.illustrative then true else false end as comparable,
  case when t.items is not null and not t.illustrative and not t.anonymous and t.doubt is null and t.to_check is null
    then true else false end as may_rank,
  case
    when t.illustrative then '考题和范本，不参与比较'
    when t.items is null and t.catalogue = '_T' then '没有写明是哪份目录，不与别处比较'
    when t.items is null then '这份目录共有多少项未公布，没有承接率'
    when t.doubt is not null then '存疑：' || t.doubt
    when t.to_check is not null then '待核：' || t.to_check
    when t.anonymous then '来源没有写明地名，不排名'
  end as withheld_zh,
  t.doubt as doubt,
  t.to_check as to_check,
  t.timing as timing,
  t.anonymous as anonymous,
  t.illustrative as illustrative,
  t.disclosure as disclosure,
  t.fact_id || coalesce(',' || t.catalogue_fact, '') as fact_ids,
  case
    when t.catalogue_source is null or t.catalogue_source = t.source_id then t.source_id
    else t.source_id || ',' || t.catalogue_source
  end as source_ids
from staging.delegation_town as t
