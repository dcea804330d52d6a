-- 标题：张店乡的人员年龄和学历怎么样？
-- 页面：/township
-- 图表：township-structure
-- 说明：占比的基数在同一行；各组之和不等于基数的标为不完整。
-- 参数：$place｜乡镇代码｜文字｜410423-zhangdian
select
    case dimension when 'age_band' then '年龄' when 'education' then '学历' else dimension end as 分组方式, category as 组,
    case post_type when '_T' then '全部' else post_type end as 编制类型, persons as 人数, round(share, 1) as 占比, base as 基数,
    complete as 是否完整, source_ids as 来源编号, fact_ids as 事实编号
from mart.staff_structure
where ref_area = $place and dimension in ('age_band', 'education')
order by dimension, post_type, category
