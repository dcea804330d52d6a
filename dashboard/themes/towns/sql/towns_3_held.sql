-- 标题：下放的事项后来收回了多少？
-- 页面：/towns
-- 图表：towns-held
-- 说明：乡镇保有的赋权事项，前后口径相同；不同目录的不相加。
select
    catalogue as 赋权目录, area_name as 地区, time_before as 之前时点, before as 之前, time_after as 之后时点, after as 之后,
    round(change_pct, 1) as 变化率, scope as 口径, source_ids as 来源编号, fact_ids as 事实编号
from mart.institution_change
where indicator = 'delegated_items_held' and before is not null and after is not null and not illustrative and not anonymous
order by catalogue, before desc, ref_area
