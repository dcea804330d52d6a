"""Which ratios stand together, worked out by hand; what they are is the warehouse's business."""

import polars as pl

from dashboard.cards.selection import Selection
from dashboard.themes.ratio import rows as ratio
from dashboard.themes.ratio.charts import CHARTS
from tests.dashboard.themes.frames import Frames

CHART = {chart.id: chart for chart in CHARTS}


def ratio_row(area, value, **more):
    row = {
        "ref_area": area, "area_name": area, "phase": "point", "year": 2020, "axis_key": "常住|在编", "staff_scope": "在编",
        "population_basis": "常住", "scope_coverage": "全域", "obs_value": value, "basis": "stated", "agrees": None, "illustrative": False,
        "fact_ids": area, "source_ids": "s1", "area_level": "nation" if area == "CN" else "county",
    }  # fmt: skip
    return row | more


def read(query, *rows):
    facts = pl.DataFrame(
        schema={"ref_area": pl.String, "indicator": pl.String, "year": pl.Int64, "source_id": pl.String, "obs_value": pl.Float64}
    )
    levels = [
        {"code_list": "level", "code": "county", "name_zh": "县级"},
        {"code_list": "level", "code": "nation", "name_zh": "全国"},
    ]
    return query(Frames(mart__population_staff_ratio=list(rows), mart__fact=facts, core__code=levels))


def test_townships_and_counties_are_never_in_one_answer():
    rows = [
        ratio_row("county", 22.0),
        ratio_row("town", 609.0, scope_coverage="乡镇本级"),
        ratio_row("vague", 5.0, scope_coverage=None),
    ]
    assert read(ratio.county_ratios, *rows)["area_name"].to_list() == ["county", "vague"]
    assert read(ratio.township_ratios, *rows)["area_name"].to_list() == ["town"]


def test_a_ratio_without_a_value_and_material_are_left_out():
    assert read(ratio.every_ratio, ratio_row("zero", None), ratio_row("Y市", 9.0, illustrative=True)).is_empty()


def test_only_the_latest_national_ratio_of_an_axis_and_only_as_stated():
    rows = [
        ratio_row("CN", 67.0, year=1978), ratio_row("CN", 26.0, year=2005), ratio_row("CN", 11.0, basis="recomputed"),
        ratio_row("CN", 20.6, axis_key="另一口径"), ratio_row("county", 22.0, year=2010),
    ]  # fmt: skip
    assert sorted(read(ratio.county_ratios, *rows)["obs_value"]) == [20.6, 22.0, 26.0]
    assert read(ratio.whole_table, *rows)["obs_value"].to_list() == [22.0, 67.0, 26.0, 20.6]
    assert read(ratio.whole_table, *rows)["extent_zh"].to_list() == ["县级", "全国", "全国", "全国"]


def test_the_picture_has_the_leading_pilots_and_the_newest_scope_of_the_nation(shipped):
    rows = CHART["ratio-by-scope"].rows(shipped, Selection())
    assert list(dict.fromkeys(rows["area_name"].to_list())) == ["河曲县", "浮山县", "全国"]
    assert rows.filter(ref_area="CN")["axis_key"].n_unique() == 1
    assert rows.filter(ref_area="CN")["year"].to_list() == [2004, 2020]
    assert rows.filter(area_name="浮山县")["basis"].to_list() == ["stated", "recomputed", "recomputed"]


def test_no_ratio_is_missing_from_the_table_and_one_scope_stands_together(shipped):
    rows = CHART["ratio-table"].rows(shipped, Selection())
    every = ratio.every_ratio(shipped).filter((pl.col("ref_area") != "CN") | (pl.col("basis") != "recomputed"))
    assert sorted(rows["fact_ids"]) == sorted(every["fact_ids"])
    seen = [key for key, before in zip(rows["axis_key"], [None, *rows["axis_key"]], strict=False) if key != before]
    assert len(seen) == len(set(seen))
    assert rows["extent_zh"].unique(maintain_order=True).to_list() == ["县级", "全国", "乡镇本级"]
    [fushan] = rows.filter(area_name="浮山县", population_basis="七普").to_dicts()
    assert (fushan["people"], fushan["payroll"], fushan["said"]) == ("98\u2009833人（七普）", "5906人（口径未注明）", "16.7:1")
    assert rows.filter(area_name="河曲县")["told"].to_list() == ["32:1", "40:1（存疑）"]
    assert "不高于17:1，相符" in rows["checked"].to_list()


def leading(*rows):
    """Who stands in the picture, in order."""
    return read(ratio.pilots_and_nation, *rows)["ref_area"].unique(maintain_order=True).to_list()


def pilot(area, phase="before", **more):
    return ratio_row(area, 20.0, **{"phase": phase, "cohort_role": "pilot", "anonymous": False, "doubt": None} | more)


def test_who_leads_is_a_matter_of_columns_and_not_of_codes():
    rows = [
        pilot("1"), pilot("2"), pilot("2", "after"), pilot("3"), pilot("3", "after", axis_key="另一口径"),
        pilot("4", basis="converted"), pilot("5", cohort_role="ordinary"), pilot("6", area_level="prefecture"),
        pilot("7", anonymous=True), pilot("8", illustrative=True), pilot("CN", cohort_role=None, area_level="nation"),
    ]  # fmt: skip
    assert leading(*rows) == ["2", "1", "3", "CN"]
    many = [pilot(f"1{number}") for number in range(ratio.MOST_LEADING + 2)]
    assert leading(*many, pilot("2"), pilot("2", "after")) == ["2", *(f"1{number}" for number in range(ratio.MOST_LEADING - 1))]


def test_a_tile_and_the_wall_have_the_first_pilot_and_the_newest_ratio_of_the_nation():
    rows = [pilot("1"), pilot("2"), pilot("2", "after", year=2022)]
    rows += [pilot("CN", "point", cohort_role=None, area_level="nation", year=year) for year in (2004, 2020)]
    found = ratio.foremost(read(ratio.pilots_and_nation, *rows))
    assert found.select("ref_area", "year").rows() == [("2", 2020), ("2", 2022), ("CN", 2020)]
    assert found["extent_zh"].to_list() == ["县级", "县级", "全国"]


def axes_of(figure, name):
    """The x axes on which a place has a mark."""
    return {trace["xaxis"] for trace in figure["data"] for text in trace["hovertext"] if text.startswith(name)}


def test_hequ_has_one_axis_before_and_after_and_no_unstated_source_beside_it(shipped):
    rows = CHART["ratio-by-scope"].rows(shipped, Selection())
    draw = CHART["ratio-by-scope"].draw
    assert draw is not None
    figure = draw(rows)
    [axis] = axes_of(figure, "河曲县")
    on_it = {text.split("<br>")[0] for trace in figure["data"] if trace["xaxis"] == axis for text in trace["hovertext"]}
    assert on_it == {"河曲县 改革前", "河曲县 改革后"}
    assert rows.filter(pl.col("axis") == rows.filter(area_name="河曲县")["axis"][0])["area_name"].unique().to_list() == ["河曲县"]


def test_a_doubtful_value_is_an_open_mark_with_its_doubt_beside_it(shipped):
    rows = CHART["ratio-by-scope"].rows(shipped, Selection())
    draw = CHART["ratio-by-scope"].draw
    assert draw is not None
    figure = draw(rows)
    marks = {
        text.split("<br>")[0]: trace["marker"]["color"] == trace["marker"]["line"]["color"]
        for trace in figure["data"]
        for text in trace["hovertext"]
        if text.startswith("河曲县")
    }
    assert marks == {"河曲县 改革前": True, "河曲县 改革后": False}
    said = [text["text"] for text in figure["layout"]["annotations"]]
    assert any("40:1（存疑）" in text for text in said)
    assert "疑为消化超编后的目标值，未证实" in "".join(said).replace("<br>", "")
    assert any("约数或存疑" in text for text in said)


def test_a_township_or_a_prefecture_with_a_wide_payroll_is_no_county(shipped):
    class Moved:
        """The shipped tables, with the counties' ratios as those of a prefecture."""

        def table(self, name, **keys):
            rows = shipped.table(name, **keys)
            return rows.with_columns(pl.lit("prefecture").alias("area_level")) if name == "mart.population_staff_ratio" else rows

    assert set(ratio.whole_table(Moved())["extent_zh"]) == {"地级", "乡镇本级"}
    assert set(ratio.whole_table(shipped)["extent_zh"]) == {"县级", "全国", "乡镇本级"}
