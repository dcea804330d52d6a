"""The registry of charts: a theme is what one page shows, in reading order. Adding a chart is one entry in its theme's charts.py."""

from dashboard.cards.chart import Chart, Column, Headline
from dashboard.themes.area import charts as area
from dashboard.themes.compare import charts as compare
from dashboard.themes.data import charts as data
from dashboard.themes.extension import charts as extension
from dashboard.themes.mine import charts as mine
from dashboard.themes.overview import charts as overview
from dashboard.themes.ratio import charts as ratio
from dashboard.themes.small_counties import charts as small_counties
from dashboard.themes.towns import charts as towns
from dashboard.themes.township import charts as township

THEMES: dict[str, tuple[Chart, ...]] = {
    "overview": overview.CHARTS,
    "mine": mine.CHARTS,
    "ratio": ratio.CHARTS,
    "small_counties": small_counties.CHARTS,
    "towns": towns.CHARTS,
    "extension": extension.CHARTS,
    "township": township.CHARTS,
    "compare": compare.CHARTS,
    "area": area.CHARTS,
    "data": data.CHARTS,
}
HEADLINES: tuple[Headline, ...] = overview.HEADLINES
CHARTS: dict[str, Chart] = {chart.id: chart for charts in THEMES.values() for chart in charts}

__all__ = ["CHARTS", "HEADLINES", "THEMES", "Chart", "Column", "Headline"]
