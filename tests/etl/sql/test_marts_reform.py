"""Reform, structure, conflicts, bands and citations against answers worked out by hand."""

from pathlib import Path

import duckdb
import pytest

from tests.etl.planting import Fault, fact
from tests.etl.sql.test_marts import INSTITUTIONS, add, after, edit


@pytest.fixture
def ask(warehouse: Path):
    """Rows of a query on the sound fixture."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


# --- before and after ---

CHANGE = """select scope, before, after, change, change_pct, before_basis, after_basis, change_basis from mart.institution_change
    where ref_area = '140930' and indicator = """
HEQU = {"ref_area": "140930", "unit_measure": "个", "source_id": "weekly2022"}


def test_before_change_and_after_of_one_scope_stand_in_one_row(ask):
    pct = pytest.approx(-14 / 36 * 100)
    assert ask(CHANGE + "'party_gov_bodies'") == [("党政机构", 36, 22, -14, pct, "stated", "stated", "stated")]


def test_two_scopes_of_posts_never_meet(ask):
    rows = ask(CHANGE + "'leadership_posts' order by before")
    assert [row[:4] for row in rows] == [("科级职数", 135, 114, -21), ("党政群职数", 151, 128, -23)]


def test_before_and_after_of_different_scopes_give_no_change(tmp_path: Path):
    fault = edit(INSTITUTIONS, "114,名,exact,114名,科级职数", "114,名,exact,114名,党政机构")
    rows = after(fault, CHANGE + "'leadership_posts' and scope <> '党政群职数' order by before", tmp_path)
    assert [row[1:4] for row in rows] == [(135, None, None), (None, 114, None)]


def test_a_missing_third_is_computed_and_says_so(tmp_path: Path):
    fault = edit(
        INSTITUTIONS, "before,2020,36,个,exact,36个精简为22个,党政机构", "before,2020,36,个,exact,36个精简为22个,党政群职数"
    )
    rows = after(fault, CHANGE + "'party_gov_bodies' and scope = '党政机构'", tmp_path)
    assert rows[0][1:4] == (36, 22, -14)
    assert rows[0][5:] == ("computed", "stated", "stated")


def test_bounds_are_not_subtracted(tmp_path: Path):
    lines = fact(indicator="agencies", phase="before", time_period="2020", obs_value=60, precision="at_least", as_stated="60多个",
                 scope="党政机构", **HEQU)  # fmt: skip
    lines += fact(indicator="agencies", phase="after", time_period="2022", obs_value=20, scope="党政机构", **HEQU)
    rows = after(add(institutions=lines), CHANGE + "'agencies'", tmp_path)
    assert rows == [("党政机构", 60, 20, None, None, "stated", "stated", None)]


@pytest.mark.parametrize(("slug", "indicator"), [("agencies_change_pct", "agencies"), ("rules_change_pct", "rules_change_pct")])
def test_a_stated_percentage_stands_also_without_counts(tmp_path: Path, slug: str, indicator: str):
    block = f'\n[{slug}]\nname_zh = "变化率"\nname_en = "cut"\nunit_measure = "%"\ndefinition_zh = "变化率"\n'
    block += 'direction = "neutral"\nkind = "ratio"\ndecimals = 0\ntheme = "institutions"\n'
    line = fact(
        **HEQU | {"unit_measure": "%"}, indicator=slug, phase="change", time_period="2022", obs_value=-31, scope="党政机构"
    )
    fault = Fault(lines={"indicators.toml": block, INSTITUTIONS: line})
    sql = f"select before, change, change_pct_stated from mart.institution_change where indicator = '{indicator}'"
    assert after(fault, sql, tmp_path) == [(None, None, -31)]


# --- who is preferred, and what is in conflict ---

CLAIMS = """select source_id, preferred from mart.fact where ref_area = '140930' and indicator = 'party_gov_bodies'
    and phase = 'after' order by source_id"""
FOUND = "select topic_id, obs_value, standing, rule_zh from mart.conflict where starts_with(topic_id, 'auto-') order by obs_value"


def test_the_better_grade_is_preferred_and_the_other_claim_kept(ask):
    assert ask(CLAIMS) == [("mirror2022", False), ("weekly2022", True)]
    (shown, other) = ask(FOUND)
    assert shown[1:] == (22, "shown", "来源等级：取等级较高者")
    assert other[1:] == (23, "kept", "来源等级：取等级较高者")


@pytest.mark.parametrize(
    ("grade", "precision", "published", "rule"),
    [
        ("B", "approx", "2023-01", "精确程度：取说法较精确者"),
        ("B", "exact", "2022-10", "发布时间：取发布较新者"),
        ("B", "exact", "2022-09-26", "等级、精度、发布时间都相同：按事实编号固定取一"),
    ],
)
def test_the_order_goes_on_to_precision_date_and_id(tmp_path: Path, grade: str, precision: str, published: str, rule: str):
    fault = Fault(
        edits=(
            ("sources.csv", "某门户网站,2022-10,https://example.org/mirror,,C", f"某门户网站,{published},https://example.org/mirror,,{grade}"),
            (INSTITUTIONS, "23,个,exact,23个", f"26,个,{precision},26个"),
        )
    )  # fmt: skip
    rows = after(fault, FOUND, tmp_path)
    assert [row[3] for row in rows] == [rule, rule]
    assert [row[2] for row in rows].count("shown") == 1


def test_a_public_fact_is_preferred_to_an_internal_one_of_better_grade(tmp_path: Path):
    fault = edit(INSTITUTIONS, "after,2022-08,22,个,exact,36个精简为22个,党政机构,weekly2022,正文,,",
                 "after,2022-08,22,个,exact,36个精简为22个,党政机构,weekly2022,正文,internal,")  # fmt: skip
    assert after(fault, CLAIMS, tmp_path) == [("mirror2022", True), ("weekly2022", False)]


def test_intervals_that_meet_are_no_conflict(tmp_path: Path):
    line = fact(ref_area="140930", indicator="population_census", time_period="2020", obs_value=124000, unit_measure="人",
                precision="approx", as_stated="12.4万", scope="七普常住", source_id="mirror2022")  # fmt: skip
    assert len(after(add(population=line), FOUND, tmp_path)) == 2
    (tmp_path / "again").mkdir()
    line = line.replace("124000", "144000").replace("12.4万", "14.4万")
    assert len(after(add(population=line), FOUND, tmp_path / "again")) == 4


def test_a_declared_conflict_across_scopes_replaces_nothing(ask):
    rows = ask("select scope, shown, standing, rule_zh from mart.conflict where topic_id = 'small-counties' order by scope")
    rule = "口径不同，分列展示，不互相替代"
    assert rows == [("七普常住", True, "beside", rule), ("户籍人口", False, "beside", rule)]


def test_a_declared_conflict_is_settled_phase_by_phase(ask):
    rows = ask(
        "select phase, count(*), count(*) filter (where shown) from mart.conflict where topic_id = 'hequ-posts' group by phase"
    )
    assert sorted(rows) == [("after", 2, 1), ("before", 2, 1)]


# --- structure, bands, identities, timeline, citation ---


def test_parts_without_a_stated_total_have_their_sum_as_base(ask):
    rows = ask("select dimension, sum(persons), max(base), sum(share), bool_and(is_partition) from mart.staff_structure"
               " where post_type = '行政和工勤' group by dimension order by dimension")  # fmt: skip
    assert rows == [("age_band", 32, 32, pytest.approx(100), True), ("education", 32, 32, pytest.approx(100), True)]


def test_parts_of_a_stated_total_are_shares_of_it_and_not_a_whole(ask):
    rows = ask(
        "select category, persons, share, base_basis, is_partition from mart.staff_structure where dimension = 'org_unit' order by 2"
    )
    assert rows == [("文化服务中心", 0, 0, "stated", False), ("农业服务中心", 11, pytest.approx(1100 / 32), "stated", False)]


def test_a_part_with_posts_but_no_headcount_leaves_no_base(tmp_path: Path):
    lines = "".join(
        fact(
            ref_area="huanglou",
            indicator=indicator,
            org_unit=unit,
            post_type="事业",
            obs_value=20,
            unit_measure=measure,
            scope=scope,
        )
        for indicator, measure, scope, units in (
            ("staff_actual", "人", "在职在编", "甲乙"),
            ("staff_authorised", "名", "编制", "甲乙丙"),
        )
        for unit in units
    )
    sql = "select persons, base, share from mart.staff_structure where ref_area = 'huanglou'"
    assert after(add(township=lines), sql, tmp_path) == [(20, None, None)] * 2


def test_bands_and_cumulative_counts_are_told_apart(ask):
    rows = ask("select size_band, band_kind, population_basis, counties from mart.county_size_band where ref_area = 'CN'"
               " order by population_basis, band_order")  # fmt: skip
    assert rows == [
        ("<10万", "fewer_than", "七普", 246), ("10万-20万", "band", "七普", 300), ("<20万", "fewer_than", "七普", 546),
        ("<20万", "fewer_than", "户籍", 434),
    ]  # fmt: skip


def test_a_share_of_counties_needs_a_total_of_the_same_scope(tmp_path: Path):
    line = fact(ref_area="CN", indicator="county_count", time_period="2020", obs_value=1874, unit_measure="个", scope="七普常住",
                source_id="weekly2022")  # fmt: skip
    sql = "select counties, share, source_ids from mart.county_size_band where ref_area = 'CN' and size_band = '<20万' order by 1"
    rows = after(add(population=line), sql, tmp_path)
    assert rows == [(434, None, "xiaokang2023"), (546, pytest.approx(546 / 18.74), "census2020,weekly2022")]


def test_bands_that_do_not_overlap_are_shares_of_their_sum(tmp_path: Path):
    common = {"ref_area": "410000", "time_period": "2020", "unit_measure": "个", "scope": "七普常住", "indicator": "county_count"}
    lines = "".join(fact(size_band=band, obs_value=n, **common) for band, n in (("<5万", 1), ("5万-10万", 3), ("≥100万", 4)))
    sql = "select counties, base, base_basis, share from mart.county_size_band where ref_area = '410000' order by band_order"
    assert after(add(population=lines), sql, tmp_path) == [(1, 8, "summed", 12.5), (3, 8, "summed", 37.5), (4, 8, "summed", 50)]
    (tmp_path / "again").mkdir()
    lines += fact(size_band="<10万", obs_value=4, **common)
    assert [row[1] for row in after(add(population=lines), sql, tmp_path / "again")] == [None] * 4


def test_identities_hold_round_or_contradict_as_the_facts_say(ask):
    outcomes = dict(ask("select identity_id, outcome from mart.identity_balance"))
    assert outcomes == {
        "lushan-authorised": "holds", "accepted-within-catalogue": "holds", "hequ-change": "holds", "anon-ratio": "rounds",
        "hequ-posts": "contradicts", "scope-note": "note", "xinwan-authorised": "contradicts",
    }  # fmt: skip


def test_the_timeline_names_kind_and_source(ask):
    rows = ask("select date, kind_zh, source_title from mart.timeline where ref_area = '140930' order by date")
    assert rows == [("2020-04", "确定试点", "山西河曲的“小县大改革”"), ("2022-08-31", "完成", "山西河曲的“小县大改革”")]


def test_a_citation_can_stand_under_a_figure(ask):
    cited = dict(ask("select source_id, citation_zh from mart.citation"))
    assert cited["weekly2022"] == "《山西河曲的“小县大改革”》，中国新闻周刊，2022-09-26，https://example.org/weekly，转引"
    assert cited["census2020"] == "《中国人口普查分县资料—2020》，国家统计局，2022，ISBN"
    assert cited["zhangdian2019"].endswith("鲁山县委编办，2019-06")


def test_a_title_of_ours_is_marked_and_not_quoted(ask):
    # A column says so, no longer a mark inside the title, so that titles are what was printed and nothing else.
    assert ask("select citation_zh from mart.citation where source_id = 'exam2022'")[0][0].startswith(
        "申论试卷给定资料（标题为本库所拟），"
    )


def test_places_without_facts_and_illustrative_ones_change_nothing(ask):
    assert ask("select count(*) from mart.fact where ref_area = '140926'") == [(0,)]
    assert ask("select illustrative, preferred from mart.fact where ref_area = 'exam-y'") == [(True, True)]
    assert ask("select count(*) from mart.conflict where ref_area = 'exam-y'") == [(0,)]


def test_internal_facts_are_marked_in_every_mart_that_uses_them(ask):
    assert ask("select category, disclosure from mart.staff_structure where dimension = 'category'") == [("退休", "internal")]
