"""exports/charts/: every registered chart as PNG, SVG and CSV, and an index page that opens without a server."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from dashboard.cards.selection import Selection
from dashboard.cards.shown import NothingToExportError, shown
from dashboard.charts import CHARTS, Chart
from dashboard.paper.csv import chart_csv
from dashboard.paper.plate import Wish, plate
from dashboard.paper.studio import Studio
from dashboard.themes.compare.start import EXAMPLES
from dashboard.warehouse import Warehouse

_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>图表一览</title><style>
body{{font-family:"Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d2733}}
ul{{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:1.5rem;list-style:none;padding:0}}
li{{border:1px solid #e1e6eb;border-radius:.5rem;padding:1rem}}img{{width:100%;height:16rem;object-fit:contain;object-position:top}}
h2{{font-size:1rem}}p{{color:#51606e;font-size:.875rem}}a{{margin-right:1rem;color:#2f5d8a}}</style></head>
<body><h1>图表一览</h1><p>数据版本 {build}。图片内已含图题、单位、注和资料来源；数据为 UTF-8（带 BOM）CSV。</p><ul>
{entries}</ul></body></html>
"""
# A card that shows every place until some are chosen is no picture for a page: the first example of its page stands in.
_EXAMPLES = {"compare-places": EXAMPLES[0].selection}


@dataclass(frozen=True, kw_only=True)
class Made:
    """A chart as it was written; a chart without a drawing has its rows only."""

    chart: Chart
    title: str
    alt: str
    pictured: bool


def make_gallery(db: Warehouse, studio: Studio, folder: Path, told: Callable[[str], None]) -> list[Made]:
    """Write every chart and the index page into `folder`; `told` hears the title of each as it begins."""
    made = []
    with db.pinned() as build:
        for chart in CHARTS.values():
            told(chart.question)
            made.append(_make(db, studio, chart, folder))
        listed = [one for one in made if one is not None]
        (folder / "index.html").write_text(_index(listed, build.build_id), encoding="utf-8")
    return listed


def _make(db: Warehouse, studio: Studio, chart: Chart, folder: Path) -> Made | None:
    selection = _EXAMPLES.get(chart.id, Selection())
    card = shown(db, chart, selection)
    if card.empty:
        return None
    (folder / f"{chart.id}.csv").write_bytes(chart_csv(db, card))
    try:
        described = plate(db, card, Wish())
    except NothingToExportError:
        return Made(chart=chart, title=chart.question, alt="", pictured=False)
    picture = studio.draw(described)
    (folder / f"{chart.id}.png").write_bytes(picture.png)
    (folder / f"{chart.id}.svg").write_text(picture.svg, encoding="utf-8")
    return Made(chart=chart, title=described.title, alt=described.alt, pictured=True)


def _index(made: Sequence[Made], build: str) -> str:
    return _PAGE.format(build=escape(build), entries="\n".join(map(_entry, made)))


def _entry(made: Made) -> str:
    name = escape(made.chart.id)
    endings = (["png", "svg"] if made.pictured else []) + ["csv"]
    links = "".join(f'<a href="{name}.{ending}">{ending.upper()}</a>' for ending in endings)
    picture = f'<a href="{name}.png"><img src="{name}.png" alt="{escape(made.alt)}" loading="lazy"></a>' if made.pictured else ""
    return f"<li>{picture}<h2>{escape(made.title)}</h2><p>{escape(made.chart.question)}</p>{links}</li>"
