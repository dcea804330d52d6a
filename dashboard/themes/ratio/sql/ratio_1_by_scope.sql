-- 标题：多少人对应一名财政供养人员？
-- 页面：/ratio
-- 图表：ratio-by-scope overview-ratio
-- 说明：原文写明供养比的试点县，改革前后在同一口径的在前，至多6个；供养比写作 N:1，没有原述比的由人口与人员推算。同轴键不同的不放在一起比；全国只列最新的一个口径，别处的见“各地、各口径”。
-- 参数：$place｜地区名称包含（空为全部）｜文字｜
with both_ends as (
    select ref_area, axis_key
    from mart.population_staff_ratio
    where not illustrative and obs_value is not null and basis <> 'recomputed' and phase in ('before', 'after')
    group by ref_area, axis_key
    having count(distinct phase) = 2
),
pilots as (
    select p.ref_area
    from mart.population_staff_ratio as p
    left join both_ends as b on b.ref_area = p.ref_area and b.axis_key = p.axis_key
    where not p.illustrative and p.obs_value is not null and p.area_level = 'county' and p.cohort_role = 'pilot' and not p.anonymous
    group by p.ref_area
    having bool_or(p.basis = 'stated')
    order by max(case when b.ref_area is null then 0 else 1 end) desc, p.ref_area
    limit 6
)
select
    r.area_name as 地区, coalesce(c.name_zh, '') as 阶段, r.time_period as 时点, r.population_basis as 人口口径, r.staff_scope as 人员口径,
    r.obs_value as 供养比, r.value_low as 下限, r.value_high as 上限, r.basis as 依据, r.ratio_low as 复算下限, r.ratio_high as 复算上限,
    r.doubt as 存疑, r.withheld_zh as 不排名原因, r.axis_key as 同轴键, r.source_ids as 来源编号, r.fact_ids as 事实编号
from mart.population_staff_ratio as r
left join core.code as c on c.code_list = 'phase' and c.code = r.phase and r.phase <> 'point'
where not r.illustrative and r.obs_value is not null and contains(r.area_name, $place)
    and (r.ref_area in (select l.ref_area from pilots as l) or (r.ref_area = 'CN' and r.basis <> 'recomputed' and r.axis_key = (
        select n.axis_key from mart.population_staff_ratio as n
        where n.ref_area = 'CN' and n.obs_value is not null and n.basis <> 'recomputed' order by n.year desc nulls last limit 1
    )))
order by r.population_basis, r.staff_scope, r.ref_area, r.year nulls last, r.obs_value
