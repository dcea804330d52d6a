-- 标题：试点走到了哪一步？
-- 页面：/small-counties
-- 图表：small-counties-timeline
-- 说明：各批次试点有日期的事件，日期与来源一样精确；山西省本级的事件和全国完成数一并列出。
-- 参数：$role｜类别｜文字｜人口小县改革试点｜人口小县改革试点、普通县区、经济发达镇、乡镇样本、履职清单乡镇
with listed as (
    select
        t.date, t.ref_area, t.area_name, t.cohort, t.kind_zh, t.title, t.source_title, t.locator, t.source_id, cast(null as varchar) as fact_id
    from mart.timeline as t
    left join core.code as r on r.code_list = 'role' and r.code = t.cohort_role
    where (r.name_zh = $role or t.ref_area = '140000') and not t.illustrative
    union all
    select
        f.time_period, f.ref_area, f.area_name, null, k.name_zh, f.as_stated || '人口小县完成机构改革', f.source_title, f.locator, f.source_id,
        f.fact_id
    from mart.fact as f
    left join core.code as k on k.code_list = 'event_kind' and k.code = 'completed'
    where f.indicator = 'small_counties_completed' and f.preferred and not f.illustrative
)
select
    date as 日期, area_name as 地区, cohort as 批次, kind_zh as 事件类别, title as 事件, source_title as 来源, locator as 出处位置,
    source_id as 来源编号, fact_id as 事实编号
from listed
order by date, ref_area, title
