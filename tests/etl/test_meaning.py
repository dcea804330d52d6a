"""What may share an axis, what may be ranked, what may be added, and why not: on the fixture, worked out by hand."""

from pathlib import Path

import duckdb
import pytest

from tests.etl.planting import Fault, fact
from tests.etl.sql.test_marts import RATIO, add, after, edit


@pytest.fixture
def ask(warehouse: Path):
    """Rows of a query on the sound fixture."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


# --- axes ---


def test_two_sources_of_an_unstated_scope_have_two_axes(ask):
    rows = ask("select distinct axis_key, comparable, withheld_zh from mart.fact where scope = '事业（范围未注明）' order by 1")
    assert [key.rpartition("|")[2] for key, *_ in rows] == ["mirror2022", "weekly2022"]
    assert {row[1:] for row in rows} == {(False, "原文没有写明口径，只与同一来源的数并列")}


def test_before_and_after_of_one_source_share_an_axis_though_the_scope_is_unstated(ask):
    assert ask("select count(distinct axis_key) from mart.population_staff_ratio where ref_area = '140930'") == [(1,)]
    assert ask("select count(distinct axis_key) from mart.population_staff_ratio where scope = '全县财政供养·未注明'") == [(2,)]


def test_a_definition_that_leaves_no_room_needs_no_scope(tmp_path: Path):
    """self_defined: two sources share an axis though both leave the scope open."""
    common = {
        "indicator": "population_census",
        "unit_measure": "人",
        "time_period": "2010",
        "scope": "人口未注明",
        "obs_value": 5000,
    }
    lines = fact(**common, ref_area="140926", source_id="census2020") + fact(**common, ref_area="140930", source_id="mirror2022")
    sql = "select distinct axis_key, comparable from mart.fact where indicator = 'population_census' and time_period = '2010'"
    assert after(add(population=lines), sql, tmp_path) == [("population_census|人|state|county|人口未注明", True)]


def test_a_limit_and_a_plan_are_no_state(ask):
    rows = ask("select scope_nature, phase, may_rank, withheld_zh from mart.fact where scope = '机构限额' or phase = 'plan'"
               " order by phase")  # fmt: skip
    assert rows == [("count", "plan", False, "不是现状数，不排名"), ("limit", "point", False, "不是现状数，不排名")]


def test_the_axis_of_a_take_up_is_its_catalogue(ask):
    sql = "select distinct axis_key from mart.delegation union select distinct axis_key from mart.delegation_merged"
    assert ask(sql) == [("take_up|驻马店185项",)]


# --- reserves ---


def test_a_doubtful_ratio_is_no_rank_and_carries_its_doubt_and_its_dating(ask):
    rows = ask("select phase, doubt, timing, may_rank from mart.population_staff_ratio where ref_area = '140930' order by year")
    assert rows == [("before", None, None, False), ("after", "疑为超编消化以后的目标值", "按报道发表年", False)]


@pytest.mark.parametrize(
    "side", ["population_total,,,,,,,,,,point,2019,130000", "fiscally_supported_staff,,,,,,,,,,point,2019,6000"]
)
@pytest.mark.parametrize("reserve", ["doubt", "to_check"])
def test_a_ratio_of_two_facts_has_the_reserves_of_either(tmp_path: Path, side: str, reserve: str):
    cells = "可能是别的," if reserve == "doubt" else ",可能是别的"
    with (Path(__file__).parents[1] / "fixture/sources" / RATIO).open(encoding="utf-8") as file:
        line = next(line for line in file if side in line)
    changed = line.replace("正文,,,,", f"正文,,{cells},", 1)
    assert changed != line
    stated = "shanxi-anon,population_per_fiscal_staff,,,,,,,,,,point,2019,22"
    fault = Fault(edits=((RATIO, line, changed), (RATIO, stated, stated.replace("shanxi-anon", "140926"))))
    sql = f"select {reserve}, ratio_stated from mart.population_staff_ratio where ref_area = 'shanxi-anon'"
    assert after(fault, sql, tmp_path) == [("可能是别的", None)]


def test_what_is_to_be_checked_is_told_with_before_and_after(ask):
    rows = ask(
        "select scope, to_check, by_plan, may_rank from mart.institution_change where indicator = 'leadership_posts' order by 1"
    )
    assert rows == [("党政群职数", "县名按原文列举次序归属", True, False), ("科级职数", None, False, False)]


def test_a_doubtful_scope_makes_its_figures_doubtful_in_every_mart(tmp_path: Path):
    fault = Fault(
        edits=(
            ("scopes.csv", "在职在编,,在职,yes,,", "在职在编,,在职,yes,yes,"),
            ("scopes.csv", "县级委托目录,,,,,", "县级委托目录,,,,yes,"),
        )
    )
    sql = """select 'fact' as mart, doubt from mart.fact where scope in ('在职在编', '县级委托目录')
        union select 'staffing', doubt from mart.staffing where scope = '在职在编'
        union select 'delegation', doubt from mart.delegation where scope = '县级委托目录'"""
    assert sorted(after(fault, sql, tmp_path)) == [("delegation", "口径存疑"), ("fact", "口径存疑"), ("staffing", "口径存疑")]


def test_an_approximate_period_says_so_with_its_days(ask):
    rows = ask("select period_approx, timing, year, period_start::varchar, period_end::varchar from mart.fact"
               " where ref_area = '140930' and indicator = 'population_resident'")  # fmt: skip
    assert rows == [(True, "抽样公报未写年份，按数值推定", 2016, "2016-01-01", "2016-12-31")]


# --- sources that contradict themselves ---


def test_a_source_whose_parts_do_not_make_its_total_gets_no_verdict_anywhere(ask):
    words = "来源分项与合计不符：新湾镇编制分项30加50等于合计90"
    rows = ask("select post_type, authorised, actual, difference, fill_rate, comparable, withheld_zh from mart.staffing"
               " where ref_area = 'xinwan' order by post_type")  # fmt: skip
    assert rows == [
        ("_T", 90, 70, None, None, False, words), ("事业", 50, 45, None, None, False, words),
        ("行政", 30, 25, None, None, False, words),
    ]  # fmt: skip
    assert ask("select comparable, may_rank, withheld_zh from mart.population_staff_ratio where ref_area = 'xinwan'") == [
        (False, False, words)
    ]


def test_two_sources_that_differ_are_no_source_that_contradicts_itself(ask):
    assert ask("select outcome, fault from mart.identity_balance where identity_id = 'hequ-posts'") == [
        ("contradicts", "between_sources")
    ]
    assert ask("select count(*) from mart.fact where ref_area = '140930' and unclosed_zh is not null") == [(0,)]


# --- sums and counts ---


def test_the_finest_bands_that_make_the_stated_total_may_be_added(ask):
    rows = ask("select sum(counties), max(base), count(distinct axis_key) from mart.county_size_band"
               " where ref_area = '140000' and scope = '户籍人口' and is_partition")  # fmt: skip
    assert rows == [(95, 95, 1)]
    assert ask("select count(*) from mart.county_size_band where ref_area = 'CN' and is_partition") == [(0,)], (
        "no band above 200,000"
    )


def test_bands_of_two_phases_are_two_tables(tmp_path: Path):
    line = fact(ref_area="140000", indicator="county_count", phase="before", size_band="<10万", time_period="2020", obs_value=21,
                unit_measure="个", scope="户籍人口", source_id="xiaokang2023")  # fmt: skip
    sql = "select phase, sum(counties) from mart.county_size_band where scope = '户籍人口' and ref_area = '140000'"
    rows = after(add(population=line), f"{sql} and is_partition group by phase", tmp_path)
    assert rows == [("point", 95)]


def test_a_band_stands_once_though_its_people_are_counted_twice(tmp_path: Path):
    """People of a band by two indicators of one source: the row is one, with the people of its own scope."""
    common = {
        "ref_area": "CN",
        "size_band": "<20万",
        "time_period": "2020-11-01",
        "unit_measure": "人",
        "source_id": "census2020",
    }
    lines = fact(**common, indicator="population_total", obs_value=60000000, scope="人口未注明")
    lines += fact(**common, indicator="population_census", obs_value=58000000, scope="七普常住")
    sql = "select population from mart.county_size_band where ref_area = 'CN' and size_band = '<20万' and scope = '七普常住'"
    assert after(add(population=lines), sql, tmp_path) == [(58000000,)]


def test_posts_by_type_make_up_the_total(ask):
    rows = ask("select post_type, is_total, is_part, is_partition from mart.staffing where ref_area = 'zhangdian' and org_unit = '_T'"
               " order by post_type")  # fmt: skip
    parts = [(post, False, True, True) for post in ("事业", "工勤", "行政")]
    assert [row for row in rows if row[0] in ("_T", "事业", "工勤", "行政")] == [("_T", True, False, False), *parts]
    ((total, people),) = ask(
        "select sum(authorised), sum(actual) from mart.staffing where ref_area = 'zhangdian' and is_partition"
    )
    assert (total, people) == (73, 64)


def test_an_unnamed_place_that_is_known_counts_as_the_one_that_it_is(ask):
    rows = ask("select ref_area, counted_as, may_rank, withheld_zh from mart.fact where indicator = 'population_resident'"
               " and year = 2016 order by ref_area")  # fmt: skip
    assert [row[:2] for row in rows] == [("140930", "140930"), ("hequ-unnamed", "140930")]
    assert rows[1][2:] == (False, "与一个已具名的地区是同一地，只计一次")


def test_an_unnamed_town_takes_up_but_takes_no_place(tmp_path: Path):
    fault = edit("areas.csv", "驻马店市,遂平县,411728,", "驻马店市,,,yes")
    rows = after(fault, "select comparable, may_rank, withheld_zh from mart.delegation where ref_area = 'chayashan'", tmp_path)
    assert rows == [(True, False, "来源没有写明地名，不排名")]


def test_what_may_be_ranked_has_no_reason_and_says_which_way(ask):
    rows = ask("select distinct indicator, direction_zh, withheld_zh from mart.fact where may_rank order by 1")
    assert rows == [("county_count", "数字大个数多", None), ("population_census", "数字大人口多", None)]


def test_the_fixture_has_what_these_tests_need(ask):
    """A planted case that fell out of the fixture would leave a test without an object."""
    (row,) = (
        ask("""select count(doubt), count(to_check), count(timing), count(arithmetic), sum(period_approx::int), count(unclosed_zh),
        sum(unstated::int) > 0, sum((counted_as <> ref_area)::int), count(distinct scope_nature) from mart.fact""")
    )
    assert row == (1, 1, 2, 1, 1, 3, True, 1, 2)
