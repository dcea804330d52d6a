-- Grain: one row per topic and claim (fact). Promise: every claim stands, exactly one per contest is shown. A contest is
-- the claims of one topic in one phase and size band. Topics are (1) found: facts of two or more sources that claim the same thing
-- (place, indicator, dimensions, phase, scope, year) with intervals that do not all meet; (2) declared, across scopes or
-- years. Across scopes or years the shown claim is only the first to name: it replaces none; the
-- best claim of each scope and period then stands beside the others.
with claim as (
  select
    f.fact_id as fact_id, f.ref_area as ref_area, f.indicator as indicator, f.phase as phase,
    f.time_period as time_period, f.size_band as size_band, f.scope as scope, f.obs_value as obs_value,
    f.value_low as value_low, f.value_high as value_high, f.as_stated as as_stated, f.source_id as source_id,
    f.disclosure as disclosure, a.name_zh as area_name, a.anonymous as anonymous,
    i.name_zh as indicator_zh,
    s.title || case when s.own_title then '（标题为本库所拟）' else '' end as source_title, s.grade as grade,
    p.claim_key as claim_key, p.preference as preference, p.disclosure_order as disclosure_order,
    p.doubt_order as doubt_order, p.grade_order as grade_order, p.precision_order as precision_order, p.published as published,
    p.period as period,
    f.phase || '|' || f.size_band as contest,
    f.scope || '|' || f.sector || '|' || f.tier || '|' || f.post_type || '|' || f.age_band || '|' || f.education || '|'
    || f.org_unit || '|' || f.catalogue || '|' || f.category as coverage
  from core.fact as f
  join staging.fact_preference as p on p.fact_id = f.fact_id
  join core.ref_area as a on a.ref_area = f.ref_area and not a.illustrative
  join core.indicator as i on i.indicator = f.indicator
  join core.source as s on s.source_id = f.source_id
),
declared as (
  select t.topic_id as topic_id, t.title_zh as title_zh, t.reading_zh as reading_zh, c.fact_id as fact_id
  from staging.conflict_topic as t
  join claim as c
    on c.ref_area = t.ref_area and c.indicator = t.indicator
    and (t.size_band is null or t.size_band = c.size_band) and (t.phase is null or t.phase = c.phase)
    and (t.member_list is null or position(';' || c.scope || ';' in t.member_list) > 0)
),
spread as (
  select
    c.claim_key as claim_key, min(c.fact_id) as first_fact, count(distinct c.source_id) as sources,
    max(coalesce(c.value_low, -1e300)) as highest_low, min(coalesce(c.value_high, 1e300)) as lowest_high,
    max(case when d.fact_id is null then 1 else 0 end) as undeclared
  from claim as c
  left join declared as d on d.fact_id = c.fact_id
  group by c.claim_key
),
topic as (
  select d.topic_id as topic_id, d.title_zh as title_zh, d.reading_zh as reading_zh, d.fact_id as fact_id
  from declared as d
  union all
  select
    'auto-' || g.first_fact as topic_id, c.area_name || c.indicator_zh || '：来源说法不一' as title_zh,
    '同一口径、同一时点，几个来源的数不同，全部并录' as reading_zh, c.fact_id as fact_id
  from spread as g
  join claim as c on c.claim_key = g.claim_key
  where g.sources >= 2 and g.highest_low > g.lowest_high and g.undeclared = 1
),
contested as (
  select
    t.topic_id as topic_id, t.title_zh as title_zh, t.reading_zh as reading_zh, c.fact_id as fact_id,
    c.contest as contest, c.coverage as coverage, c.disclosure_order as disclosure_order,
    -- Claims that were found to compete do so across the years of a reform; declared ones may be a series.
    case when substring(t.topic_id, 1, 5) = 'auto-' then '' else c.period end as period,
    c.doubt_order as doubt_order, c.grade_order as grade_order, c.precision_order as precision_order,
    c.published as published,
    row_number() over (partition by t.topic_id, c.contest order by c.preference) as contest_rank,
    row_number() over (
      partition by t.topic_id, c.contest, c.coverage, c.period order by c.preference
    ) as scope_rank
  from topic as t
  join claim as c on c.fact_id = t.fact_id
),
contest as (
  select
    k.topic_id as topic_id, k.contest as contest, count(k.fact_id) as claims, count(distinct k.coverage) as coverages,
    count(distinct k.period) as periods,
    max(case when k.contest_rank = 1 then k.disclosure_order end) as disclosure_1,
    max(case when k.contest_rank = 2 then k.disclosure_order end) as disclosure_2,
    max(case when k.contest_rank = 1 then k.doubt_order end) as doubt_1,
    max(case when k.contest_rank = 2 then k.doubt_order end) as doubt_2,
    max(case when k.contest_rank = 1 then k.grade_order end) as grade_1,
    max(case when k.contest_rank = 2 then k.grade_order end) as grade_2,
    max(case when k.contest_rank = 1 then k.precision_order end) as precision_1,
    max(case when k.contest_rank = 2 then k.precision_order end) as precision_2,
    max(case when k.contest_rank = 1 then k.published end) as published_1,
    max(case when k.contest_rank = 2 then k.published end) as published_2
  from contested as k
  group by k.topic_id, k.contest
)
select
  k.topic_id as topic_id,
  k.title_zh as title_zh,
  c.fact_id as fact_id,
  c.ref_area as ref_area,
  c.area_name as area_name,
  c.indicator as indicator,
  c.indicator_zh as indicator_zh,
  c.phase as phase,
  c.time_period as time_period,
  c.size_band as size_band,
  c.scope as scope,
  c.obs_value as obs_value,
  c.value_low as value_low,
  c.value_high as value_high,
  c.as_stated as as_stated,
  c.source_id as source_id,
  c.source_title as source_title,
  c.grade as grade,
  k.contest_rank = 1 as shown,
  case
    when n.claims = 1 then '此格只有一种说法'
    when n.coverages > 1 then '口径不同，分列展示，不互相替代'
    when n.periods > 1 then '时点不同，分列展示，不互相替代'
    when n.disclosure_1 <> n.disclosure_2 then '公开程度：公开的先于内部的'
    when n.doubt_1 <> n.doubt_2 then '口径清楚者先于口径存疑者'
    when n.grade_1 <> n.grade_2 then '来源等级：取等级较高者'
    when n.precision_1 <> n.precision_2 then '精确程度：取说法较精确者'
    when n.published_1 <> n.published_2 then '发布时间：取发布较新者'
    else '等级、精度、发布时间都相同：按事实编号固定取一'
  end as rule_zh,
  case
    when n.claims = 1 then 'alone'
    when (n.coverages > 1 or n.periods > 1) and k.scope_rank = 1 then 'beside'
    when k.contest_rank = 1 then 'shown'
    else 'kept'
  end as standing,
  k.reading_zh as reading_zh,
  c.anonymous as anonymous,
  c.disclosure as disclosure
from contested as k
join contest as n on n.topic_id = k.topic_id and n.contest = k.contest
join claim as c on c.fact_id = k.fact_id
