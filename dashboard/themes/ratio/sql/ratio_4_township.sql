-- 标题：只算乡镇本级，多少人对应一名在职人员？
-- 页面：/ratio
-- 说明：分母只有乡镇本级在职人员，不含教师、医生等，不能与全县的供养比并列；来源自己对不上账的写在后面。
select
    area_name as 地区, time_period as 时点, staff_scope as 人员口径, population as 人口, staff as 人员,
    obs_value as 供养比, ratio_low as 复算下限, ratio_high as 复算上限, unclosed_zh as 分项与合计对不上,
    source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where scope_coverage = '乡镇本级' and not illustrative and obs_value is not null
order by population_basis, staff_scope, ref_area, year nulls last, obs_value
