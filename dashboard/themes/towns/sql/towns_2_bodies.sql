-- 标题：六个镇的机构有什么不同？
-- 页面：/towns
-- 图表：towns-bodies
-- 说明：党政机构与事业单位各几个。
select
    p.area_name as 镇, p.time_after as 时点, p.after as 党政机构, u.after as 事业单位, p.after + u.after as 合计, p.scope as 口径,
    p.source_ids as 来源编号, p.fact_ids || ',' || u.fact_ids as 事实编号
from mart.institution_change as p
join mart.institution_change as u on u.ref_area = p.ref_area and u.indicator = 'public_institutions' and u.after is not null
where p.indicator = 'party_gov_bodies' and p.after is not null and p.cohort_role = 'developed_town' and not p.illustrative
    and not p.anonymous
order by p.after desc, p.ref_area
