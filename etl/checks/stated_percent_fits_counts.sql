-- 来源自己给的变化率与按改革前后算出的相差不到 0.6，正负一致
-- 核对变化率与改革前后两个数；减少的写负数
select c.ref_area as ref_area, c.indicator as indicator, c.scope as scope, c.before as before, c.after as after,
  c.change_pct as change_pct, c.change_pct_stated as change_pct_stated, c.fact_ids as fact_ids
from mart.institution_change as c
where abs(c.change_pct - c.change_pct_stated) > 0.6
order by c.ref_area, c.indicator
