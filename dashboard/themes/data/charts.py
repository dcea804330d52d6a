"""数据与来源: what the collection rests on. Counts of our own records, so the sentence carries no receipts; a table, since a picture would
have the whole page wait for a third of a megabyte."""

import polars as pl

from dashboard.cards.chart import Chart, Column
from dashboard.language.sentence import Finding, say
from dashboard.language.words import percent
from dashboard.warehouse.catalog import coverage

_GRADES = ("A", "B", "C", "S")


def _finding(rows: pl.DataFrame) -> Finding:
    total = sum(rows["total"].to_list())
    official = percent(sum(rows["A"].to_list()) / total * 100)
    return say(f"共{total}条事实，分属{rows.height}个主题；{official}出自官方发布（A级），其余出自报刊、论文、转载页或用户提供。")


def _grades(rows: pl.DataFrame) -> str:
    """What the letters stand for."""
    first = rows.row(0, named=True)
    meant = [f"{grade}级{first[f'{grade}_zh']}" for grade in _GRADES]
    return f"{'，'.join(meant)}。"


CHARTS: tuple[Chart, ...] = (
    Chart(
        id="data-coverage",
        question="本库的数字从哪里来？",
        title="本库事实的主题与来源等级",
        unit="条",
        rows=lambda db, _chosen: coverage(db),
        finding=_finding,
        note=lambda rows: (
            _grades(rows),
            "依据本库全部事实清点，一条事实只计一次。",
            "来源等级说明出处的可靠程度，不代表数字本身已经核实。",
        ),
        columns=(
            Column("theme", "主题"),
            Column("A", "A级", "count"),
            Column("B", "B级", "count"),
            Column("C", "C级", "count"),
            Column("S", "S级", "count"),
            Column("total", "合计", "count"),
        ),
        wide=True,
    ),
)
