-- 标题：河南省的区域站建了多少？
-- 页面：/extension
-- 图表：extension-stations
-- 说明：规划、在建、已建成是不同阶段，不能相减。
select
    year as 年份, indicator_zh as 指标, case category when '_T' then '合计' else category end as 阶段, obs_value as 个数, as_stated as 原文,
    scope as 口径, source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where ref_area = '410000' and sector = '农技推广' and preferred
    and category in ('规划', '已建成', '在建', '_T', '类型=区域站', '类型=乡镇站')
    and indicator in ('extension_regional_stations', 'extension_institutions')
order by year, indicator, category, fact_id
