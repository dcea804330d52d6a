-- 标题：只算乡镇本级，多少人对应一名在职人员？
-- 页面：/ratio
-- 图表：ratio-township
-- 说明：分母只有乡镇本级在职人员，不含教师、医生等，不能与全县的供养比并列。
select
    area_name as 地区, time_period as 时点, staff_scope as 人员口径, population as 人口, staff as 人员,
    round(coalesce(ratio_stated, ratio_recomputed), 1) as 供养比, round(ratio_low, 1) as 复算下限, round(ratio_high, 1) as 复算上限,
    source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where staff_scope like '%乡镇%' and not illustrative
order by ref_area, year nulls last, fact_ids
