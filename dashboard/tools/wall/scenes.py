"""大屏: the scenes of the meeting-room screen, one headline and one chart each, cut to what can be read at six metres."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from dashboard.cards.chart import Chart, Headline
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, Number, say
from dashboard.themes.extension.charts import LUSHAN
from dashboard.themes.overview.charts import HEADLINES
from dashboard.themes.ratio.charts import BY_SCOPE
from dashboard.themes.ratio.rows import foremost
from dashboard.themes.small_counties.charts import BODIES, POSTS_AND_PEOPLE
from dashboard.themes.small_counties.size_bands import rows as size_bands
from dashboard.themes.small_counties.size_bands import sentences as size_band_findings
from dashboard.themes.small_counties.size_bands.charts import LADDER
from dashboard.themes.towns.charts import CHARTS as TOWNS
from dashboard.themes.towns.charts import TAKE_UP


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A headline with the chart that shows it. `rows` keeps what of the chart's rows has room on the screen."""

    headline: Headline
    chart: Chart
    rows: Callable[[pl.DataFrame], pl.DataFrame] = lambda rows: rows


def _largest_scope(rows: pl.DataFrame) -> pl.DataFrame:
    """The axis with most pilots, which comes first: 限额 and 只计正科级 stay on the page."""
    return rows.filter(pl.col("axis").is_in(rows["axis"].head(1).to_list()))


def _first_number(rows: pl.DataFrame) -> Finding:
    numbers = [part for part in size_band_findings.ladder(rows).parts if isinstance(part, Number)]
    return say(*numbers[:1]) if numbers else NOTHING_PUBLISHED


_BY_ID = {headline.id: headline for headline in HEADLINES}
_LADDER = Headline(
    id="ladder", theme="人口小县", path="/small-counties", rows=size_bands.ladder,
    subject=lambda _rows: "全国县（市） · 户籍人口不足20万", figure=_first_number,
    finding=size_band_findings.ladder,
)  # fmt: skip
[_DUTIES] = [chart for chart in TOWNS if chart.id == "towns-duties"]

SCENES: tuple[Scene, ...] = (
    Scene(headline=_BY_ID["bodies"], chart=BODIES, rows=_largest_scope),
    Scene(headline=_BY_ID["people"], chart=POSTS_AND_PEOPLE),
    Scene(headline=_BY_ID["ratio"], chart=BY_SCOPE, rows=foremost),
    Scene(headline=_LADDER, chart=LADDER),
    Scene(headline=_BY_ID["take-up"], chart=TAKE_UP),
    Scene(headline=_BY_ID["duties"], chart=_DUTIES),
    Scene(headline=_BY_ID["staffing"], chart=LUSHAN),
)
