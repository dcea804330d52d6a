-- 两个来源对同一口径、同一时期的同一件事说法不同，都在“说法不一”里并录
-- 核对两处的口径、时间和分组；确是两种说法的，写明各自的来源
with said as (
  select f.fact_id as fact_id, f.file as file, f.line as line, f.ref_area as ref_area, f.indicator as indicator,
    f.obs_value as obs_value, f.source_id as source_id, coalesce(f.value_low, -1e300) as value_low,
    coalesce(f.value_high, 1e300) as value_high,
    f.ref_area || '|' || f.indicator || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band
    || '|' || f.education || '|' || f.org_unit || '|' || f.catalogue || '|' || f.size_band || '|' || f.category || '|'
    || f.phase || '|' || f.scope || '|'
    || case when f.phase in ('before', 'after') then '' when f.year is null then f.source_id
      else substring(f.time_period, 1, 4) end as claim
  from mart.fact as f
  where not f.illustrative
)
select a.fact_id as fact_id, a.file as file, a.line as line, a.ref_area as ref_area, a.indicator as indicator,
  a.obs_value as obs_value, b.fact_id as other_fact, b.obs_value as other_value
from said as a
join said as b on b.claim = a.claim and b.source_id <> a.source_id and b.value_low > a.value_high
left join mart.conflict as c on c.fact_id = a.fact_id
where c.fact_id is null
order by a.fact_id
