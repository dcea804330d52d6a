"""Statements of a reader on the shipped warehouse: those whose rows tell their axis, and those that do not."""

RATIO = "mart.population_staff_ratio"

# Statements that may be drawn; each row's axis is asked of the warehouse once more, by the fact ids or keys that it holds.
DRAWN = {
    "the ratios of the issue, with their key": (
        f"select area_name, coalesce(ratio_stated, ratio_recomputed) as n, axis_key from {RATIO} where "
        "ref_area in ('140930', 'CN')"
    ),
    "ratios by fact": f"select area_name, obs_value as n, fact_ids from {RATIO} where area_level = 'county'",
    "ratios renamed": f"select area_name as 县, obs_value as 比, axis_key as k from {RATIO} where phase in ('before', 'after')",
    "bodies after": (
        "select area_name, after as n, axis_key from mart.institution_change where indicator = "
        "'party_gov_bodies' and area_level = 'county' and after is not null"
    ),
    "limits beside counts": (
        "select area_name, obs_value as n, fact_id from mart.fact where indicator = 'party_gov_bodies' and "
        "phase = 'after' and area_level = 'county'"
    ),
    "staffing of townships": (
        "select area_name, actual as n, axis_key from mart.staffing where area_level = 'township' and "
        "post_type = '_T' and actual is not null"
    ),
    "a zh view": 'select "地区", "数值" as n, "同轴键" from zh."事实总表" where "指标代号" = \'public_institutions\' and "阶段" = \'after\'',
    "take-up": "select area_name, take_up as n, axis_key from mart.delegation where take_up is not null",
    "through a CTE": (
        "with x as (select area_name, obs_value, axis_key from mart.fact where indicator = 'gdp') select "
        "area_name, obs_value * 10000 as n, axis_key from x"
    ),
    "a union of two years": (
        "select area_name, obs_value as n, axis_key from mart.fact where indicator = 'population_census' and "
        "year = 2020 and province = '山西省' union all select area_name, obs_value, axis_key from mart.fact "
        "where indicator = 'population_resident' and province = '山西省'"
    ),
    "a star": f"select * from {RATIO} where ref_area in ('140930', 'anon-shanxi-2019')",
    "summed by scope": (
        "select area_name, sum(counties) as n, axis_key from mart.county_size_band where is_partition group "
        "by area_name, axis_key limit 8"
    ),
    "items of towns and a county": (
        "select area_name, obs_value as n, fact_id from mart.fact where indicator = "
        "'delegated_items_accepted' and preferred and area_level in ('township', 'county') and province = "
        "'河南省'"
    ),
    "from first": f"from {RATIO} select area_name, obs_value as n, axis_key where ref_area in ('140930', 'CN')",
    "positional cte names": (
        f"with t(place, n, k) as (select area_name, obs_value, axis_key from {RATIO} where ref_area in "
        "('140930', 'CN')) select place, n, k as axis_key from t"
    ),
    "uppercase": f"select AREA_NAME, OBS_VALUE as n, AXIS_KEY from {RATIO} where ref_area in ('140930', 'CN')",
    "self join same side": (
        f"select a.area_name, a.obs_value as n, a.axis_key from {RATIO} a join {RATIO} b on a.ref_area = "
        "b.ref_area where a.ref_area in ('140930', 'CN')"
    ),
    "intersect": (
        f"select area_name, obs_value as n, axis_key from {RATIO} where ref_area in ('140930', 'CN') "
        f"intersect select area_name, obs_value, axis_key from {RATIO}"
    ),
    "distinct on": (
        f"select distinct on (area_name, axis_key) area_name, obs_value as n, axis_key from {RATIO} where "
        "ref_area in ('140930', 'CN')"
    ),
    "qualify": (
        f"select area_name, obs_value as n, axis_key from {RATIO} where ref_area in ('140930', 'CN') qualify "
        "row_number() over (partition by area_name, axis_key order by year) = 1"
    ),
    "group by axis avg": (
        f"select axis_key, avg(obs_value) as n from {RATIO} where ref_area in ('140930', 'CN') group by "
        "axis_key"
    ),
    "group by ordinal": (
        "select area_name, axis_key, sum(actual) as n from mart.staffing where area_level = 'township' and "
        "post_type = '_T' and actual is not null group by 1, 2"
    ),
    "group by other": (
        "select indicator, sum(obs_value) as n, axis_key from mart.fact where indicator = 'party_gov_bodies' "
        "and area_level = 'county' group by indicator, axis_key order by 2 desc limit 6"
    ),
    "ratio of quantities": (
        "select area_name, actual / authorised as n, axis_key from mart.staffing where ref_area in "
        "('410423-zhangdian', '410423') and authorised > 0 and actual is not null"
    ),
    "stack": (
        f"select area_name, unnest([ratio_stated, ratio_recomputed]) as n, axis_key from {RATIO} where "
        "ref_area in ('140930', 'CN')"
    ),
    "change pct of many": (
        "select area_name, change_pct as n, axis_key from mart.institution_change where change_pct is not "
        "null and indicator = 'party_gov_bodies' and area_level = 'county'"
    ),
    "zh renamed key": 'select "地区" as a, "原述比" as n, "同轴键" as 键 from zh."财政供养比" where "原述比" is not null',
    "aliased star": f"select r.*, r.obs_value as n from {RATIO} r where r.ref_area in ('140930', 'CN')",
    "two stars": (
        f"select a.*, b.* from {RATIO} a join {RATIO} b on a.ref_area = b.ref_area where a.ref_area in "
        "('140930', 'CN')"
    ),
    "core fact": (
        "select ref_area, obs_value as n, fact_id from core.fact where indicator = 'public_institutions' and "
        "ref_area in ('140930', '141126', '140123')"
    ),
    "conflict": "select area_name, obs_value as n, fact_id from mart.conflict where ref_area = '410423'",
    "in subquery two levels": (
        "select area_name, n, axis_key from (select area_name, n * 2 as n, axis_key from (select area_name, "
        f"obs_value as n, axis_key from {RATIO} where ref_area in ('140930', 'CN')))"
    ),
    "greatest": (
        "select area_name, greatest(authorised, actual) as n, axis_key from mart.staffing where area_level = "
        "'township' and post_type = '_T' and actual is not null"
    ),
    "population instead": f"select area_name, population as n, axis_key from {RATIO} where population is not null",
    "staff scope in population": f"select area_name, staff as n, axis_key from {RATIO} where staff is not null",
}  # fmt: skip

REFUSED = {
    "the query of the issue": f"select area_name, coalesce(ratio_stated, ratio_recomputed) as n from {RATIO}",
    "values without ids": "select area_name, obs_value as n from mart.fact where indicator = 'party_gov_bodies'",
    "a key of the reader's own": f"select area_name, obs_value as n, 'x' as axis_key from {RATIO}",
    "a scope for a key": f"select area_name, obs_value as n, population_basis as axis_key from {RATIO}",
    "a sum over scopes": "select province, sum(obs_value) as n, max(axis_key) as axis_key from mart.fact group by province",
    "an average": f"select cohort, avg(obs_value) as n, any_value(axis_key) as axis_key from {RATIO} group by cohort",
    "a mean over everything": f"select area_name, avg(obs_value) over () as n, axis_key from {RATIO}",
    "a join on the place": (
        f"select a.area_name, a.obs_value as n, b.axis_key from {RATIO} as a join mart.fact as b on b.ref_area = a.ref_area limit 20"
    ),
    "two quantities": (
        "select area_name, authorised as n, axis_key from mart.staffing union all "
        "select area_name, fill_rate, axis_key from mart.staffing"
    ),
    "one of two quantities": "select area_name, coalesce(fill_rate, actual) as n, axis_key from mart.staffing",
    "counts of facts by axis": "select axis_key, count(*) as n from mart.fact where indicator = 'gdp' group by axis_key",
    "counts of facts": "select theme, count(*) as n from mart.fact group by theme",
    "values by hand": "select * from (values ('张店乡', 609, 'k'), ('河曲县', 32, 'k')) as t(area_name, n, axis_key)",
    "unpivoted": (
        "select area_name, value as n from (unpivot (select area_name, authorised, actual from "
        "mart.staffing) on authorised, actual)"
    ),
    "a zh view without keys": 'select "地区", "原述比" as n from zh."财政供养比"',
    "from first no key": f"from {RATIO} select area_name, obs_value as n",
    "cte shadows mart name": (
        "with fact as (select area_name, obs_value, 'a' as axis_key from mart.fact) select area_name, "
        "obs_value as n, axis_key from fact limit 30"
    ),
    "axis concatenated": f"select area_name, obs_value as n, axis_key || '' as axis_key from {RATIO}",
    "axis replaced": f"select area_name, obs_value as n, left(axis_key, 5) as axis_key from {RATIO}",
    "axis window": f"select area_name, obs_value as n, min(axis_key) over () as axis_key from {RATIO}",
    "axis coalesced": f"select area_name, obs_value as n, coalesce(null, axis_key) as axis_key from {RATIO}",
    "axis cased": f"select area_name, obs_value as n, case when 1=1 then 'x' else axis_key end as axis_key from {RATIO}",
    "star exclude": f"select * exclude (axis_key) from {RATIO}",
    "star replace": f"select * replace ('same' as axis_key) from {RATIO}",
    "columns": f"select columns('area_name|obs_value|axis_key') from {RATIO}",
    "using": f"select a.area_name, a.obs_value as n, b.axis_key from {RATIO} a join mart.staffing b using (ref_area) limit 30",
    "self join other side": (
        f"select a.area_name, b.obs_value as n, a.axis_key from {RATIO} a join {RATIO} b on a.ref_area = "
        "b.ref_area"
    ),
    "cross join": f"select a.area_name, a.obs_value + b.obs_value as n, a.axis_key from {RATIO} a cross join {RATIO} b limit 30",
    "comma join": f"select a.area_name, b.obs_value as n, a.axis_key from {RATIO} a, {RATIO} b limit 30",
    "lateral": (
        f"select a.area_name, l.n, a.axis_key from {RATIO} a, lateral (select max(obs_value) as n from "
        "mart.fact f where f.ref_area = a.ref_area) l"
    ),
    "correlated": (
        f"select area_name, (select max(obs_value) from mart.fact f where f.ref_area = r.ref_area) as n, "
        f"axis_key from {RATIO} r"
    ),
    "row number": f"select area_name, row_number() over (order by obs_value) as n, axis_key from {RATIO}",
    "rank": f"select area_name, rank() over (partition by axis_key order by obs_value) as n, axis_key from {RATIO}",
    "lag": f"select area_name, lag(obs_value) over (order by area_name) as n, axis_key from {RATIO}",
    "difference to the mean": f"select area_name, obs_value - avg(obs_value) over () as n, axis_key from {RATIO}",
    "constant": f"select area_name, 5 as n, axis_key from {RATIO}",
    "union of axes dropped": (
        f"select area_name, obs_value as n, axis_key from {RATIO} union all select area_name, actual, 'x' "
        "from mart.staffing"
    ),
    "union by name": (
        f"select area_name, obs_value as n, axis_key from {RATIO} union all by name select area_name, "
        "axis_key, actual as n from mart.staffing"
    ),
    "union swaps": (
        f"select area_name, obs_value as n, axis_key from {RATIO} union all select axis_key, actual, "
        "area_name from mart.staffing"
    ),
    "pivot": "pivot mart.staffing on tier using sum(actual) group by area_name",
    "recursive": (
        f"with recursive t as (select area_name, obs_value as n, axis_key from {RATIO} union all select "
        "area_name, n + 1, axis_key from t where n < 10) select * from t"
    ),
    "scalar subquery for the key": (
        f"select area_name, obs_value as n, (select axis_key from {RATIO} limit 1) as axis_key from "
        f"{RATIO}"
    ),
    "table function": "select area_name, n, axis_key from (select 'x' as area_name, range as n, 'k' as axis_key from range(5))",
    "fact ids aggregated by place": (
        "select area_name, sum(obs_value) as n, list(fact_id) as fact_ids from mart.fact where indicator = "
        "'staff_actual' group by area_name"
    ),
    "fact ids of another": (
        "select a.area_name, a.obs_value as n, b.fact_id from mart.fact a join mart.fact b on a.ref_area = "
        "b.ref_area limit 20"
    ),
    "first fact only": (
        "select province, sum(obs_value) as n, min(fact_id) as fact_id from mart.fact where indicator = "
        "'party_gov_bodies' group by province"
    ),
    "any_value": "select province, avg(obs_value) as n, any_value(fact_id) as fact_id from mart.fact group by province",
    "core without id": "select ref_area, obs_value as n from core.fact where indicator = 'public_institutions'",
    "measure": "select area_name, year as n from mart.measure limit 20",
    "conflict no id": "select area_name, obs_value as n from mart.conflict",
    "timeline": "select area_name, year as n from mart.timeline limit 10",
    "if": f"select area_name, if(ratio_stated is null, population, ratio_stated) as n, axis_key from {RATIO}",
}  # fmt: skip
