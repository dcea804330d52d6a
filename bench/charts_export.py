"""Twenty charts as PNG and SVG: one browser kept open, as `make charts` does it, against a fresh browser for each chart."""

import itertools
import os
import time
from collections.abc import Callable, Sequence

from bench.report import Line, say, tell
from dashboard.cards.selection import Selection
from dashboard.cards.shown import NothingToExportError, shown
from dashboard.charts import CHARTS
from dashboard.paper.plate import Plate, plate
from dashboard.paper.studio import studio
from dashboard.settings import Settings
from dashboard.warehouse import Warehouse

NAME = "图表导出"
BUDGET = "20 张图的 PNG 与 SVG：不超过每张图新开一个浏览器所用时间的 1/4"
CHARTS_MEASURED = 20
SHARE = 0.25


def main() -> int:
    plates = _plates()
    say(f"一个浏览器画 {len(plates)} 张 …")
    kept = _timed(lambda: _kept_open(plates))
    say(f"每张新开一个浏览器，{len(plates)} 张 …")
    fresh = _timed(lambda: _fresh_each(plates))
    measured = f"{kept:.1f} 秒，每张新开浏览器 {fresh:.1f} 秒，比值 {kept / fresh:.2f}"
    return tell(
        [Line(item=f"{len(plates)} 张图导出 PNG 与 SVG", measured=measured, budget="比值 ≤ 0.25", kept=kept <= SHARE * fresh)]
    )


def _plates() -> list[Plate]:
    """Plates of the first charts that have a drawing; describing them is no part of what is measured."""
    db = Warehouse(Settings.from_environment().warehouse)
    found = []
    for chart in CHARTS.values():
        try:
            found.append(plate(db, shown(db, chart, Selection())))
        except NothingToExportError:
            continue
    return list(itertools.islice(found, CHARTS_MEASURED))


def _kept_open(plates: Sequence[Plate]) -> None:
    with studio() as opened:
        for described in plates:
            opened.draw(described)


def _fresh_each(plates: Sequence[Plate]) -> None:
    for described in plates:
        with studio() as opened:
            opened.draw(described)


def _timed(run: Callable[[], None]) -> float:
    started = time.monotonic()
    run()
    return time.monotonic() - started


if __name__ == "__main__":
    ended = main()
    os._exit(ended)  # DuckDB's binding would print pages of harmless warnings at exit
