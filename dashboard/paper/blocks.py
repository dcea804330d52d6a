"""What a composed brief consists of, as it will stand on paper: headings, paragraphs, figures and tables with their numbers."""

from dataclasses import dataclass

from dashboard.cards.shown import Shown
from dashboard.paper.caption import Caption
from dashboard.paper.plate import Plate
from dashboard.paper.slide_charts import Data
from dashboard.paper.tables import SetTable


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading with its number: 一、… or （一）…"""

    level: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Body:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, kw_only=True)
class FigureBlock:
    """A figure: the plate without caption (Word sets its own) and the words below it."""

    number: int
    card: Shown
    caption: Caption
    plate: Plate  # for the page
    slide_plates: tuple[Plate, ...]  # for slides; none where the chart can be edited, or its table is read more easily
    finding: str
    native: Data | None  # what an editable chart would show
    table: SetTable  # for slides on which no picture could be read


@dataclass(frozen=True, kw_only=True)
class TableBlock:
    """A table and the words above and below it."""

    number: int
    caption: Caption
    table: SetTable
    finding: str


Block = Heading | Body | FigureBlock | TableBlock
