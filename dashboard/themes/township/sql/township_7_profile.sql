-- 标题：张店乡有多大？
-- 页面：/township
-- 图表：township-profile
-- 说明：人口、面积、村数、机构数；机构限额（三办四中心）与实设数分列，服务室不计入机构。
-- 参数：$place｜乡镇（地区编号）｜文字｜410423-zhangdian
select
    indicator_zh as 指标, obs_value as 数值, unit_measure as 单位, as_stated as 原文, scope as 口径, time_period as 时点, note as 附注,
    source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where ref_area = $place and preferred and not illustrative and category = '_T'
    and indicator in (
        'population_total', 'area_total', 'villages_administrative', 'party_gov_bodies', 'public_institutions', 'service_rooms'
    )
order by theme, indicator, scope, fact_id
