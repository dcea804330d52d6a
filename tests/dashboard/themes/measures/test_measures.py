"""What places did: counted once a place, what is only planned in no count, every mark and number open to its statements."""

from typing import Any

import polars as pl

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.themes.measures import rows as queries
from dashboard.themes.measures import sentences as findings
from dashboard.web.drawer import NONE_FOUND, facts_shown
from tests.dashboard.themes.frames import Frames


def statement(area: str, measure: str, *, proposed: bool = False, counted_as: str = "", **more: Any) -> dict[str, Any]:
    return {
        "measure_id": f"M{area}{measure}{proposed}", "ref_area": area, "area_name": area, "area_level": "county", "cohort": None,
        "cohort_role": None, "counted_as": counted_as or area, "measure": measure, "measure_zh": measure, "measure_order": ord(measure[0]),
        "proposed": proposed, "date": "2022", "date_end": None, "period_start": None, "statement_zh": f"{area}{measure}",
        "source_id": "s1", "illustrative": False, "url": None, "locator": "某报",
    } | more  # fmt: skip


def tables(*rows: dict[str, Any]) -> Frames:
    area = {"level": "county", "cohort": None}
    return Frames(
        mart__measure=list(rows),
        core__ref_area=[
            area | {"ref_area": "a", "name_zh": "甲县", "cohort": "某试点"}, area | {"ref_area": "b", "name_zh": "乙县"},
            area | {"ref_area": "CN", "name_zh": "全国", "level": "nation"},
        ],
        core__cohort=[{"cohort": "某试点", "role": "pilot", "position": 1}],
    )  # fmt: skip


def test_an_unnamed_place_counts_as_the_one_that_it_is_and_a_plan_as_nothing():
    db = tables(
        statement("a", "甲"), statement("anon", "甲", counted_as="a"), statement("b", "甲", proposed=True), statement("b", "乙"),
        statement("CN", "乙"),
    )  # fmt: skip
    first, second = queries.by_kind(db).to_dicts()
    assert (first["measure"], first["places"], first["pilots"], first["others"], first["planned"]) == ("乙", 1, "", "乙县", "")
    assert (second["measure"], second["places"], second["pilots"], second["others"], second["planned"]) == (
        "甲",
        1,
        "甲县",
        "",
        "乙县",
    )
    assert second["measure_ids"] == "Manon甲False,Ma甲False"
    assert second["planned_ids"] == "Mb甲True"
    assert findings.kinds(queries.by_kind(db)).plain().startswith("来源写到做法的地区（n＝2）中，最多的是乙1个、甲1个")


def test_the_list_of_a_place_holds_what_was_said_of_it_without_its_name():
    db = tables(statement("a", "甲"), statement("anon", "乙", counted_as="a"), statement("b", "甲"))
    assert queries.of_place(db, "a")["statement_zh"].to_list() == ["anon乙", "a甲"]
    assert queries.of_place(db, "anon")["area_name"].to_list() == ["甲县"]
    assert queries.of_place(db, "nowhere").is_empty()


def test_pilots_and_what_most_of_them_did(shipped):
    rows = CHARTS["small-counties-measures"].rows(shipped, Selection())
    assert rows["ref_area"].unique(maintain_order=True).to_list()[:2] == ["140930", "141027"]
    said = CHARTS["small-counties-measures"].finding(rows).plain()
    assert (
        said == "来源写到做法的试点（n＝15）中，最多的是机构整合10个、编制精简7个、领导兼任7个；另有1项是计划或征求意见，不计。"
    )
    hequ = rows.filter(pl.col("ref_area") == "140930")
    assert hequ["period_start"].drop_nulls().is_sorted()


def test_a_place_without_statements_says_that_this_is_not_the_same_as_none(shipped):
    chart = CHARTS["area-measures"]
    assert chart.rows(shipped, Selection(places=("411525",))).is_empty()
    assert chart.empty.endswith("不等于没有做。")


def test_the_drawer_shows_statements_with_their_sources_and_marks_plans(shipped):
    rows = CHARTS["small-counties-measures"].rows(shipped, Selection())
    [planned] = rows.filter("proposed").to_dicts()
    said = str(facts_shown(shipped, planned["measure_ids"]))
    assert planned["statement_zh"] in said
    assert planned["source_title"] in said
    assert "计划或征求意见" in said
    assert facts_shown(shipped, "M0000000000") == NONE_FOUND
