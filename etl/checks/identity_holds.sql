-- 登记为成立的恒等式，两边相等；登记为舍入成立的，两边的区间相接
-- 对照来源核对各项：加起来应当相等；来源自己不相等的，先在 identities.csv 里登记为自相矛盾
select i.identity_id as identity_id, i.title_zh as title_zh, i.expected as expected, i.outcome as outcome, i.lhs as lhs,
  i.rhs as rhs, i.gap as gap, i.fact_ids as fact_ids
from mart.identity_balance as i
where (i.expected = 'holds' and i.outcome <> 'holds')
  or (i.expected = 'rounds' and i.outcome not in ('holds', 'rounds'))
order by i.identity_id
