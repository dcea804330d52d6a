-- 标题：多少人对应一名财政供养人员？
-- 页面：/ratio
-- 图表：ratio-by-scope overview-ratio
-- 说明：原述比写作 N:1。比较面板不同的不放在一起比；约数给下限和上限。
-- 参数：$place｜地区名称包含（空为全部）｜文字｜
-- 参数：$nation_since｜全国数不早于｜整数｜2013
select
    panel as 比较面板, area_name as 地区,
    case phase when 'before' then '改革前' when 'after' then '改革后' else '' end as 阶段,
    time_period as 时点, ratio_stated as 原述比, ratio_low as 复算下限, ratio_high as 复算上限,
    source_ids as 来源编号, fact_ids as 事实编号
from mart.population_staff_ratio
where not illustrative and staff_scope not like '%乡镇%' and contains(area_name, $place)
    and (ref_area <> 'CN' or (ratio_stated is not null and year >= $nation_since))
order by panel, ref_area, year nulls last, phase desc, fact_ids
