-- 标题：下放的事项后来收回了多少？
-- 页面：/towns
-- 图表：towns-held
-- 说明：乡镇保有的赋权事项，前后口径相同；同一清单、前后项数也相同的乡镇并成一行；不同清单的不相加。
with same as (
    select
        catalogue, before, after, count(*) as places, min(ref_area) as first_area, any_value(change_pct) as change_pct,
        any_value(time_before) as time_before, any_value(time_after) as time_after, any_value(scope) as scope,
        string_agg(area_name, '、' order by ref_area) as names, string_agg(distinct source_ids, ',') as source_ids,
        string_agg(fact_ids, ',' order by ref_area) as fact_ids
    from mart.institution_change
    where indicator = 'delegated_items_held' and before is not null and after is not null and not illustrative and not anonymous
    group by catalogue, axis_key, before, after
)
select
    s.catalogue as 赋权目录, case when s.places > 1 then s.places || '个乡镇（街道）' else s.names end as 地区, s.names as 包括,
    s.time_before as 之前时点, s.before as 之前, s.time_after as 之后时点, s.after as 之后, round(s.change_pct, 1) as 变化率,
    concat_ws('；', f.note, f.timing) as 之前的附注, s.scope as 口径, s.source_ids as 来源编号, s.fact_ids as 事实编号
from same as s
left join mart.fact as f
    on f.ref_area = s.first_area and f.catalogue = s.catalogue and f.indicator = 'delegated_items_held' and f.phase = 'before' and f.preferred
order by s.catalogue, s.before desc, s.first_area
