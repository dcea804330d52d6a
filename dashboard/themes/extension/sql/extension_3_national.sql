-- 标题：全国农技推广有多少人？
-- 页面：/extension
-- 图表：extension-national
-- 说明：每个数的口径不同，不能连成一条线；“待核”一栏有字的须回原件核对。
select
    year as 年份, scope as 口径, obs_value as 人数, as_stated as 原文, to_check as 待核, doubt as 存疑, note as 附注, grade as 来源等级,
    source_title as 来源, locator as 出处位置, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where ref_area = 'CN' and sector = '农技推广' and indicator = 'staff_actual' and tier = '_T' and category = '_T' and preferred
order by year, scope, fact_id
