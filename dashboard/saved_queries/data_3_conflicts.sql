-- 标题：哪些说法不一，采用了哪一个？
-- 页面：/data
-- 说明：同一事项的几种说法全部保留；先列哪一个，按写明的规则。
-- 参数：$topic｜事项包含（空为全部）｜文字｜
select
    title_zh as 事项, shown as 先列, as_stated as 原文, obs_value as 数值, scope as 口径, time_period as 时点, grade as 来源等级,
    rule_zh as 规则, reading_zh as 读法, source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.conflict
where contains(title_zh, $topic)
order by topic_id, shown desc, grade, fact_id
