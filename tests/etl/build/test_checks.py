"""Each promise of etl/checks catches its planted fault: a check that nobody has seen fail is no check."""

from pathlib import Path

import duckdb
import pytest

from etl.build import checks
from etl.build.checks import BrokenPromise
from tests.etl.planting import INDICATOR, Fault, fact, run

CHECKS = {path.stem: path for path in sorted(checks.CHECKS.glob("*.sql"))}

EXTENSION, TOWNS, RATIO = "facts/extension.csv", "facts/towns.csv", "facts/ratio.csv"
INSTITUTIONS, POPULATION, TOWNSHIP = "facts/institutions.csv", "facts/population.csv", "facts/township.csv"
UNKNOWN_STAFF = "全县财政供养·未注明,未注明,未注明,,,来源没有说明人口与人员口径"
SHARE = INDICATOR.format(slug="planted_share", kind="share")
FILL_RATE = INDICATOR.format(slug="staff_fill_rate", kind="ratio")
CUT = INDICATOR.format(slug="party_gov_bodies_change_pct", kind="ratio")


def edit(name: str, old: str, new: str) -> Fault:
    return Fault(edits=((name, old, new),))


def tamper(table: str, statement: str) -> Fault:
    return Fault(after={table: statement})


def add(name: str, line: str, indicator: str = "") -> Fault:
    return Fault(lines={name: line} | ({"indicators.toml": indicator} if indicator else {}))


FAULTS = {
    # --- facts: a wrong cell ---
    "count_is_whole": edit(EXTENSION, "143,名,exact,编制143人", "143.5,名,exact,编制143.5人"),
    "fact_list_is_whole": tamper("mart.fact_list", "delete from mart.fact_list where place = 2"),
    "fact_counts_add_up": tamper("mart.fact_count_by_indicator", "update mart.fact_count_by_indicator set facts = facts + 1"),
    "area_counts_hold": tamper("mart.area_count_by_indicator", "update mart.area_count_by_indicator set counted = counted + 1"),
    "fact_not_after_publication": edit(RATIO, "after,2022,40", "after,2024,40"),
    "fact_states_its_wording": edit(EXTENSION, "exact,编制143人", "exact,"),
    "no_double_entry": add(
        INSTITUTIONS,
        fact(ref_area="140930", indicator="party_gov_bodies", phase="after", time_period="2022", obs_value=22, unit_measure="个",
             scope="党政机构", source_id="weekly2022"),
    ),
    "percentage_point_is_not_percent": add(
        EXTENSION, fact(indicator="planted_share", obs_value=12, unit_measure="%", as_stated="12个百分点", scope="编制"), SHARE
    ),
    "population_scope_fits_indicator": edit(POPULATION, "13.25万,常住人口", "13.25万,户籍人口"),
    "scale_slip_between_claims": edit(INSTITUTIONS, "23,个,exact,23个", "220,个,exact,220个"),
    "scale_slip_from_wording": edit(EXTENSION, "143,名,exact", "1430,名,exact"),
    "scale_slip_over_time": edit(POPULATION, "132500,人,approx,13.25万", "1325000,人,approx,132.5万"),
    "share_within_bounds": add(EXTENSION, fact(indicator="planted_share", obs_value=128, unit_measure="%", scope="编制"), SHARE),
    "zero_is_stated": edit(EXTENSION, "exact,没有区域性机构", "exact,未公布"),
    # --- facts: what validation refuses earlier ---
    "fact_has_source": tamper("core.fact", "update core.fact set locator = null where source_id = 'lushan2013'"),
    "fact_is_registered": tamper("core.fact", "update core.fact set scope = '没有登记' where indicator = 'agencies'"),
    "fact_is_unique": tamper("core.fact", "insert into core.fact from core.fact where indicator = 'agencies'"),
    "interval_fits_precision": tamper("core.fact", "update core.fact set value_high = null where precision = 'at_most'"),
    "unit_is_the_indicators": tamper("core.fact", "update core.fact set unit_measure = '万人' where indicator = 'staff_actual'"),
    "value_within_interval": tamper("core.fact", "update core.fact set value_low = obs_value + 1 where precision = 'exact'"),
    # --- registries ---
    "anonymous_area_has_no_code": edit("areas.csv", "山西某县,county,140000,山西省,,,,yes", "山西某县,county,140000,山西省,,,140926,yes"),
    "area_closure_is_complete": tamper(
        "core.area_ancestor", "delete from core.area_ancestor where ref_area = 'zhangdian' and ancestor = '410000'"
    ),
    "area_is_below_its_parent": edit("areas.csv", "张店乡,township", "张店乡,county"),
    "citation_is_complete": tamper("core.source", "update core.source set publisher = null where source_id = 'lushan2013'"),
    "event_date_is_possible": edit("events.csv", "2022-08-31", "2023-08-31"),
    "event_is_registered": tamper("core.event", "update core.event set source_id = 'nobody' where kind = 'completed'"),
    "fill_scope_counts_only_posts": edit("scopes.csv", "含离退休,,含离退休,,", "含离退休,,含离退休,yes,"),
    # --- preference and conflicts ---
    "conflict_has_two_claims": add("conflict_topics.csv", "alone,只有一说,读法,140926,agencies,,,\n"),
    "conflict_shows_exactly_one": tamper("mart.conflict", "update mart.conflict set shown = true"),
    "mart_fact_drops_nothing": tamper("mart.fact", "delete from mart.fact where source_id = 'mirror2022'"),
    "no_silent_conflict": tamper("mart.conflict", "delete from mart.conflict where starts_with(topic_id, 'auto-')"),
    "preferred_exactly_one": tamper("mart.fact", "update mart.fact set preferred = true"),
    "preferred_is_the_best": tamper("mart.fact", "update mart.fact set preferred = source_id = 'mirror2022' where phase = 'after'"),
    # --- identities and corrections ---
    "correction_is_not_stale": edit("corrections.csv", "没有区域性机构,0,", "没有区域性机构,1,"),
    "identity_holds": edit(EXTENSION, "55,名,exact,县级55人", "56,名,exact,县级56人"),
    "identity_still_contradicts": edit(INSTITUTIONS, "151,名,exact,151名", "135,名,exact,135名"),
    "identity_term_finds_one_fact": edit("identity_terms.csv", "staff_authorised,农技推广,县级", "staff_authorised,农技推广,市级"),
    # --- before and after ---
    "before_is_not_later_than_after": edit(INSTITUTIONS, "before,2020,36", "before,2023,36"),
    "before_plus_change_is_after": edit(INSTITUTIONS, "-14,个,exact,减少14个", "-13,个,exact,减少13个"),
    "change_has_no_plan": tamper(
        "mart.institution_change",
        "update mart.institution_change set fact_ids = fact_ids || ',' || (select min(fact_id) from core.fact where phase = 'plan')",
    ),
    "stated_percent_fits_counts": add(
        INSTITUTIONS,
        fact(ref_area="140930", indicator="party_gov_bodies_change_pct", phase="change", time_period="2022-08", obs_value=38.9,
             unit_measure="%", scope="党政机构", source_id="weekly2022"),
        CUT,
    ),
    # --- delegation ---
    "accepted_within_catalogue": edit(TOWNS, "138,项,exact,138项", "186,项,exact,186项"),
    "delegation_within_one_catalogue": tamper(
        "mart.delegation", "update mart.delegation set catalogue = '别的目录' where ref_area = 'huangbu'"
    ),
    "merged_towns_add_up": tamper("mart.delegation_merged", "update mart.delegation_merged set accepted = accepted + 1"),
    "no_illustrative_in_aggregates": tamper(
        "mart.delegation_merged", "update core.ref_area set illustrative = true where ref_area = 'huangbu'"
    ),
    # --- staffing ---
    "fill_rate_is_plausible": edit(EXTENSION, "183,人,exact,实有183人", "1830,人,exact,实有1830人"),
    "fill_rate_needs_matching_scope": tamper("mart.staffing", "update mart.staffing set scope = '含离退休' where scope = '在职在编'"),
    "fill_rate_needs_ten_posts": tamper("mart.staffing", "update mart.staffing set fill_rate = 75 where post_type = '工勤'"),
    "internal_stays_marked": tamper("mart.staff_structure", "update mart.staff_structure set disclosure = 'public'"),
    "mart_rows_cite_sources": tamper("mart.staffing", "update mart.staffing set source_ids = null where post_type = '工勤'"),
    "shares_make_a_whole": tamper("mart.staff_structure", "update mart.staff_structure set is_partition = true where dimension = 'org_unit'"),
    "staffing_parts_make_total": edit(EXTENSION, "119,人,exact,乡级119人", "109,人,exact,乡级109人"),
    "stated_fill_rate_fits": add(
        EXTENSION,
        fact(indicator="staff_fill_rate", sector="农技推广", obs_value=118, unit_measure="%", scope="在职在编"),
        FILL_RATE,
    ),
    "structure_part_within_base": edit(TOWNSHIP, "11,人,exact,11人", "111,人,exact,111人"),
    # --- ratios ---
    "axis_has_one_level": tamper("mart.population_staff_ratio", "update mart.population_staff_ratio set axis_key = '全部'"),
    "axis_has_one_scope": edit("scopes.csv", UNKNOWN_STAFF + ",供养人员,,全域,,yes", UNKNOWN_STAFF + ",供养人员,,全域,,"),
    "ratio_is_plausible": edit(RATIO, "39000,人,approx,3.9万", "39000000,人,approx,3900万"),
    "ratio_row_is_not_mixed": tamper("mart.population_staff_ratio", "update mart.population_staff_ratio set year = 2018"),
    "ratio_stated_fits_recomputed": edit(RATIO, "22,:1,exact,22:1", "12,:1,exact,12:1"),
    # --- what may share an axis, what may be ranked, and why not ---
    "fact_axis_has_one_meaning": tamper("mart.fact", "update mart.fact set axis_key = indicator"),
    "unclosed_source_gets_no_verdict": tamper("mart.staffing", "update mart.staffing set comparable = true where ref_area = 'xinwan'"),
    "verdict_says_why": tamper("mart.staffing", "update mart.staffing set withheld_zh = null where post_type = '工勤'"),
    "partition_adds_up": tamper(
        "mart.county_size_band", "update mart.county_size_band set counties = counties + 1 where is_partition"
    ),
    # --- size bands ---
    "band_population_fits_counties": add(
        POPULATION,
        fact(ref_area="CN", indicator="population_census", size_band="10万-20万", time_period="2020-11-01", obs_value=1000000,
             unit_measure="人", scope="七普常住", source_id="census2020"),
    ),
    "size_band_is_a_band": edit(POPULATION, "300,个,exact,300个", "206,个,exact,206个"),
    "size_band_is_known": edit(POPULATION, "10万-20万,,point,2020-11", "10-20万,,point,2020-11"),
    "size_band_is_monotone": edit(POPULATION, "0,个,exact,没有", "13,个,exact,13个"),
    # --- measures ---
    "measure_date_is_possible": edit("measures.csv", "140930,2022-08,,month", "140930,2023-08,,month"),
    "measure_is_registered": tamper("core.measure", "update core.measure set measure = 'nothing' where measure = 'merge_bodies'"),
    "mart_measure_drops_nothing": tamper("mart.measure", "delete from mart.measure where measure = 'merge_bodies'"),
}  # fmt: skip

# A check that holds several marts, or several ways to be wrong, is seen to fail for each.
OTHER_FAULTS = {
    "axis_has_one_scope: one axis of two bases": (
        "axis_has_one_scope", tamper("mart.population_staff_ratio", "update mart.population_staff_ratio set axis_key = '全部'")
    ),
    "fact_axis_has_one_meaning: two unstated scopes are not one": (
        "fact_axis_has_one_meaning", tamper("mart.fact", "update mart.fact set axis_key = '同轴' where scope = '事业（范围未注明）'")
    ),
    "unclosed_source_gets_no_verdict: a ratio": (
        "unclosed_source_gets_no_verdict",
        tamper("mart.population_staff_ratio", "update mart.population_staff_ratio set may_rank = true where ref_area = 'xinwan'"),
    ),
    "unclosed_source_gets_no_verdict: a row that does not say so": (
        "unclosed_source_gets_no_verdict", tamper("mart.staffing", "update mart.staffing set unclosed_zh = null")
    ),
    "partition_adds_up: posts": (
        "partition_adds_up", tamper("mart.staffing", "update mart.staffing set actual = actual + 1 where post_type = '工勤'")
    ),
} | {
    f"verdict_says_why: {mart}": ("verdict_says_why", tamper(f"mart.{mart}", f"update mart.{mart} set withheld_zh = {words}"))
    for mart, words in (
        ("fact", "'没有理由的理由'"), ("population_staff_ratio", "null"), ("institution_change", "null"), ("delegation", "'理由'"),
        ("delegation_merged", "null"), ("county_size_band", "'理由'"), ("staff_structure", "null"),
    )
}  # fmt: skip


def test_every_check_has_a_planted_fault_and_every_fault_a_check():
    assert set(FAULTS) == set(CHECKS)


@pytest.mark.slow
@pytest.mark.parametrize("check", FAULTS)
def test_a_check_catches_its_fault(check: str, tmp_path: Path):
    with pytest.raises(BrokenPromise) as broken:
        run(CHECKS[check], FAULTS[check], tmp_path)
    (result,) = broken.value.broken
    assert result.check_id == check
    assert result.offending_rows > 0
    assert result.sample


@pytest.mark.slow
@pytest.mark.parametrize(("check", "fault"), OTHER_FAULTS.values(), ids=OTHER_FAULTS.keys())
def test_a_check_catches_its_other_faults(check: str, fault: Fault, tmp_path: Path):
    with pytest.raises(BrokenPromise):
        run(CHECKS[check], fault, tmp_path)


def test_the_sound_fixture_breaks_no_promise(warehouse: Path):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute("select check_id, status from quality.check_result order by check_id").fetchall()
    assert rows == [(check, "passed") for check in CHECKS]


EVERY_ROW_WITH_EVERY_ROW = ("NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "CROSS_PRODUCT")


@pytest.mark.parametrize("check", sorted(CHECKS.keys() - {"fact_counts_add_up"}))  # two sums with one count
def test_no_check_holds_every_row_against_every_row(check: str, warehouse: Path):
    """Of a whole country of townships such a check does not end: its joins need an equality."""
    sql = CHECKS[check].read_text(encoding="utf-8")
    if "raw." in sql or "staging." in sql:
        pytest.skip("reads what lives during a build only: registries, of some hundred rows")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as built (read_only); use built")
        ((_, plan),) = connection.execute(f"explain (format json) {sql}").fetchall()
    assert not [operator for operator in EVERY_ROW_WITH_EVERY_ROW if operator in plan]
