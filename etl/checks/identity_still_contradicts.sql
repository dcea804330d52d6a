-- 登记为来源自相矛盾的恒等式，两边仍然不等（来源改正了就要改登记）
-- 来源改正了的，先改 identities.csv 的登记，再导入
select i.identity_id as identity_id, i.title_zh as title_zh, i.expected as expected, i.outcome as outcome, i.lhs as lhs,
  i.rhs as rhs, i.fact_ids as fact_ids
from mart.identity_balance as i
where i.expected = 'contradicts' and i.outcome <> 'contradicts'
order by i.identity_id
