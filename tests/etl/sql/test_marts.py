"""The marts against answers worked out by hand, on the fixture and on small changes to it."""

from pathlib import Path

import duckdb
import pytest

from tests.etl.planting import Fault, built, fact
from tests.sql_lint import tables

EXTENSION, TOWNS, RATIO = "facts/extension.csv", "facts/towns.csv", "facts/ratio.csv"
INSTITUTIONS, POPULATION, TOWNSHIP = "facts/institutions.csv", "facts/population.csv", "facts/township.csv"


@pytest.fixture
def ask(warehouse: Path):
    """Rows of a query on the sound fixture."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def after(fault: Fault, sql: str, folder: Path) -> list[tuple]:
    """Rows of a query once `fault` is in the sources. Row order is the query's own."""
    with built(tables(sql), fault, folder) as engine:
        return engine.rows(sql)[1]


def edit(name: str, old: str, new: str) -> Fault:
    return Fault(edits=((name, old, new),))


def add(**files: str) -> Fault:
    return Fault(lines={f"facts/{name}.csv": text for name, text in files.items()})


# --- staffing ---

STAFFING = """select post_type, tier, authorised, actual, difference, fill_rate, comparable, authorised_basis, actual_basis
    from mart.staffing where org_unit = '_T' and ref_area = """


def test_lushan_is_over_its_posts_at_both_tiers(ask):
    rows = {tier: row for _, tier, *row in ask(STAFFING + "'410423'")}
    assert rows["_T"] == [143, 183, 40, pytest.approx(127.97, abs=0.005), True, "stated", "stated"]
    assert rows["县级"] == [55, 64, 9, pytest.approx(116.36, abs=0.005), True, "stated", "stated"]
    assert rows["乡级"] == [88, 119, 31, pytest.approx(135.23, abs=0.005), True, "stated", "stated"]


def test_zhangdians_totals_are_summed_and_four_posts_give_no_percentage(ask):
    rows = {post: row for post, _, *row in ask(STAFFING + "'zhangdian'")}
    assert rows["行政"][:4] == [34, 29, -5, pytest.approx(85.29, abs=0.005)]
    assert rows["工勤"][:5] == [4, 3, -1, None, True]
    assert rows["事业"][:4] == [35, 32, -3, pytest.approx(91.43, abs=0.005)]
    assert rows["_T"] == [73, 64, -9, pytest.approx(87.67, abs=0.005), True, "summed", "summed"]


def test_a_total_needs_both_administrative_and_institutional_posts(tmp_path: Path):
    sql = "select post_type from mart.staffing where ref_area = 'zhangdian' and post_type = '_T'"
    fault = Fault(
        edits=(
            (TOWNSHIP, "zhangdian,staff_authorised,,,事业,,", "zhangdian,staff_authorised,,,参公,,"),
            (TOWNSHIP, "zhangdian,staff_actual,,,事业,,,,,,,", "zhangdian,staff_actual,,,参公,,,,,,,"),
        )
    )
    assert after(fault, sql, tmp_path) == []


def test_a_stated_total_is_not_summed_again(tmp_path: Path):
    line = fact(ref_area="zhangdian", indicator="staff_actual", time_period="2019", obs_value=66, unit_measure="人",
                scope="乡镇本级在职", source_id="zhangdian2019")  # fmt: skip
    sql = "select actual, actual_basis from mart.staffing where ref_area = 'zhangdian' and post_type = '_T' and org_unit = '_T'"
    assert after(add(township=line), sql, tmp_path) == [(66, "stated")]


def test_a_total_of_another_scope_stands_beside_the_sum_and_is_not_divided(tmp_path: Path):
    line = fact(ref_area="zhangdian", indicator="staff_actual", time_period="2019", obs_value=90, unit_measure="人",
                scope="含离退休", source_id="zhangdian2019")  # fmt: skip
    sql = """select scope, actual, difference, fill_rate, withheld_zh from mart.staffing
        where ref_area = 'zhangdian' and post_type = '_T' and org_unit = '_T' order by actual"""
    summed, stated = after(add(township=line), sql, tmp_path)
    assert summed[:3] == ("乡镇本级在职", 64, -9)
    assert stated == ("含离退休", 90, None, None, "实有口径与编制不对应，不可相除")


def test_tiers_make_the_total_where_none_is_stated(tmp_path: Path):
    fault = edit(EXTENSION, "staff_authorised,农技推广,,,,,,,,,point,2013,143", "staff_authorised,畜牧,,,,,,,,,point,2013,143")
    sql = "select authorised, authorised_basis from mart.staffing where sector = '农技推广' and tier = '_T'"
    assert after(fault, sql, tmp_path) == [(143, "summed")]


# --- people per staff ---

RATIOS = """select population_basis || '·' || staff_scope as scopes, ratio_stated,
    ratio_recomputed, ratio_low, ratio_high, agrees, staff from mart.population_staff_ratio
    where ref_area = """


def test_the_anonymous_countys_22_lies_in_its_open_interval(ask):
    rows = ask(RATIOS + "'shanxi-anon'")
    assert rows == [("未注明·未注明", 22, None, pytest.approx(130000 / 6000), None, True, 6000)]


def test_a_townships_609_is_recomputed_in_scopes_of_its_own(ask):
    rows = ask(RATIOS + "'zhangdian'")
    low, high = pytest.approx(38500 / 64), pytest.approx(39500 / 64)
    assert rows == [("未注明·仅乡镇本级在职", None, 609.375, low, high, None, 64)]


def test_stated_only_and_recomputed_only_rows_stay_apart_by_phase(ask):
    assert [row[1] for row in ask(RATIOS + "'140930' order by year")] == [32, 40]


def test_years_are_never_mixed(tmp_path: Path):
    fault = edit(RATIO, "fiscally_supported_staff,,,,,,,,,,point,2019", "fiscally_supported_staff,,,,,,,,,,point,2018")
    assert [row[1:4] for row in after(fault, RATIOS + "'shanxi-anon'", tmp_path)] == [(22, None, None)]


@pytest.mark.parametrize(("source", "meets"), [("xiaokang2023", True), ("mirror2022", False)])
def test_facts_of_unstated_time_meet_only_within_one_source(tmp_path: Path, source: str, meets: bool):
    common = {"ref_area": "140926", "time_period": "_U", "unit_measure": "人", "scope": "全县财政供养·未注明"}
    lines = fact(indicator="population_total", obs_value=100000, source_id="xiaokang2023", **common)
    lines += fact(indicator="fiscally_supported_staff", obs_value=5000, source_id=source, **common)
    rows = after(add(ratio=lines), RATIOS + "'140926'", tmp_path)
    assert [row[2] for row in rows] == ([20] if meets else [])


def test_a_stated_share_is_turned_into_an_interval_of_people_per_staff(tmp_path: Path):
    share = (
        '\n[fiscal_staff_share]\nname_zh = "供养率"\nname_en = "share"\nunit_measure = "%"\ndefinition_zh = "供养人员占人口"\n'
    )
    share += 'direction = "lower_better"\nkind = "share"\ndecimals = 2\ntheme = "ratio"\n'
    line = fact(ref_area="140926", indicator="fiscal_staff_share", obs_value=4.85, unit_measure="%", scope="全县财政供养·未注明")
    fault = Fault(lines={"indicators.toml": share, RATIO: line})
    sql = "select ratio_stated, ratio_stated_low, ratio_stated_high from mart.population_staff_ratio where ref_area = '140926'"
    ((stated, low, high),) = after(fault, sql, tmp_path)
    assert (stated, low, high) == pytest.approx((100 / 4.85, 100 / 4.855, 100 / 4.845))


def test_the_same_year_on_two_population_bases_gives_two_rows(tmp_path: Path):
    common = {"ref_area": "140926", "time_period": "2020", "unit_measure": "人", "source_id": "census2020"}
    lines = fact(indicator="population_census", obs_value=100000, scope="七普常住", **common)
    lines += fact(indicator="population_resident", obs_value=140000, scope="常住人口", **common)
    lines += fact(indicator="fiscally_supported_staff", obs_value=5000, scope="全县财政供养·未注明", **common)
    rows = after(add(ratio=lines), RATIOS + "'140926' order by ratio_low", tmp_path)
    assert [(row[0], row[2]) for row in rows] == [("七普·未注明", 20), ("常住·未注明", 28)]


# --- delegation ---

MERGED = "select grouping, towns, accepted, catalogue_items, take_up from mart.delegation_merged order by towns"


def test_take_up_of_each_town_and_of_all_within_one_catalogue(ask):
    towns = dict(ask("select ref_area, take_up from mart.delegation"))
    accepted = {"huanglou": 185, "huangbu": 138, "chayashan": 141, "liudian": 141}
    assert towns == pytest.approx({town: items / 1.85 for town, items in accepted.items()})
    without, merged = ask(MERGED)
    assert without == ("merged_without_full", 3, 420, 555, pytest.approx(420 / 5.55))
    assert merged == ("merged", 4, 605, 740, pytest.approx(605 / 7.4))


def test_no_second_merged_row_when_no_town_took_everything(tmp_path: Path):
    rest = f"{',' * 7}\nhuangbu"
    fault = edit(
        TOWNS, f"185,项,exact,185项,县级委托目录,towns2021,表1{rest}", f"180,项,exact,180项,县级委托目录,towns2021,表1{rest}"
    )
    rows = after(fault, MERGED, tmp_path)
    assert [(row[0], row[2]) for row in rows] == [("merged", 600)]


def test_illustrative_and_internal_towns_are_listed_but_not_merged(tmp_path: Path):
    fault = Fault(
        edits=(
            ("areas.csv", "上蔡县,411722,,,,", "上蔡县,411722,,,yes,"),
            (TOWNS, "liudian,delegated_items_accepted,,,,,,,驻马店185项,,,point,2021,141,项,exact,141项,县级委托目录,towns2021,表1,,,",
             "liudian,delegated_items_accepted,,,,,,,驻马店185项,,,point,2021,141,项,exact,141项,县级委托目录,towns2021,表1,internal,,"),
        )
    )  # fmt: skip
    sql = """select ref_area, disclosure, illustrative, comparable, 1 as towns, 'town' as grouping from mart.delegation
        union all select ref_area, disclosure, illustrative, comparable, towns, grouping from mart.delegation_merged"""
    rows = after(fault, sql, tmp_path)
    assert ("huangbu", "public", True, False, 1, "town") in rows
    assert ("liudian", "internal", False, True, 1, "town") in rows
    assert [row[4] for row in rows if row[5] == "merged"] == [2]


def test_towns_of_two_catalogues_are_not_merged(tmp_path: Path):
    fault = edit(TOWNS, "liudian,delegated_items_accepted,,,,,,,驻马店185项", "liudian,delegated_items_accepted,,,,,,,另一目录")
    assert [row[1] for row in after(fault, MERGED, tmp_path)] == [2, 3]
    sql = "select catalogue_items, take_up from mart.delegation where ref_area = 'liudian'"
    (tmp_path / "again").mkdir()
    assert after(fault, sql, tmp_path / "again") == [(None, None)]
