-- 改革前的年份不晚于改革后的年份
-- 核对改革前、改革后的时间：是否填反了
select c.ref_area as ref_area, c.indicator as indicator, c.scope as scope, c.time_before as time_before,
  c.time_after as time_after, c.fact_ids as fact_ids
from mart.institution_change as c
where c.time_before <> '_U' and c.time_after <> '_U'
  and substring(c.time_before, 1, 4) > substring(c.time_after, 1, 4)
order by c.ref_area, c.indicator
