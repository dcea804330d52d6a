-- 标题：张店乡的编制空在哪里？
-- 页面：/township
-- 图表：township-posts
-- 说明：编制不足 10 名的不算满编率；来源自己不闭合的没有差额和满编率。
-- 参数：$place｜乡镇代码｜文字｜410423-zhangdian
select
    area_name as 乡镇, case post_type when '_T' then '合计' else post_type end as 编制类型, authorised as 编制, actual as 实有,
    difference as 差额, round(fill_rate, 1) as 满编率, withheld_zh as 说明, timing as 时点说明, scope as 口径, source_ids as 来源编号,
    authorised_fact_ids || ',' || actual_fact_ids as 事实编号
from mart.staffing
where ref_area = $place and sector = '_T' and org_unit = '_T' and authorised is not null and actual is not null and not illustrative
    and post_type in ('_T', '行政', '工勤', '事业')
order by case post_type when '_T' then 0 when '行政' then 1 when '工勤' then 2 else 3 end, time_period
