-- 标题：一个来源提供了哪些数字？
-- 页面：/data
-- 说明：按来源标题查找它支持的全部事实，便于核对原文。
-- 参数：$title｜来源标题包含｜文字｜小县
select
    source_title as 来源, publisher as 发布者, published as 发布时间, area_name as 地区, indicator_zh as 指标, as_stated as 原文,
    obs_value as 数值, unit_measure as 单位, locator as 出处位置, url as 网址, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where contains(source_title, $title)
order by source_id, ref_area, indicator, fact_id
