"""Tables as they are printed, and the workbook: numbers as numbers, texts as texts, sources beside them."""

import io

import openpyxl
import polars as pl
import pytest

from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS, Chart, Column
from dashboard.language.sentence import NOTHING_PUBLISHED
from dashboard.paper.csv import chart_csv
from dashboard.paper.tables import MOST_UPRIGHT, SetColumn, SetTable, folded, inexact, rough, set_table
from dashboard.paper.word_table import column_widths
from dashboard.paper.xlsx import chart_xlsx
from etl.stamps import read_stamp

NASTY = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "http://example.org", "\t=1")


def chart_of(rows, *columns):
    return Chart(
        id="towns-take-up", question="问？", title="题", rows=lambda _db, _chosen: rows, finding=lambda _rows: NOTHING_PUBLISHED,
        note=lambda _rows: ("注一。",), columns=columns,
    )  # fmt: skip


def test_a_shared_unit_leaves_the_headers_and_decimals_stand_below_each_other():
    rows = pl.DataFrame(
        {"name": ["甲", "乙", None], "before": [36, 35, 1], "after": [22, None, 1], "change": [-38.888, None, 0.0]}
    )
    columns = (
        Column("name", "地区", "place"),
        Column("before", "改革前（个）", "count"),
        Column("after", "改革后（个）", "count"),
        Column("change", "变化（%）", "percent"),
    )
    table = set_table(chart_of(rows, *columns), rows)
    assert table.unit == "个"
    assert table.header == ("地区", "改革前", "改革后", "变化（%）")
    assert table.rows == [("甲", "36", "22", "−38.9"), ("乙", "35", "未公布", "未公布"), ("—", "1", "1", "0.0")]
    assert [column.numeric for column in table.columns] == [False, True, True, True]


def test_a_table_of_more_columns_than_a_page_holds_takes_some_into_brackets(shipped):
    rows = CHARTS["ratio-table"].rows(shipped, Selection())
    whole = set_table(CHARTS["ratio-table"], rows)
    table = folded(whole)
    assert table.header == ("地区（范围）", "时点（阶段）", "人口（口径）", "人员（口径）", "供养比（复算）", "说明")
    hequ = table.rows[rows["ref_area"].to_list().index("140930")]
    assert hequ[:2] == ("河曲县（县级）", "2020年（改革前）")
    assert {"全国", "某县（中国青年报，未具名，县级）"} <= set(
        table.columns[0].cells
    )  # nothing said twice, no bracket behind a bracket
    assert "约17:1（不高于17:1，相符）" in table.columns[4].cells
    said = "".join(cell for row in table.rows for cell in row)
    assert all(cell.removesuffix("）") in said for column in whole.columns for cell in column.cells if cell != "—")
    pilots = CHARTS["small-counties-pilots"]
    pilot_rows = pilots.rows(shipped, Selection())
    told = folded(set_table(pilots, pilot_rows))
    assert len(told.columns) <= MOST_UPRIGHT
    fushan = told.rows[pilot_rows["ref_area"].to_list().index("141027")]
    assert "1944→970名（超编消化未公布）" in fushan  # not 970, which was published
    small = SetTable(columns=whole.columns[:MOST_UPRIGHT], unit="")
    assert folded(small) is small


def words_column(*cells):
    return SetColumn(header="题", cells=cells, values=cells, numeric=False)


def test_short_words_stay_whole_and_the_room_goes_where_rows_are_high():
    table = SetTable(
        columns=(
            words_column("改革前", "改革后"), words_column("2017年12月", "2020年"), words_column("1964→659名", "未公布"),
            words_column("长" * 60, "短"), words_column("长" * 20, "短"),
        ), unit="",
    )  # fmt: skip
    widths = column_widths(table, 42 * 10.0, type_pt=10.0)
    assert sum(widths) == pytest.approx(420)
    assert widths[0] >= (3 + 1.2) * 10
    assert widths[1] >= (5.1 + 1.2) * 10
    assert widths[2] >= (5.4 + 1.2) * 10
    assert widths[3] > 2 * widths[4] > 0
    assert max(60 / (widths[3] / 10 - 1.2), 20 / (widths[4] / 10 - 1.2)) < 6  # lines of the first row
    roomy = column_widths(table, 4200.0, type_pt=10.0)
    assert sum(roomy) == pytest.approx(4200)
    tight = column_widths(table, 100.0, type_pt=10.0)  # less than the words need: nothing is lost
    assert sum(tight) == pytest.approx(100)
    assert min(tight) > 0


def test_units_that_differ_stay_in_the_headers():
    rows = pl.DataFrame({"posts": [143], "people": [183]})
    table = set_table(chart_of(rows, Column("posts", "编制（名）", "count"), Column("people", "实有（人）", "count")), rows)
    assert (table.unit, table.header) == ("", ("编制（名）", "实有（人）"))


def test_a_share_beside_numbers_of_other_units_is_not_the_unit_of_the_table():
    rows = pl.DataFrame({"before": [36, 1964], "unit": ["个", "名"], "change": [-38.9, -66.4]})
    columns = (Column("before", "改革前", "number"), Column("unit", "单位"), Column("change", "变化（%）", "percent"))
    table = set_table(chart_of(rows, *columns), rows)
    assert (table.unit, table.header) == ("", ("改革前", "单位", "变化（%）"))


@pytest.mark.parametrize(
    ("chart_id", "wanted"), [("small-counties-counts", {"400多", "434"}), ("towns-duties", {"约140", "约80", "117"})]
)
def test_about_and_over_are_said_in_tables_workbooks_and_csv(shipped, chart_id, wanted):
    chart = CHARTS[chart_id]
    rows = chart.rows(shipped, Selection())
    cells = {cell for row in set_table(chart, rows, inexact(shipped, rows)).rows for cell in row}
    assert wanted <= cells
    in_words = {cell for cell in wanted if not cell.isdigit()}
    book = openpyxl.load_workbook(io.BytesIO(chart_xlsx(shipped, shown(shipped, chart, Selection()))))["数据"]
    for said in (str(list(book.values)), chart_csv(shipped, shown(shipped, chart, Selection())).decode()):
        assert "约数" in said
        assert all(f"：{cell}" in said for cell in in_words)


def test_missing_words_are_no_unpublished_numbers(shipped):
    rows = pl.DataFrame({"name": [None], "n": [None], "fact_ids": [""], "source_ids": [""]}, schema_overrides={"name": pl.String})
    body = chart_csv(
        shipped, shown(shipped, chart_of(rows, Column("name", "阶段"), Column("n", "数（个）", "count")), Selection())
    )
    assert body.decode("utf-8-sig").splitlines()[1].startswith("—,未公布,")


def test_a_column_that_says_nothing_is_left_out():
    rows = pl.DataFrame(
        {"name": ["甲"], "phase": [None], "n": [1]}, schema={"name": pl.String, "phase": pl.String, "n": pl.Int64}
    )
    table = set_table(chart_of(rows, Column("name", "地区"), Column("phase", "阶段"), Column("n", "数", "count")), rows)
    assert table.header == ("地区", "数")


@pytest.mark.parametrize("chart_id", CHARTS)
def test_no_cell_of_any_table_is_blank(shipped, chart_id):
    table = set_table(CHARTS[chart_id], CHARTS[chart_id].rows(shipped, Selection()))
    assert all(cell.strip() for cells in table.rows for cell in cells)


@pytest.mark.slow
@pytest.mark.parametrize("chart_id", CHARTS)
def test_every_workbook_opens_with_its_sources_and_definitions(shipped, chart_id):
    book = openpyxl.load_workbook(io.BytesIO(chart_xlsx(shipped, shown(shipped, CHARTS[chart_id], Selection()))))
    assert book.sheetnames == ["数据", "来源", "口径与定义", "事实"]
    rows = CHARTS[chart_id].rows(shipped, Selection())
    cited = {source for listed in rows["source_ids"].to_list() for source in listed.split(",") if source}
    listed = [row[0] for row in book["来源"].iter_rows(min_row=2, values_only=True) if row[0]]
    assert set(listed) == cited
    for sheet in book:
        header = [cell for cell in next(sheet.iter_rows(min_row=3 if sheet.title == "数据" else 1, values_only=True)) if cell]
        body = list(
            sheet.iter_rows(
                min_row=4 if sheet.title == "数据" else 2, max_row=sheet.max_row, max_col=len(header), values_only=True
            )
        )
        filled = body[: rows.height] if sheet.title == "数据" else body
        if cited:
            assert all(cell not in {None, ""} for row in filled for cell in row), sheet.title


def test_numbers_are_numbers_and_the_stamp_is_inside(shipped, tmp_path):
    path = tmp_path / "chart.xlsx"
    path.write_bytes(chart_xlsx(shipped, shown(shipped, CHARTS["towns-take-up"], Selection())))
    sheet = openpyxl.load_workbook(path)["数据"]
    assert sheet["C4"].data_type == "n"
    stamp = read_stamp(path)
    assert stamp.build == shipped.build.build_id
    assert stamp.charts == ("towns-take-up",)
    assert len(stamp.facts) == 7


def nasty_rows(shipped):
    some = CHARTS["towns-take-up"].rows(shipped, Selection())
    return pl.DataFrame(
        {"name": NASTY, "fact_ids": [some["fact_ids"][0]] * len(NASTY), "source_ids": [some["source_ids"][0]] * len(NASTY)}
    )


def test_formulas_in_text_cells_are_texts_in_the_workbook(shipped):
    chart = chart_of(nasty_rows(shipped), Column("name", "=标题"))
    sheet = openpyxl.load_workbook(io.BytesIO(chart_xlsx(shipped, shown(shipped, chart, Selection()))))["数据"]
    cells = [sheet.cell(row, 1) for row in range(4, 4 + len(NASTY))]
    assert [cell.data_type for cell in cells] == ["s"] * len(NASTY)
    assert [cell.value for cell in cells] == list(NASTY)
    assert all(cell.hyperlink is None for cell in cells)


def test_formulas_in_text_cells_are_neutralised_in_the_csv_and_it_has_a_bom(shipped):
    chart = chart_of(nasty_rows(shipped), Column("name", "名称"))
    body = chart_csv(shipped, shown(shipped, chart, Selection()))
    assert body.startswith(b"\xef\xbb\xbf")
    for line in body.decode("utf-8-sig").splitlines()[1:]:
        assert not line.lstrip('"').startswith(("=", "+", "-", "@", "\t"))


def test_a_hedged_cut_is_said_as_a_cut():
    rows = pl.DataFrame({"change": [-80.0, -14.0], "fact_ids": ["F1", "F2"]})
    claims = {
        "F1": {"obs_value": -80.0, "unit_measure": "名", "precision": "approx", "as_stated": "近80名"},
        "F2": {"obs_value": -14.0, "unit_measure": "名", "precision": "at_least", "as_stated": "至少14名"},
    }
    table = set_table(chart_of(rows, Column("change", "收回编制（名）", "count")), rows, claims)
    assert list(table.rows) == [("减少近80",), ("减少不少于14",)]
    assert rough(table) == ["收回编制：减少近80", "收回编制：减少不少于14"]


def test_a_spread_stands_in_its_cell_and_among_what_a_plain_number_cannot_say():
    rows = pl.DataFrame({"people": [110000.0, 30000.0, 50.0], "fact_ids": ["F1", "F2", ""]})
    claims = {
        "F1": {"obs_value": 110000.0, "unit_measure": "人", "precision": "approx", "as_stated": "十几万人"},
        "F2": {"obs_value": 30000.0, "unit_measure": "人", "precision": "approx", "as_stated": "3～5万人"},
    }
    table = set_table(chart_of(rows, Column("people", "人口（人）", "count")), rows, claims)
    assert list(table.rows) == [("十几万人",), ("3万～5万人",), ("50",)]
    assert rough(table) == ["人口：十几万人", "人口：3万～5万人", None]
