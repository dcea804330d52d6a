"""A file from elsewhere to facts of ours, with every finding of every cell at once."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.intake.cells import PLACE, SCHEMA, Words, read_cells
from etl.intake.filing import filed_source
from etl.intake.finding import Finding, cell_order, refused
from etl.intake.headers import NOT_READ
from etl.intake.judge.marking import marked_cells
from etl.intake.judge.rows import gone_places, row_findings, with_more
from etl.intake.judge.shape import repeated_headers, shape_findings
from etl.intake.judge.sizes import size_findings
from etl.intake.judge.sums import sum_findings, total_findings
from etl.intake.judge.units import unit_findings
from etl.intake.layout import Layout, mapped_layout, template_layout, unread_columns
from etl.intake.mapping import Mapping
from etl.intake.places import Places, matcher, registered_names
from etl.intake.sheets import Book, Sheet, read_book, unfit_cells
from etl.read.facts import COLUMNS
from etl.read.registry import Area, Source
from etl.read.sources import Registries


@dataclass(frozen=True)
class Intake:
    """`facts`: text columns as `read_fact_file` gives them, plus sheet, row (from 1) and cell (C7) of the value. `sources` and `areas`: rows
    that the file brings for sources.csv and areas.csv. Where any finding is an 错误, nothing of it may be kept."""

    file: Path
    file_hash: str
    facts: pl.DataFrame
    sources: list[dict[str, str]] = field(default_factory=list)
    areas: list[dict[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    secret: bool = False  # it carries a marking of secrecy: no copy of it may be made

    @property
    def refused(self) -> bool:
        """Whether nothing of it may be kept."""
        return refused(self.findings)


def read_intake(
    file: Path, *, registries: Registries, mapping: Mapping | None = None, known: pl.DataFrame | None = None
) -> Intake:
    """Read `file` by a mapping, or as our template. `known`: facts that are kept already, as text; sizes are compared with them."""
    book = read_book(file)
    marked = list(dict.fromkeys(marked_cells(book)))
    findings = [*book.findings, *marked]
    if refused(findings):
        return _nothing(book, findings, secret=bool(marked))
    layouts, found = _layouts(book, mapping)
    findings += found
    for layout in layouts:
        findings += unfit_cells(layout.sheet)
    reading = _Reading(registries, Words.of(registries), findings)
    facts = pl.concat([pl.DataFrame(schema=SCHEMA | {"plain": pl.Boolean}), *(reading.read(layout) for layout in layouts)])
    sources = [mapping.source] if mapping and isinstance(mapping.source, Source) else []
    if not mapping and facts["source_id"].has_nulls() and (own := filed_source(book)):
        facts, sources = facts.with_columns(pl.col("source_id").fill_null(own.source_id)), [own]
    areas = [Area.model_validate(area) for area in reading.areas.values()]
    wider = with_more(registries, source=list(sources), area=[*areas, *registries.remember(_divisions)])
    by_sheet = {layout.sheet.name: layout for layout in layouts}
    findings += [*row_findings(facts, by_sheet, wider), *gone_places(facts, by_sheet, registries)]
    findings += size_findings(facts, registries, known)
    findings += sum_findings(facts, registries)
    if layouts and facts.is_empty() and not refused(findings):
        findings.append(Finding(message="没有读到任何数", fix="填上数再导入"))
    return Intake(
        file,
        book.file_hash,
        facts.select(*COLUMNS, *PLACE),
        [_as_text(source) for source in sources],
        list(reading.areas.values()),
        sorted(dict.fromkeys(findings), key=cell_order),
    )


def _nothing(book: Book, findings: list[Finding], *, secret: bool) -> Intake:
    told = sorted(findings, key=cell_order)
    return Intake(book.file, book.file_hash, pl.DataFrame(schema=SCHEMA), findings=told, secret=secret)


@dataclass
class _Reading:
    """One reading of the sheets of one file; areas and findings gather."""

    registries: Registries
    words: Words
    findings: list[Finding]
    areas: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = self.registries.remember(registered_names)
        self.gazetteer = self.registries.remember(matcher)

    def read(self, layout: Layout) -> pl.DataFrame:
        layout = dataclasses.replace(layout, skipped=tuple(repeated_headers(layout)))
        places = Places(layout, self.names, self.gazetteer, self.areas)
        found = places.read()
        cells = read_cells(layout, found, self.words)
        self.findings += [
            *places.findings,
            *places.left_out(),
            *cells.findings,
            *shape_findings(layout),
            *unit_findings(layout, self.words),
        ]
        self.findings += total_findings(layout, places, cells.facts, self.registries)
        return cells.facts


def _layouts(book: Book, mapping: Mapping | None) -> tuple[list[Layout], list[Finding]]:
    """Where the figures stand, and what is said of sheets that are not read."""
    filled = [sheet for sheet in book.sheets if not sheet.is_blank]
    if mapping:
        sheet, findings = _mapped_sheet(filled, mapping)
        layout, found = mapped_layout(sheet, mapping) if sheet else (None, [])
        layouts = [layout] if layout else []
        findings += found
    else:
        layouts = [layout for sheet in filled if sheet.name not in NOT_READ and (layout := template_layout(sheet))]
        findings = [finding for layout in layouts for finding in unread_columns(layout)]
        if not layouts:
            fix = "用 make template 的模板填报，或用 --guess 生成映射文件、改好后用 --mapping 导入"
            findings.append(Finding(message="认不出这张表：不是模板，也没有给映射", fix=fix))
    if layouts:
        findings += _unread_sheets(filled, [layout.sheet for layout in layouts], is_template=not mapping)
        for sheet in filled:
            if sheet.hidden and any(layout.sheet is sheet for layout in layouts):
                findings.append(
                    Finding(
                        severity="警示",
                        sheet=sheet.name,
                        message="这张工作表是隐藏的，其中的数照样读入",
                        fix="取消隐藏后核对；不要的删去",
                    )
                )
    return layouts, findings


def _mapped_sheet(filled: list[Sheet], mapping: Mapping) -> tuple[Sheet | None, list[Finding]]:
    """The sheet that a mapping means: by name, or the only one that is visible."""
    names = "、".join(sheet.name for sheet in filled)
    if mapping.sheet:
        found = next((sheet for sheet in filled if sheet.name == mapping.sheet), None)
        return found, [] if found else [Finding(message=f"没有工作表“{mapping.sheet}”", fix=f"文件里有：{names}")]
    visible = [sheet for sheet in filled if not sheet.hidden]
    if len(visible) == 1:
        return visible[0], []
    if not visible:
        return None, [Finding(message="文件里没有内容", fix="给出有内容的表格")]
    return None, [Finding(message="有几张工作表，映射没有写是哪一张", fix=f'在映射里写 sheet = "…"；文件里有：{names}')]


def _unread_sheets(filled: list[Sheet], read: list[Sheet], *, is_template: bool) -> Iterator[Finding]:
    for sheet in filled:
        if sheet not in read and not (is_template and sheet.name in NOT_READ):
            words = "这张隐藏的工作表没有读" if sheet.hidden else "这张工作表没有读"
            yield Finding(
                severity="警示", sheet=sheet.name, message=words, fix="其中有要入库的数，就另用一个映射导入；没有就删去"
            )


def _divisions(registries: Registries) -> list[Area]:
    """Every division that stands or stood, as an area that a fact may be about."""
    known = registries.by_key("area")
    found = {one.division: one for one in registries.records("division") if one.division not in known}
    return [Area(ref_area=code, name_zh=one.name_zh, level=one.level, parent=one.parent) for code, one in found.items()]


def _as_text(source: Source) -> dict[str, str]:
    """A row of sources.csv."""
    values = source.model_dump(exclude_none=True)
    return {column: ("yes" if value else "") if isinstance(value, bool) else str(value) for column, value in values.items()}
