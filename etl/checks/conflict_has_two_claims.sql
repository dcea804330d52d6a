-- 每个说法不一的主题至少有两种说法
select t.topic_id as topic_id, t.title_zh as title_zh, count(c.fact_id) as claims
from raw.conflict_topic as t
left join mart.conflict as c on c.topic_id = t.topic_id
group by t.topic_id, t.title_zh
having count(c.fact_id) < 2
union all
select c.topic_id as topic_id, c.title_zh as title_zh, count(c.fact_id) as claims
from mart.conflict as c
where substring(c.topic_id, 1, 5) = 'auto-'
group by c.topic_id, c.title_zh
having count(c.fact_id) < 2
