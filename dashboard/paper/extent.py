"""How much of a result a file holds, and how a file that was cut says so: in its name, its last line, its properties."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Extent:
    """`shown` of `total` things (None: there are more, nobody counted them); `cells`: texts that did not fit their cell."""

    shown: int
    total: int | None
    thing: str = "行"
    cells: int = 0

    @property
    def truncated(self) -> bool:
        return self.shown != self.total or self.cells > 0

    @property
    def suffix(self) -> str:
        """For the file name: _前10000行; blank when all is there."""
        rows = f"_前{self.shown}{self.thing}" if self.shown != self.total else ""
        return rows + (f"_{self.cells}格不全" if self.cells else "")

    @property
    def words(self) -> str:
        """只含前 10000 行，共 23000 行。 Blank when all is there."""
        more = "后面还有" if self.total is None else f"共 {self.total} {self.thing}"
        rows = f"只含前 {self.shown} {self.thing}，{more}。" if self.shown != self.total else ""
        return rows + (f"有 {self.cells} 格文字超过单元格的上限，没有写全，格末有注明。" if self.cells else "")

    @property
    def last_line(self) -> str:
        """The last line of a table that was cut; blank when all is there."""
        return f"# {self.words}" if self.truncated else ""


def whole(rows: int) -> Extent:
    """Nothing is missing."""
    return Extent(shown=rows, total=rows)


def extent_of(rows: pl.DataFrame) -> Extent:
    """That of a chart's rows: a comparison of very many places keeps the first, and `published_by` says how many there are."""
    if "published_by" in rows.columns and rows["published_by"].max() is not None:
        return Extent(shown=rows["ref_area"].n_unique(), total=int(rows["published_by"].max()), thing="个地区")  # type: ignore[arg-type]
    return whole(rows.height)
