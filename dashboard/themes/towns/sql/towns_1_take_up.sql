-- 标题：六个镇把放下来的权接住了多少？
-- 页面：/towns
-- 图表：towns-take-up overview-take-up
-- 说明：承接率只在同一目录内比较；合并行是各镇之和，另存一张表，不与各镇相加。
-- 参数：$lowest｜承接率不低于（%）｜小数｜0
with listed as (
    select
        ref_area, area_name, catalogue, catalogue_items, accepted, take_up, 'town' as kind, 1 as towns, time_period, timing, source_ids, fact_ids
    from mart.delegation
    where catalogue_items is not null and not illustrative
    union all
    select
        ref_area, area_name, catalogue, catalogue_items, accepted, take_up, "grouping", towns, time_period, null, source_ids, fact_ids
    from mart.delegation_merged
)
select
    catalogue as 赋权目录, area_name as 镇,
    case kind when 'town' then '一个镇' when 'merged' then '各镇合并' else '合并（不含全部承接的镇）' end as 行的类别, towns as 镇数,
    catalogue_items as 应承接, accepted as 已承接, round(take_up, 1) as 承接率, time_period as 时点, timing as 时点说明,
    source_ids as 来源编号, fact_ids as 事实编号
from listed
where take_up >= $lowest
order by catalogue, case kind when 'town' then 0 when 'merged' then 1 else 2 end, take_up desc, ref_area
