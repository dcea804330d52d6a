-- 标题：各个试点改了多少，走到了哪一步？
-- 页面：/small-counties
-- 图表：small-counties-pilots
-- 说明：一行一个试点，按批次和区划代码排列，不是名次；〔〕内为推算值，空白是未公布，不是零；同一格有几种说法的并列。
with pilot as (
    select a.ref_area, a.name_zh as area_name, a.cohort, o.batch, o.position, o.named
    from core.ref_area as a
    join core.cohort as o on o.cohort = a.cohort and o.role = 'pilot'
    where a.level = 'county' and not a.anonymous and not a.illustrative
),
step as (
    select
        c.ref_area, c.indicator, c.scope, c.fact_ids, c.source_ids, u.scope is null as unusual,
        abs(coalesce(c.before, c.after, c.change_pct_stated)) as size,
        case
            when c.before is null and c.after is null then '−' || cast(-c.change_pct_stated as integer) || '%'
            else coalesce(
                case when c.before_basis = 'computed' then '〔' || cast(c.before as integer) || '〕' else cast(cast(c.before as integer) as varchar) end
                || case when c.after is null then c.unit_measure else '' end, '未公布'
            ) || '→' || coalesce(
                case when c.after_basis = 'computed' then '〔' || cast(c.after as integer) || '〕' else cast(cast(c.after as integer) as varchar) end
                || c.unit_measure, '未公布'
            )
        end as figure,
        concat_ws(
            '，', case when c.before is null and c.after is null then '只有比例' end, case when c.doubt is not null and not e.doubtful then '存疑' end,
            case when c.to_check is not null and not e.doubtful then '待核' end,
            case
                when c.scope_nature <> 'count' then n.name_zh when u.scope is not null then null
                when c.scope_coverage = '未注明' then '范围未注明' else c.scope_coverage
            end
        ) as marks
    from mart.institution_change as c
    join core.scope as e on e.scope = c.scope
    left join core.code as n on n.code_list = 'nature' and n.code = c.scope_nature
    left join (
        values ('party_gov_bodies', '党政机构（实设）'), ('public_institutions', '涉改事业（除学校医院）'),
            ('institution_posts', '涉改事业（除学校医院）')
    ) as u (indicator, scope) on u.indicator = c.indicator and u.scope = c.scope
    where c.indicator in ('party_gov_bodies', 'public_institutions', 'institution_posts') and c.cohort_role = 'pilot' and c.is_total
        and coalesce(c.before, c.after, c.change_pct_stated) is not null and not c.anonymous and not c.illustrative
),
over_quota as (
    select
        f.ref_area, '仍超编' || cast(f.obs_value as integer) || '人' || coalesce('，过渡期' || cast(y.obs_value as integer) || '年', '') as told,
        concat_ws(',', f.fact_id, y.fact_id) as fact_ids, concat_ws(',', f.source_id, y.source_id) as source_ids
    from mart.fact as f
    left join mart.fact as y
        on y.ref_area = f.ref_area and y.indicator = 'reform_transition_years' and y.category = '过渡期' and y.preferred
    where f.indicator = 'staff_over' and f.cohort_role = 'pilot' and f.preferred and not f.anonymous and not f.illustrative
),
ratio_end as (
    select
        ref_area, scope, phase, fact_ids, source_ids, case when unstated then '口径未注明' else '人员：' || staff_scope end as people,
        case when basis = 'converted' then '〔' else '' end || case when precision = 'approx' then '约' else '' end
        || case when obs_value = round(obs_value) then cast(cast(obs_value as integer) as varchar) else cast(round(obs_value, 1) as varchar) end
        || ':1' || case when basis = 'converted' then '〕' else '' end || case when doubt is not null then '（存疑）' else '' end as figure
    from mart.population_staff_ratio
    where cohort_role = 'pilot' and phase in ('before', 'after') and basis <> 'recomputed' and not anonymous and not illustrative
),
ratio as (
    select
        ref_area,
        coalesce(max(case when phase = 'before' then figure end), '未公布') || '→'
        || coalesce(max(case when phase = 'after' then figure end), '未公布') || '；' || max(people) as told,
        string_agg(fact_ids, ',') as fact_ids, string_agg(source_ids, ',') as source_ids
    from ratio_end
    group by ref_area, scope
),
known as (
    select ref_area, kind, date, period_start, title, source_id as source_ids, case when kind = 'completed' then 2 else 1 end as weight
    from mart.timeline
    where cohort_role = 'pilot' and not illustrative
    union all
    select ref_area, 'published', time_after, after_start, '', source_ids, 1
    from mart.institution_change
    where indicator in ('party_gov_bodies', 'public_institutions', 'institution_posts') and cohort_role = 'pilot' and is_total
        and coalesce(after, change_pct_stated) is not null and after_start is not null and not anonymous and not illustrative
    union all
    select ref_area, 'reported', date, period_start, '', source_id, 0
    from mart.measure
    where cohort_role = 'pilot' and not proposed and period_start is not null and not anonymous and not illustrative
),
latest as (
    select *, row_number() over (partition by ref_area order by weight desc, period_start desc, date desc, source_ids) as place
    from known
),
named as (
    select ref_area, min(date) as date
    from mart.timeline
    where kind = 'pilot_named' and not illustrative
    group by ref_area
),
cell as (
    select
        ref_area, indicator as thing, fact_ids, source_ids, figure || case when marks = '' then '' else '（' || marks || '）' end as told,
        unusual, size, scope
    from step
    union all
    select ref_area, 'over', fact_ids, source_ids, told, false, 0, '' from over_quota
    union all
    select ref_area, 'ratio', fact_ids, source_ids, told, false, 0, '' from ratio
    union all
    select ref_area, 'batch', fact_id, source_id, null, false, 0, '' from mart.fact
    where indicator = 'pilot_batch' and cohort_role = 'pilot' and preferred and not anonymous and not illustrative
)
select
    p.area_name as 试点, p.cohort as 批次, coalesce(d.date, p.named) as 确定试点,
    string_agg(c.told, '；' order by c.unusual, c.size desc, c.scope) filter (c.thing = 'party_gov_bodies') as 党政机构,
    string_agg(c.told, '；' order by c.unusual, c.size desc, c.scope) filter (c.thing = 'public_institutions') as 事业单位,
    string_agg(c.told, '；' order by c.unusual, c.size desc, c.scope) filter (c.thing = 'institution_posts') as 事业编制,
    string_agg(c.told, '；') filter (c.thing = 'over') as 超编消化,
    string_agg(c.told, '；' order by c.told) filter (c.thing = 'ratio') as 财政供养比,
    l.kind as 状态代码, l.date as 状态时点, l.title as 状态说明,
    concat_ws(',', string_agg(c.source_ids, ','), l.source_ids) as 来源编号, string_agg(c.fact_ids, ',') as 事实编号
from pilot as p
left join cell as c on c.ref_area = p.ref_area
left join latest as l on l.ref_area = p.ref_area and l.place = 1
left join named as d on d.ref_area = p.ref_area
group by p.ref_area, p.area_name, p.cohort, p.position, d.date, p.named, l.kind, l.date, l.title, l.source_ids
order by p.position, p.ref_area
