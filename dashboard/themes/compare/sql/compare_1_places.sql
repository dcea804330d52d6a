-- 标题：几个地区的同一指标相比怎么样？
-- 页面：/compare
-- 图表：compare-places
-- 说明：同一指标的采用值，由变化数推算的一头也列出；几个地区相比时各取最近时点。同轴键不同的分开看。
-- 参数：$indicator｜指标代号｜文字｜party_gov_bodies｜party_gov_bodies、public_institutions、institution_posts、leadership_posts、staff_actual
-- 参数：$places｜地区名称（用顿号隔开，空为全部）｜文字｜
with claim as (
    select
        axis_key, ref_area, area_name, indicator, indicator_zh, scope, sector, tier, post_type, phase, time_period, year, obs_value,
        value_low, value_high, "precision", unit_measure, as_stated, may_rank, withheld_zh, source_id as source_ids, fact_id as fact_ids
    from mart.fact
    where indicator = $indicator and preferred and not illustrative
        and age_band = '_T' and education = '_T' and org_unit = '_T' and category = '_T'
        and (size_band = '_T' or indicator in ('county_count', 'county_count_share', 'counties_gdp', 'counties_gdp_share'))
        and ($places = '' or list_contains(string_split($places, '、'), area_name))
    union all
    select
        c.axis_key, c.ref_area, c.area_name, c.indicator, c.indicator_zh, c.scope, c.sector, c.tier, c.post_type, e.phase,
        coalesce(case e.phase when 'before' then c.time_before else c.time_after end, '_U'),
        try_cast(substr(case e.phase when 'before' then c.time_before else c.time_after end, 1, 4) as integer),
        case e.phase when 'before' then c.before else c.after end, null, null, 'derived', c.unit_measure, '', c.may_rank,
        c.withheld_zh, c.source_ids, c.fact_ids
    from mart.institution_change as c
    cross join (values ('before'), ('after')) as e (phase)
    where c.indicator = $indicator and not c.illustrative
        and c.age_band = '_T' and c.education = '_T' and c.org_unit = '_T' and c.category = '_T'
        and case e.phase when 'before' then c.before_basis else c.after_basis end = 'computed'
        and ($places = '' or list_contains(string_split($places, '、'), c.area_name))
        and exists (
            select 1 from mart.fact as f
            where f.ref_area = c.ref_area and f.indicator = c.indicator and f.preferred
                and f.age_band = '_T' and f.education = '_T' and f.org_unit = '_T' and f.category = '_T'
        )
),
stated as (
    select *, max(phase <> 'change') over (partition by ref_area, indicator, scope) as has_state
    from claim
),
whole as (
    select *, max(post_type = '_T') over (partition by ref_area, indicator, scope, sector, tier, phase) as has_total
    from stated
    where phase <> 'change' or not has_state
),
newest as (
    select
        *, max(coalesce(year, 0)) over (partition by ref_area, axis_key, phase) as last_year,
        (select count(distinct ref_area) from whole) as places
    from whole
    where post_type = '_T' or not has_total
),
latest as (
    select *, max(time_period) over (partition by ref_area, axis_key, phase) as last_period
    from newest
    where places < 2 or coalesce(year, 0) = last_year
)
select
    l.scope as 口径, l.area_name as 地区, l.indicator_zh as 指标, coalesce(c.name_zh, '') as 阶段, l.time_period as 时点, l.obs_value as 数值,
    l.value_low as 下限, l.value_high as 上限, l."precision" as 精度, l.unit_measure as 单位, l.as_stated as 原文, l.may_rank as 可排名,
    l.withheld_zh as 不排名原因, l.axis_key as 同轴键, l.source_ids as 来源编号, l.fact_ids as 事实编号
from latest as l
left join core.code as c on c.code_list = 'phase' and c.code = l.phase and l.phase <> 'point'
where l.places < 2 or l.time_period = l.last_period
order by l.axis_key, l.ref_area, l.year nulls last, l.phase desc, l.fact_ids
