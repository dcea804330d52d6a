-- 标题：张店乡的事业人员在哪个中心？
-- 页面：/township
-- 图表：township-centres
-- 说明：各中心的事业人员与占比；只列各中心恰好凑齐合计的乡镇。
-- 参数：$place｜乡镇代码｜文字｜410423-zhangdian
select
    category as 中心, persons as 人数, round(share, 1) as 占比, base as 基数, timing as 时点说明, source_ids as 来源编号,
    fact_ids as 事实编号
from mart.staff_structure
where ref_area = $place and dimension = 'org_unit' and is_partition
order by persons desc, category desc
