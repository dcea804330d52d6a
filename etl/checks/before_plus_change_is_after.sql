-- 同一口径内，改革前加变化等于改革后（各按自己的区间）
-- 核对改革前、变化数、改革后三个数；减少的变化数是负数
with stated as (
  select f.fact_id as fact_id, f.phase as phase, f.obs_value as obs_value, f.value_low as value_low,
    f.value_high as value_high, f.ref_area as ref_area, f.indicator as indicator, f.scope as scope,
    f.ref_area || '|' || f.indicator || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band
    || '|' || f.education || '|' || f.org_unit || '|' || f.catalogue || '|' || f.size_band || '|' || f.category || '|'
    || f.scope as cell
  from mart.fact as f
  where f.preferred and f.phase in ('before', 'after', 'change')
)
select b.ref_area as ref_area, b.indicator as indicator, b.scope as scope, b.fact_id as before_fact,
  b.obs_value as before, c.fact_id as change_fact, c.obs_value as change, a.fact_id as after_fact, a.obs_value as after
from stated as b
join stated as c on c.cell = b.cell and c.phase = 'change'
join stated as a on a.cell = b.cell and a.phase = 'after'
where b.phase = 'before'
  and (b.value_low + c.value_low > a.value_high or b.value_high + c.value_high < a.value_low)
order by b.ref_area, b.indicator
