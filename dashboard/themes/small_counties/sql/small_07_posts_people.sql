-- 标题：编制减了，人减了吗？
-- 页面：/small-counties
-- 图表：small-counties-posts-people overview-posts-people
-- 说明：编制的前后与超编待消化的人数；两者口径相同才放在一行。
select
    p.area_name as 县, p.scope as 口径, p.before as 改革前编制, p.after as 改革后编制, p.change as 编制变化, f.obs_value as 超编人员,
    f.as_stated as 超编原文, p.source_ids || ',' || f.source_id as 来源编号, p.fact_ids || ',' || f.fact_id as 事实编号
from mart.institution_change as p
join mart.fact as f on f.ref_area = p.ref_area and f.scope = p.scope and f.indicator = 'staff_over' and f.preferred
where p.indicator = 'institution_posts' and p.before is not null and p.after is not null and not p.illustrative and not p.anonymous
order by p.ref_area
