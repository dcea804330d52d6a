-- 事实总表与事实一行不多、一行不少
select f.fact_id as fact_id, f.file as file, f.line as line, count(m.fact_id) as mart_rows
from core.fact as f
left join mart.fact as m on m.fact_id = f.fact_id
group by f.fact_id, f.file, f.line
having count(m.fact_id) <> 1
order by f.fact_id
