-- 说法不一时，每个主题在每个阶段、每个规模组恰有一种说法先列，并写明规则
-- 核对这几个说法的口径、时间和来源：是否真是同一件事
select c.topic_id as topic_id, c.title_zh as title_zh, c.phase as phase, c.size_band as size_band,
  sum(case when c.shown then 1 else 0 end) as shown, count(c.fact_id) as claims,
  min(c.fact_id) as fact_id, max(c.fact_id) as other_fact_id
from mart.conflict as c
group by c.topic_id, c.title_zh, c.phase, c.size_band
having sum(case when c.shown then 1 else 0 end) <> 1 or count(c.rule_zh) < count(c.fact_id)
order by c.topic_id
