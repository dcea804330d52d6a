"""Which values of a statement are tied to the column that says what may share an axis: what cannot be followed is not."""

import pytest

from dashboard.tools.sql.lineage import witnesses

TABLES = {
    "mart.fact": ("fact_id", "ref_area", "area_name", "province", "phase", "year", "obs_value", "scope", "axis_key"),
    "mart.population_staff_ratio": ("area_name", "ratio_stated", "ratio_recomputed", "obs_value", "fact_ids", "axis_key"),
    "mart.staffing": ("area_name", "authorised", "actual", "fill_rate", "comparable", "actual_fact_ids", "axis_key"),
    "mart.both": ("area_name", "actual", "fact_ids", "actual_fact_ids"),
    "core.ref_area": ("ref_area", "name_zh"),
    "core.fact": ("fact_id", "ref_area", "obs_value"),
    "zh.事实总表": ("地区", "数值", "同轴键", "事实编号"),
}

TIED = {
    "as it is": "select area_name, obs_value, axis_key from mart.fact",
    "without a schema": "select area_name, obs_value, axis_key from fact",
    "a zh view without a schema": 'select "地区", "数值", "同轴键" from 事实总表',
    "renamed": "select area_name, coalesce(ratio_stated, ratio_recomputed) as v, axis_key as k from mart.population_staff_ratio",
    "a star": "select * from (select area_name, obs_value, axis_key from mart.fact) as t",
    "a zh view": 'select "地区", "数值", "同轴键" from zh."事实总表"',
    "through a CTE": "with x as (select area_name a, obs_value v, axis_key from mart.fact) select a, v * 2 as w, axis_key from x",
    "from first": "from mart.fact select area_name, obs_value, axis_key",
    "a union of one quantity": (
        "select area_name, obs_value, axis_key from mart.fact union all "
        "select area_name, obs_value, axis_key from mart.population_staff_ratio"
    ),
    "grouped by it": "select province, sum(obs_value) as s, axis_key from mart.fact group by province, axis_key",
    "grouped by all": "select province, sum(obs_value) as s, axis_key from mart.fact group by all",
    "grouped by place": "select province, max(obs_value) as s, axis_key from mart.fact group by 1, 3",
    "joined for a name": (
        "select b.name_zh, a.obs_value, a.axis_key from mart.fact as a join core.ref_area as b on b.ref_area = a.ref_area"
    ),
    "a rate": "select area_name, actual / nullif(authorised, 0) as v, axis_key from mart.staffing",
    "a case of one quantity": (
        "select area_name, case when comparable then actual else authorised end as v, axis_key from mart.staffing"
    ),
    "qualified": (
        "select area_name, obs_value, axis_key from mart.fact qualify row_number() over (partition by area_name order by year) = 1"
    ),
}

LOOSE = {
    "a table that is not there": "select area_name, obs_value, axis_key from nothing",
    "nothing said": "select area_name, obs_value from mart.fact",
    "a text named so": "select area_name, obs_value, 'x' as axis_key from mart.fact",
    "another column named so": "select area_name, obs_value, scope as axis_key from mart.fact",
    "changed": "select area_name, obs_value, replace(axis_key, 'a', 'b') as axis_key from mart.fact",
    "one of many": "select province, sum(obs_value) as s, max(axis_key) as axis_key from mart.fact group by province",
    "any of many": "select area_name, first(obs_value) as v, any_value(axis_key) as axis_key from mart.fact group by area_name",
    "from a window": "select area_name, obs_value, max(axis_key) over () as axis_key from mart.fact",
    "a value from a window": "select area_name, sum(obs_value) over (partition by province) as v, axis_key from mart.fact",
    "another side of a join": (
        "select a.area_name, a.obs_value, b.axis_key from mart.fact as a join mart.fact as b on b.ref_area = a.ref_area"
    ),
    "a subquery for a value": "select area_name, (select max(axis_key) from mart.fact) as axis_key, obs_value from mart.fact",
    "a value of a subquery": "select area_name, (select sum(obs_value) from mart.fact) as v, axis_key from mart.fact",
    "a union with a text": (
        "select area_name, obs_value, axis_key from mart.fact union all select area_name, obs_value, 'a' from mart.fact"
    ),
    "a union of two quantities": (
        "select area_name, authorised as v, axis_key from mart.staffing union all "
        "select area_name, fill_rate, axis_key from mart.staffing"
    ),
    "a union by name": (
        "select area_name, obs_value, axis_key from mart.fact union all by name select area_name, obs_value, axis_key from mart.fact"
    ),
    "one of two quantities": "select area_name, coalesce(fill_rate, actual) as v, axis_key from mart.staffing",
    "one of two by if": "select area_name, if(comparable, actual, fill_rate) as v, axis_key from mart.staffing",
    "lost in a CTE": (
        "with x as (select province, sum(obs_value) as v, max(axis_key) as axis_key from mart.fact group by province) "
        "select province, v, axis_key from x"
    ),
    "a recursive CTE": (
        "with recursive x as (select area_name, obs_value, axis_key from mart.fact union all select * from x) select * from x"
    ),
    "rolled up": "select province, sum(obs_value) as v, axis_key from mart.fact group by rollup (province, axis_key)",
    "a pivot": "pivot mart.fact on phase using sum(obs_value) group by area_name",
    "an unpivot": "select * from (unpivot mart.staffing on authorised, fill_rate) as u",
    "a star replaced": "select * replace ('x' as axis_key) from mart.fact",
    "a table function": "select range as v, 'a' as axis_key from range(5)",
    "values": "select * from (values ('a', 1, 'k'), ('b', 2, 'k')) as t(area_name, v, axis_key)",
    "an unknown table": "select area_name, obs_value, axis_key from other.fact",
    "what no parser reads": "select from where",
}


@pytest.mark.parametrize("sql", TIED.values(), ids=TIED)
def test_a_value_is_tied_to_the_axis_of_its_own_row(sql):
    told = witnesses(sql, TABLES)
    assert told.axis is not None
    assert 1 in told.by_axis


@pytest.mark.parametrize("sql", LOOSE.values(), ids=LOOSE)
def test_a_value_that_does_not_come_from_the_row_of_the_axis_is_not_tied(sql):
    told = witnesses(sql, TABLES)
    values = {place for place in told.by_axis if place != told.axis and place != 0}
    assert not values or told.axis is None


@pytest.mark.parametrize(
    ("sql", "tied"),
    [
        ("select area_name, obs_value, fact_id from mart.fact", True),
        ("select ref_area, obs_value, fact_id from core.fact", True),
        ('select "地区", "数值", "事实编号" from zh."事实总表"', True),
        ("select province, sum(obs_value) as s, string_agg(fact_id, ',') as fact_ids from mart.fact group by province", True),
        ("select province, sum(obs_value) as s, list(fact_id) as fact_ids from mart.fact group by province", True),
        ("select area_name, actual, fact_ids || ',' || actual_fact_ids as ids from mart.both", True),
        (
            "select a.area_name, a.actual + b.actual as v, a.fact_ids || b.fact_ids as ids from mart.both as a join mart.both as b on true",
            True,
        ),
        ("select area_name, actual, actual_fact_ids || 'F1' || area_name as ids from mart.both", False),
        (
            "with x as (select *, count(*) filter (where year > 1) over () as n from mart.fact) select area_name, obs_value, fact_id from x",
            True,
        ),
        ("select province, sum(obs_value) as s, max(fact_id) as fact_id from mart.fact group by province", False),
        ("select a.area_name, a.obs_value, b.fact_id from mart.fact as a join core.fact as b on true", False),
        ("select area_name, obs_value, 'F1' as fact_id from mart.fact", False),
    ],
)
def test_fact_ids_are_witnesses_where_they_are_all_ids_of_the_row(sql, tied):
    told = witnesses(sql, TABLES)
    assert (1 in told.by_facts and bool(told.facts)) is tied


@pytest.mark.parametrize(
    ("sql", "repaired"),
    [
        (
            "select area_name, obs_value from mart.fact where year = 2020",
            "select area_name, obs_value, axis_key\nfrom mart.fact where year = 2020",
        ),
        (
            "-- 问题\nselect f.area_name, (select 1 from core.fact limit 1) as v\nfrom mart.fact as f",
            "-- 问题\nselect f.area_name, (select 1 from core.fact limit 1) as v, f.axis_key\nfrom mart.fact as f",
        ),
        ('select "地区", "数值" from zh."事实总表"', 'select "地区", "数值", 同轴键\nfrom zh."事实总表"'),
        ("select province, sum(obs_value) from mart.fact group by province", None),
        ("select ref_area, obs_value from core.fact", None),
        ("select 1 as a", None),
    ],
)
def test_a_statement_that_lacks_one_column_is_repaired(sql, repaired):
    assert witnesses(sql, TABLES).repaired == repaired
    if repaired:
        assert witnesses(repaired, TABLES).axis is not None
