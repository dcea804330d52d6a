-- 标题：各地赋权目录有多少项？
-- 页面：/towns
-- 图表：towns-catalogues
-- 说明：目录的粒度各地不同，事项数不能当作放权多少来比。
-- 参数：$since｜不早于｜整数｜2015
select
    year as 年份, area_name as 地区, catalogue as 赋权目录, obs_value as 事项数, as_stated as 原文, scope as 口径, note as 备注,
    source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where indicator = 'delegated_items_catalogue' and preferred and category = '_T' and coalesce(year, 9999) >= $since
order by year nulls last, ref_area, fact_id
