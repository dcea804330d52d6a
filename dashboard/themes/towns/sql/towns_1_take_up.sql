-- 标题：六个镇把放下来的权接住了多少？
-- 页面：/towns
-- 图表：towns-take-up overview-take-up
-- 说明：承接率只在同一目录内比较；合并行是各镇之和。
-- 参数：$lowest｜承接率不低于（%）｜小数｜0
select
    catalogue as 赋权目录, area_name as 镇,
    case "grouping" when 'town' then '一个镇' when 'merged' then '各镇合并' else '合并（不含全部承接的镇）' end as 行的类别,
    catalogue_items as 应承接, accepted as 已承接, round(take_up, 1) as 承接率, time_period as 时点,
    source_ids as 来源编号, fact_ids as 事实编号
from mart.delegation
where catalogue_items is not null and take_up >= $lowest
order by catalogue, "grouping" <> 'town', take_up desc, ref_area
