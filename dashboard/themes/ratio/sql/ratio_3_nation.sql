-- 标题：全国的供养比是多少，怎么变的？
-- 页面：/ratio
-- 说明：只列来源原述的全国数，供养率换算为 N:1；含不含离退休差别很大，人员口径不同的不连成一条线。
-- 参数：$since｜不早于｜整数｜1949
select
    area_name as 地区, staff_scope as 人员口径, year as 年份, period_approx as 年份近似, ratio_stated as 原述比, basis as 依据,
    population_basis as 人口口径, source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where ref_area = 'CN' and ratio_stated is not null and coalesce(year, $since) >= $since
order by staff_scope, year, fact_ids
