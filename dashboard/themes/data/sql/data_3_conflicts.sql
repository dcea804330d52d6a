-- 标题：哪些说法不一，怎么处理？
-- 页面：/data
-- 说明：同一事项的几种说法全部保留；口径或时点不同的并列，同一口径的按写明的规则采用一种。
-- 参数：$topic｜事项包含（空为全部）｜文字｜
select
    title_zh as 事项,
    (select c.name_zh from core.code as c where c.code_list = 'standing' and c.code = standing) as 处理, as_stated as 原文, obs_value as 数值, scope as 口径, time_period as 时点, grade as 来源等级,
    rule_zh as 规则, reading_zh as 读法, source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.conflict
where contains(title_zh, $topic)
order by topic_id, shown desc, grade, fact_id
