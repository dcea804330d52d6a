-- 标题：各地收回了哪些赋权事项？
-- 页面：/towns
-- 图表：towns-revoked
-- 说明：收回的事项数；收回不等于失败，原因见附注；多数地方没有公布当初下放多少，因此不算比例。
select
    area_name as 地区, case category when '_T' then null else category end as 类别, obs_value as 收回事项, as_stated as 原文,
    time_period as 时点, scope as 口径, note as 附注, source_title as 来源, source_id as 来源编号, fact_id as 事实编号
from mart.fact
where indicator = 'delegated_items_revoked' and category in ('_T', '行政处罚及相关检查', '执法事项') and preferred and not illustrative
    and not anonymous
order by obs_value desc, ref_area, fact_id
