-- 标题：哪些来源自己对不上账？
-- 页面：/data
-- 说明：合计与分项、前后与变化的核对；来源自相矛盾的照录，不修正。
-- 参数：$outcome｜核对结果｜文字｜contradicts｜contradicts、rounds、holds、note
select
    title_zh as 恒等式, lhs as 左边, rhs as 右边, gap as 差, outcome as 核对结果, note as 备注, source_ids as 来源编号, fact_ids as 事实编号
from mart.identity_balance
where outcome = $outcome
order by identity_id
