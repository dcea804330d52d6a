-- 标题：张店乡有多大？
-- 页面：/township
-- 图表：township-profile
-- 说明：人口、面积、村数、机构数；机构限额（三办四中心）与实设数分列，服务室不计入机构。
-- 参数：$place｜乡镇（地区编号）｜文字｜410423-zhangdian
with own as (
    select *
    from mart.fact
    where ref_area = $place and preferred and not illustrative and category = '_T'
        and indicator in (
            'population_total', 'area_total', 'villages_administrative', 'party_gov_bodies', 'public_institutions', 'service_rooms'
        )
)
select
    f.indicator_zh as 指标, f.obs_value as 数值, f.unit_measure as 单位, f.as_stated as 原文, q.as_stated as 机构限额, f.scope as 口径,
    f.time_period as 时点, f.timing as 时点说明, f.note as 附注, f.source_title as 来源, f.source_id as 来源编号,
    concat_ws(',', f.fact_id, q.fact_id) as 事实编号
from own as f
left join own as q on q.indicator = f.indicator and q.scope_nature = 'limit'
where f.scope_nature = 'count'
order by
    case f.indicator when 'population_total' then 0 when 'area_total' then 1 when 'villages_administrative' then 2
        when 'party_gov_bodies' then 3 when 'public_institutions' then 4 else 5 end,
    f.fact_id
