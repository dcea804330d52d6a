"""The registry of charts: a theme is what one page shows, in reading order. Adding a chart is one entry in a theme module."""

from __future__ import annotations

from dashboard.charts import area, compare, data, extension, overview, ratio, small_counties, towns, township
from dashboard.charts.chart import Chart, Column, Headline

THEMES: dict[str, tuple[Chart, ...]] = {
    "overview": overview.CHARTS,
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
