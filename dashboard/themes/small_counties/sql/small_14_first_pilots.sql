-- 标题：最早的试点公布了哪几项改革前后的数？
-- 页面：/
-- 图表：overview-pilots
-- 说明：已有县公布过数字的批次；有前后数的项数最多三项（党政机构、事业单位、事业编制），0 是都不全，不是没有改。
with pilot as (
    select a.ref_area, a.name_zh as area_name, a.cohort, o.position
    from core.ref_area as a
    join core.cohort as o on o.cohort = a.cohort and o.role = 'pilot' and o.batch is not null
    where a.level = 'county' and not a.anonymous and not a.illustrative
),
step as (
    select *
    from mart.institution_change
    where indicator in ('party_gov_bodies', 'public_institutions', 'institution_posts') and cohort_role = 'pilot' and is_total
        and coalesce(before, after, change_pct_stated) is not null and not anonymous and not illustrative
)
select
    p.area_name as 试点, p.cohort as 批次,
    count(distinct s.indicator) filter (s.before is not null and s.after is not null) as 有前后数的项数,
    string_agg(distinct s.indicator_zh, '、' order by s.indicator_zh) as 公布过的项目,
    concat_ws(',', b.source_id, string_agg(s.source_ids, ',')) as 来源编号, concat_ws(',', b.fact_id, string_agg(s.fact_ids, ',')) as 事实编号
from pilot as p
left join step as s on s.ref_area = p.ref_area
left join mart.fact as b on b.ref_area = p.ref_area and b.indicator = 'pilot_batch' and b.preferred
where p.cohort in (select cohort from step)
group by p.ref_area, p.area_name, p.cohort, p.position, b.source_id, b.fact_id
order by p.position, p.ref_area
