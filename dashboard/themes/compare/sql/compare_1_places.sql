-- 标题：几个地区的同一指标相比怎么样？
-- 页面：/compare
-- 图表：compare-places
-- 说明：同一指标的全部采用值；口径不同的分开看，不排名。
-- 参数：$indicator｜指标代号｜文字｜party_gov_bodies｜party_gov_bodies、public_institutions、institution_posts、leadership_posts、staff_actual
-- 参数：$places｜地区名称（用顿号隔开，空为全部）｜文字｜
select
    scope as 口径, area_name as 地区, indicator_zh as 指标,
    case phase when 'before' then '改革前' when 'after' then '改革后' when 'change' then '变化' else '' end as 阶段,
    time_period as 时点, obs_value as 数值, value_low as 下限, value_high as 上限, "precision" as 精度, unit_measure as 单位,
    as_stated as 原文, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where indicator = $indicator and preferred and not illustrative
    and age_band = '_T' and education = '_T' and org_unit = '_T' and category = '_T'
    and ($places = '' or list_contains(string_split($places, '、'), area_name))
order by scope, ref_area, year nulls last, phase desc, fact_id
