-- 标题：张店乡的人员年龄和学历怎么样？
-- 页面：/township
-- 图表：township-structure
-- 说明：占比的基数在同一行；只列各组恰好凑齐一个合计的分组，才能画成百分之百的条。
-- 参数：$place｜乡镇代码｜文字｜410423-zhangdian
select
    case dimension when 'age_band' then '年龄' when 'education' then '学历' end as 分组方式, category as 组,
    case post_type when '_T' then '全部' else post_type end as 编制类型, persons as 人数, round(share, 1) as 占比, base as 基数,
    timing as 时点说明, source_ids as 来源编号, fact_ids as 事实编号
from mart.staff_structure
where ref_area = $place and dimension in ('age_band', 'education') and is_partition
order by
    dimension, post_type,
    case category when '30岁以下' then 0 when '30-45岁' then 1 when '45岁以上' then 2 when '本科及以上' then 3 when '大专' then 4
        when '大专以下' then 5 else 99 end
