"""图题 and units that an office words in its own way: titles.toml, over what every chart says of itself (dashboard/cards/chart.py)."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from dashboard.cards.chart import Chart
from dashboard.charts import CHARTS
from dashboard.paper.document import DocumentSettingsError, faults_of

PATH = Path(__file__).with_name("titles.toml")


class Titled(BaseModel):
    """What the file says of one chart; what it leaves out is as the chart has it. `same_as`: the wording of another chart's entry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str | None = None
    unit: str | None = None
    computed: bool | None = None
    same_as: str | None = None


Titles = dict[str, Titled]
_READER = TypeAdapter(Titles)


def read_titles(path: Path = PATH) -> Titles:
    """The entries of the file by chart; DocumentSettingsError, which names chart and key, for what cannot be used."""
    try:
        found = _READER.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DocumentSettingsError(f"图题文件 {path.name} 无法读取：{error}") from error
    except ValidationError as error:
        raise DocumentSettingsError(f"图题文件 {path.name} 有误：{faults_of(error)}") from error
    named = [*found, *(entry.same_as for entry in found.values() if entry.same_as)]
    if unknown := [name for name in named if name not in CHARTS]:
        raise DocumentSettingsError(
            f"图题文件 {path.name}：没有名为“{unknown[0]}”的图表，请改正或删去这一段；名称见 /api/charts。"
        )
    return found


def titled(chart: Chart, titles: Titles | None = None) -> Titled:
    """Title, unit and `computed` of a chart as they are printed; `titles` None: those of this installation."""
    titles = _installed() if titles is None else titles
    entry = titles.get(chart.id, Titled())
    if entry.same_as:
        entry = titles.get(entry.same_as, Titled())
    own = Titled(title=chart.title, unit=chart.unit, computed=chart.computed)
    return own.model_copy(update=entry.model_dump(exclude_none=True, exclude={"same_as"}))


@cache
def _installed() -> Titles:
    return read_titles()
