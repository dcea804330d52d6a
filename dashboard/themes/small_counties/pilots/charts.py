"""试点一览: one row a pilot county. A table and no drawing: its cells differ in scope, so no axis could hold them."""

from dataclasses import replace

import polars as pl

from dashboard.cards.chart import Chart, Column
from dashboard.language import words
from dashboard.themes.small_counties.pilots import rows as queries
from dashboard.themes.small_counties.pilots import sentences as findings
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import codes

# Kinds of status that are no kinds of event: what follows the date.
_OTHER_KINDS = {queries.PUBLISHED: "公布改革后数", queries.REPORTED: "有做法报道"}
_TOLD_BY_TITLE = "status_reported"  # the kind says only that something was said; the title says what


def with_words(rows: pl.DataFrame, db: Warehouse) -> pl.DataFrame:
    """Rows as the table has them: what nobody published is named, and the status is in words."""
    kinds = dict(codes(db)["event_kind"]) | _OTHER_KINDS
    status = [
        words.NOT_PUBLISHED if kind is None else f"{words.date(date)}{title if kind == _TOLD_BY_TITLE else kinds[kind]}"
        for kind, date, title in rows.select("status_kind", "status_date", "status_title").iter_rows()
    ]
    return rows.with_columns(pl.col(*queries.CELLS).fill_null(words.NOT_PUBLISHED), pl.Series("status", status, pl.String))


def _notes(rows: pl.DataFrame, doubts: tuple[str, ...] = ("doubts", "doubts_of_people")) -> tuple[str, ...]:
    """How to read the cells, and every doubt about those that are shown."""
    return (
        "箭头左边是改革前，右边是改革后。",
        "按批次和行政区划代码排列，不是名次；各县只看自己的前后，不作县际比较。",
        "党政机构为实设数，事业单位、事业编制只计涉改部分（除学校、医院）；范围不同的在格内写明。",
        "〔〕内为推算值；来源只给比例的只写比例；“未公布”不是零，也不等于没有改。",
        *(doubt for name in doubts for listed in rows[name].to_list() for doubt in listed),
    )


_COLUMNS = (
    Column("area_name", "试点", "place"),
    Column("cohort", "批次", fact_ids="batch_fact_ids", beside="试点"),
    Column("named", "确定试点", "period"),
    Column("bodies", "党政机构", fact_ids="bodies_fact_ids"),
    Column("institutions", "事业单位", fact_ids="institutions_fact_ids"),
    Column("posts", "事业编制", fact_ids="posts_fact_ids"),
    Column("over", "超编消化", fact_ids="over_fact_ids", beside="事业编制"),
    Column("ratio", "财政供养比", fact_ids="ratio_fact_ids"),
    Column("status", "状态"),
)
_SHORT = frozenset({"area_name", "cohort", "bodies", "institutions", "posts", "status"})

PILOTS_TABLE = Chart(
    id="small-counties-pilots",
    question="各个试点改了多少，走到了哪一步？",
    title="人口小县机构改革试点改革前后一览",
    unit="",
    computed=True,
    wide=True,
    rows=lambda db, _chosen: with_words(queries.pilots(db), db),
    finding=findings.all_pilots,
    note=_notes,
    columns=_COLUMNS,
)
SHORT_TABLE = replace(
    PILOTS_TABLE,
    question="最早的试点各改了多少？",
    title="人口小县机构改革最早试点改革前后一览",
    rows=lambda db, _chosen: with_words(queries.first_batches(db), db),
    finding=findings.first_batches,
    note=lambda rows: _notes(rows, ("doubts",)),
    columns=tuple(column for column in _COLUMNS if column.name in _SHORT),
    more=("看全部试点 →", "/small-counties"),
)
