-- 标题：履职清单给一个乡镇定了多少事？
-- 页面：/towns
-- 图表：towns-duties
-- 说明：基本履职、配合履职、上级收回三张清单，每个乡镇平均的事项数；上级收回的不再由乡镇承担；全市合计口径不同，不在其中。
with average as (
    select
        ref_area, area_name, scope, max(time_period) as time_period,
        max(case when indicator = 'duty_items_basic' then obs_value end) as basic,
        max(case when indicator = 'duty_items_supporting' then obs_value end) as supporting,
        max(case when indicator = 'duty_items_taken_back' then obs_value end) as taken_back,
        string_agg(distinct source_id, ',') as source_ids, string_agg(fact_id, ',' order by indicator) as fact_ids
    from mart.fact
    where indicator in ('duty_items_basic', 'duty_items_supporting', 'duty_items_taken_back') and scope = '每个乡镇（街道）平均'
        and category = '_T' and preferred and not illustrative
    group by ref_area, area_name, scope
)
select
    d.area_name as 地区, d.basic as 基本履职, d.supporting as 配合履职, d.basic + d.supporting as 保留合计, d.taken_back as 上级收回,
    n.obs_value as 平均所据乡镇数, n.as_stated as 乡镇数原文, d.scope as 口径, d.time_period as 时点, d.source_ids as 来源编号,
    concat_ws(',', d.fact_ids, n.fact_id) as 事实编号
from average as d
left join mart.fact as n
    on n.ref_area = d.ref_area and n.time_period = d.time_period and n.indicator = 'duty_list_townships' and n.phase = 'after'
    and n.category = '_T' and n.preferred and not n.illustrative
order by d.ref_area <> 'CN', d.ref_area
