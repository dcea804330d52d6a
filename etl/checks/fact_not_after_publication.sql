-- 除计划外，事实的年份不晚于来源的发布年份，也不早于 1949 年
-- 核对时间，和来源的发布（填报）日期；还没有到的是计划数，阶段写“计划”
select f.fact_id as fact_id, f.file as file, f.line as line, f.phase as phase, f.time_period as time_period,
  s.source_id as source_id, s.published as published
from core.fact as f
join core.source as s on s.source_id = f.source_id
where f.year < 1949 or (f.phase <> 'plan' and substring(f.time_period, 1, 4) > substring(s.published, 1, 4) and f.year is not null)
order by f.fact_id
