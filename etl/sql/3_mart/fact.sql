-- Grain: one row per fact, wide: what core.fact says, where, about what, in which scope, and who says so.
-- Promise: no fact is dropped; of the facts that claim the same thing (place, indicator, dimensions, phase, scope,
-- period) exactly one is preferred. axis_key, whole_key: what may share an axis (staging.fact_meaning). comparable: may stand
-- beside values of other sources; may_rank: may be ordered among those of its axis_key; withheld_zh: why not, null when it may.
select
  f.fact_id as fact_id,
  f.ref_area as ref_area,
  a.name_zh as area_name,
  a.level as area_level,
  a.province as province,
  a.prefecture as prefecture,
  a.county as county,
  a.adcode as adcode,
  a.anonymous as anonymous,
  coalesce(a.same_as, f.ref_area) as counted_as,
  a.cohort as cohort,
  o.role as cohort_role,
  a.illustrative as illustrative,
  f.indicator as indicator,
  i.name_zh as indicator_zh,
  i.theme as theme,
  i.kind as kind,
  i.decimals as decimals,
  i.direction as direction,
  i.direction_zh as direction_zh,
  i.definition_zh as definition_zh,
  i.caveat_zh as caveat_zh,
  f.sector as sector,
  f.tier as tier,
  f.post_type as post_type,
  f.age_band as age_band,
  f.education as education,
  f.org_unit as org_unit,
  f.catalogue as catalogue,
  f.size_band as size_band,
  f.category as category,
  f.phase as phase,
  f.time_period as time_period,
  f.year as year,
  f.period_start as period_start,
  f.period_end as period_end,
  f.period_approx as period_approx,
  f.obs_value as obs_value,
  f.value_low as value_low,
  f.value_high as value_high,
  f.is_interval as is_interval,
  f.unit_measure as unit_measure,
  f.precision as precision,
  f.as_stated as as_stated,
  f.scope as scope,
  c.subject as scope_subject,
  c.nature as scope_nature,
  c.coverage as scope_coverage,
  c.population_basis as population_basis,
  c.staff_scope as staff_scope,
  c.fills_posts as fills_posts,
  f.source_id as source_id,
  s.title || case when s.own_title then '（标题为本库所拟）' else '' end as source_title,
  s.publisher as publisher,
  s.published as published,
  s.url as url,
  s.grade as grade,
  s.reprint as reprint,
  f.locator as locator,
  s.reports_plan as reports_plan,
  p.preferred as preferred,
  m.axis_key as axis_key,
  m.whole_key as whole_key,
  m.unstated as unstated,
  not m.is_part as is_total,
  m.is_part as is_part,
  case when not a.illustrative and m.unclosed_zh is null and not m.unstated then true else false end as comparable,
  case
    when i.rankable and m.phase_kind = 'state' and c.nature = 'count' and p.preferred and not a.illustrative
      and a.same_as is null and m.unclosed_zh is null and not m.unstated and m.doubt is null and f.to_check is null
      then true
    else false
  end as may_rank,
  case
    when a.illustrative then '考题和范本，不参与比较'
    when m.unclosed_zh is not null then '来源分项与合计不符：' || m.unclosed_zh
    when m.unstated then '原文没有写明口径，只与同一来源的数并列'
    when m.doubt is not null then '存疑：' || m.doubt
    when f.to_check is not null then '待核：' || f.to_check
    when a.same_as is not null then '与一个已具名的地区是同一地，只计一次'
    when c.nature <> 'count' or m.phase_kind <> 'state' then '不是现状数，不排名'
    when not p.preferred then '另有采用的说法'
    when not i.rankable then '这项指标只看量级，不排名'
  end as withheld_zh,
  m.unclosed_zh as unclosed_zh,
  m.doubt as doubt,
  f.to_check as to_check,
  f.timing as timing,
  f.arithmetic as arithmetic,
  f.disclosure as disclosure,
  f.note as note,
  f.loaded_at as loaded_at,
  f.file as file,
  f.line as line
from core.fact as f
join staging.fact_preference as p on p.fact_id = f.fact_id
join staging.fact_meaning as m on m.fact_id = f.fact_id
left join core.ref_area as a on a.ref_area = f.ref_area
left join core.indicator as i on i.indicator = f.indicator
left join core.scope as c on c.scope = f.scope
left join core.source as s on s.source_id = f.source_id
left join core.cohort as o on o.cohort = a.cohort
