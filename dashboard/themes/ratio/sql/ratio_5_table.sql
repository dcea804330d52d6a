-- 标题：各地、各口径的供养比分别是多少？
-- 页面：/ratio
-- 图表：ratio-table
-- 说明：各级地区与乡镇本级的全部比值，人口与人员在旁；同轴键相同的才能比。全国不列推算值：本库的全国人口只是县域的。
-- 参数：$place｜地区名称包含（空为全部）｜文字｜
select
    r.area_name as 地区,
    case when r.scope_coverage = '乡镇本级' then r.scope_coverage else l.name_zh end as 范围,
    coalesce(c.name_zh, '') as 阶段, r.time_period as 时点, r.population_low as 人口下限, r.population_high as 人口上限,
    r.population_basis as 人口口径, r.staff_low as 人员下限, r.staff_high as 人员上限, r.staff_scope as 人员口径, r.obs_value as 供养比,
    r.value_low as 下限, r.value_high as 上限, r.basis as 依据, r.ratio_low as 复算下限, r.ratio_high as 复算上限,
    case when r.agrees then '相符' when not r.agrees then '不符' else '' end as 结论, r.doubt as 存疑, r.unclosed_zh as 分项与合计对不上,
    r.axis_key as 同轴键, r.source_ids as 来源编号, r.fact_ids as 事实编号
from mart.population_staff_ratio as r
left join core.code as c on c.code_list = 'phase' and c.code = r.phase and r.phase <> 'point'
left join core.code as l on l.code_list = 'level' and l.code = r.area_level
where not r.illustrative and r.obs_value is not null and contains(r.area_name, $place)
    and (r.ref_area <> 'CN' or r.basis <> 'recomputed')
order by 范围, r.population_basis, r.staff_scope, r.ref_area, r.year nulls last, r.obs_value
