-- 标题：各地赋权目录有多少项？
-- 页面：/towns
-- 图表：towns-catalogues
-- 说明：目录的粒度各地不同，事项数不能当作放权多少来比；本库加总的合计不列，只列来源给出的分项；对象不同的见备注。
-- 参数：$since｜不早于｜整数｜2015
select
    f.year as 年份, f.area_name as 地区, f.catalogue as 赋权目录, case when f.category <> '_T' then f.category end as 类型,
    f.obs_value as 事项数, f.as_stated as 原文, f.scope as 口径, f.note as 备注, f.source_title as 来源, f.source_id as 来源编号,
    f.fact_id as 事实编号
from mart.fact as f
left join mart.fact as ours
    on ours.ref_area = f.ref_area and ours.catalogue = f.catalogue and ours.indicator = f.indicator
    and ours.category = '_T' and ours.precision = 'derived' and ours.preferred
where f.indicator = 'delegated_items_catalogue' and f.preferred and not f.illustrative and coalesce(f.year, 9999) >= $since
    and (f.category = '_T') = (ours.fact_id is null)
order by f.year nulls last, f.ref_area, f.time_period, f.category
