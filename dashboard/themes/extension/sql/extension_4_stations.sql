-- 标题：河南省的区域站建了多少？
-- 页面：/extension
-- 图表：extension-stations
-- 说明：规划、在建、已建成是不同阶段，不能相减；建成数里区域站、乡镇站各多少另列一栏。
with kind as (
    select
        indicator, scope, time_period, string_agg(replace(category, '类型=', '') || cast(obs_value as integer) || '个', '、'
            order by obs_value desc, category) as split, string_agg(fact_id, ',' order by fact_id) as fact_ids
    from mart.fact
    where ref_area = '410000' and sector = '农技推广' and preferred and starts_with(category, '类型=')
    group by indicator, scope, time_period
)
select
    f.year as 年份, f.indicator_zh as 指标, case f.category when '_T' then '合计' else f.category end as 阶段, f.obs_value as 个数,
    f.as_stated as 原文, k.split as 其中, f.scope as 口径, f.source_title as 来源, f.source_id as 来源编号,
    concat_ws(',', f.fact_id, k.fact_ids) as 事实编号
from mart.fact as f
left join kind as k on k.indicator = f.indicator and k.scope = f.scope and k.time_period = f.time_period
where f.ref_area = '410000' and f.sector = '农技推广' and f.preferred and f.category in ('规划', '已建成', '在建', '_T')
    and f.indicator in ('extension_regional_stations', 'extension_institutions')
order by f.year, f.category, f.fact_id
