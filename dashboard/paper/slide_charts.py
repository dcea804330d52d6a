"""Charts that PowerPoint and WPS can edit: plain bars of one scope. Everything else goes onto its slide as a picture.

A native bar has no interval, no open end and no second scope, so a chart is native only when it says so (`native`) and every
value is known.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl
from pptx.chart.chart import Chart as PowerPointChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Length, Pt

from dashboard.cards.chart import Chart
from dashboard.drawing.tokens import BLUE, INK, RULE
from dashboard.paper.caption import unit_of
from dashboard.paper.document import Document
from dashboard.paper.slide_parts import set_face
from dashboard.paper.tables import set_table
from vocabulary.characters import fit

_FILLS = (("ffffff", INK), (BLUE.lstrip("#"), BLUE), (RULE.lstrip("#"), RULE))  # fill, outline: told apart on a photocopy


@dataclass(frozen=True, kw_only=True)
class Data:
    """Categories and series with their names, and the unit of all of them."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    stacked: bool
    unit: str


def native_data(chart: Chart, rows: pl.DataFrame) -> Data | None:
    """What a native chart would show; None when the chart has no such form or a value is missing."""
    bars = chart.native
    if bars is None or any(name not in rows.columns or rows[name].null_count() for name in bars.series):
        return None
    columns = {column.name: column for column in chart.columns}
    first = set_table(chart, rows).columns[0].cells
    if len(set(first)) < len(first):
        return None
    named = tuple(
        (columns[name].header.partition("（")[0], tuple(float(value) for value in rows[name].to_list())) for name in bars.series
    )
    units = dict.fromkeys(unit_of(columns[name]) for name in bars.series)
    return Data(categories=first, series=named, stacked=bars.stacked, unit="、".join(filter(None, units)))


def add_chart(slide: Any, data: Data, box: tuple[Length, Length, Length, Length], settings: Document) -> Any:
    """The chart on the slide within (left, top, width, height); gives the frame."""
    content = CategoryChartData(number_format="General")
    content.categories = [fit(name) for name in data.categories]
    for name, values in data.series:
        content.add_series(fit(name), values)
    kind = XL_CHART_TYPE.BAR_STACKED if data.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(kind, *box, content)
    _look(frame.chart, data, settings)
    return frame


def _look(chart: PowerPointChart, data: Data, settings: Document) -> None:
    """Direct labels, no value axis, first category on top, a legend only when there are several series."""
    chart.font.size = Pt(settings.slides.body_size - 2)
    chart.font.name = settings.slides.body_font
    chart.has_title = False
    chart.has_legend = len(data.series) > 1
    if chart.legend is not None:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    everything = [value for _name, values in data.series for value in values]
    if min(everything) >= 0:
        chart.value_axis.minimum_scale = 0
    axis = chart.category_axis
    axis.reverse_order, axis.has_major_gridlines = True, False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = RGBColor.from_string(RULE.lstrip("#"))
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 100 if data.stacked else 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(everything), False
    labels.position = XL_LABEL_POSITION.CENTER if data.stacked else XL_LABEL_POSITION.OUTSIDE_END
    fills = _FILLS[:2] if len(data.series) > 1 else _FILLS[1:2]
    for series, (fill, line) in zip(plot.series, fills, strict=False):
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(fill)
        series.format.line.color.rgb = RGBColor.from_string(line.lstrip("#"))
        if data.stacked and fill != "ffffff":
            series.data_labels.font.color.rgb = RGBColor(255, 255, 255)
            series.data_labels.show_value = True
            series.data_labels.position = XL_LABEL_POSITION.CENTER
    for properties in chart._chartSpace.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr"):
        set_face(properties, settings.slides.body_font)


def _format(values: list[float]) -> str:
    return "0.0;−0.0" if any(value != int(value) for value in values) else "0;−0"
