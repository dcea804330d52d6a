-- 每一行所依据的事实都逐条列出，一条不少，都在事实表里
select l.fact_ids as fact_ids, count(f.fact_id) as facts
from mart.fact_list as l
left join core.fact as f on f.fact_id = l.fact_id
group by l.fact_ids
having count(f.fact_id) * 12 - 1 <> length(l.fact_ids)
order by l.fact_ids
