"""The workbook in which a county fills in its figures: made from the registers, read back without a mapping.

A long sheet takes any figure, wide sheets (template.toml) one line a county. Each column of a wide sheet carries a machine key in a hidden
row, so that a header may be reworded, a column moved, and the figures still mean what they meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from etl.intake.filing import BY, FILED_ON, GUIDE
from etl.intake.headers import COLUMN_WORDS, key_of
from etl.intake.wide_sheets import CHOICES, EXAMPLES, LONG, Column, WideSheet, WideSheets, wide_sheets
from etl.problems import EtlError
from etl.read.registry import DIMENSIONS, Division, Indicator, Scope
from etl.read.sources import Registries

TITLE = "机构编制数据填报模板"
LINES = 200  # lines that may be filled in; a sheet without places
BELOW = ("county", "township")  # levels that are called after what lies above them
HEADER, KEYS, FIRST = 1, 2, 3  # rows of a wide sheet, counted from 0; above them its title
LONG_COLUMNS = (
    "ref_area", "area_name", "indicator", *DIMENSIONS, "phase", "time_period", "obs_value", "unit_measure", "scope", "source_id", "locator",
    "note",
)  # fmt: skip
GUIDANCE = (
    "一、能填哪张填哪张：一县一行的用各主题表，别的数都填在“逐条”表，一行一个数；两处只填一处。",
    "二、数照来源抄：约3万、近6000、13万余都照写，不要自己化整；没有数的格子留空，不要写 0、无、—。",
    "三、单位写在表头里。来源用别的单位的，换算好再填，或填到“逐条”表并写明单位。",
    "四、时间写到来源所说的精度：2024、2024-06、2020-11-01；来源没有写明的写 未注明。",
    "五、口径是数能不能比的关键：鼠标停在表头上，看这一列数什么、不数什么、容易错在哪里。口径不同的数不要填进来。",
    "六、“来源”填公开文件的题名或来源编号；留空的算本单位填报，上面的填报单位必须写。",
    "七、表头、隐藏的第3行、“选项”表不要改。填好后原样发回，不要加密，不要写密级；涉密的数不得填入。",
)


@dataclass(frozen=True)
class Template:
    """The template over the registers of a folder of sources; `sources` is that folder, where its own sheets are wanted."""

    registries: Registries
    sources: Path | None = None

    @cached_property
    def wide(self) -> WideSheets:
        """The wide sheets. Raises InputErrors where they are faulty."""
        return wide_sheets(self.registries, self.sources)

    @property
    def sheets(self) -> tuple[WideSheet, ...]:
        return self.wide.sheet

    @property
    def title(self) -> str:
        return self.wide.title or TITLE

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        return self.registries.by_key("indicator")

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        return self.registries.by_key("scope")

    @cached_property
    def words(self) -> dict[str, str]:
        """Phases in Chinese, by code."""
        return {one.code: one.name_zh for one in self.registries.records("code") if one.code_list == "phase"}

    def below(self, code: str) -> tuple[Division, ...]:
        """The counties of a province or prefecture, or the county itself. Raises EtlError for another code."""
        standing = [one for one in self.registries.records("division") if one.until is None]
        within = next((one for one in standing if one.division == code), None)
        if within is None:
            raise EtlError(f"“{code}”不是现有的省、市、县代码：写六位行政区划代码，例如 411700")
        significant = {"province": 2, "prefecture": 4, "county": 6}[within.level]
        return tuple(one for one in standing if one.level == "county" and one.division.startswith(code[:significant]))

    def header(self, column: Column) -> str:
        """事业编制（名）改革前 …: what a column of a wide sheet is called."""
        indicator = self.indicators[column.indicator]
        parts = column.parts.values()
        phase = self.words[column.phase] if column.phase else ""
        return "\n".join(
            filter(
                None,
                [f"{indicator.name_zh}（{indicator.unit_measure}）", "、".join(filter(None, (*parts, phase))), column.scope],
            )
        )

    def note(self, column: Column) -> str:
        """Definition, scope and trap of a column."""
        indicator, scope = self.indicators[column.indicator], self.scopes[column.scope]
        trap = f"\n易错：{indicator.caveat_zh}" if indicator.caveat_zh else ""
        return f"定义：{indicator.definition_zh}\n口径：{scope.definition_zh}{trap}"

    def key(self, column: Column) -> str:
        """The machine key of a column."""
        unit = self.indicators[column.indicator].unit_measure
        said = {"indicator": column.indicator, "scope": column.scope, **column.parts}
        return key_of({"phase": column.phase or "point"} | said | {"unit_measure": unit})


def write_template(registries: Registries, target: Path, *, within: str = "", sources: Path | None = None) -> int:
    """Write the template to `target`; the lines of its wide sheets are the counties of `within` (a code), else left open; `sources`: the
    folder whose own sheets it takes. Returns the number of counties. Raises EtlError for an unknown code, faulty sheets or a file that
    cannot be written."""
    template = Template(registries, sources)
    places = template.below(within) if within else ()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with Workbook(str(target)) as book:
            book.set_properties({"title": template.title})
            _Writer(book, template).write(places)
    except OSError as error:
        raise EtlError(f"写不成 {target}：检查文件夹和权限，文件若开着先关掉") from error
    return len(places)


class _Writer:
    """One writing of one workbook; formats are made once."""

    def __init__(self, book: Workbook, template: Template) -> None:
        self.book, self.template = book, template
        face = {"font_name": "Noto Sans CJK SC", "font_size": 11, "valign": "vcenter"}
        self.plain = book.add_format(face)
        self.open = book.add_format(face | {"locked": False, "border": 1, "border_color": "#d6dbe1"})
        self.open_text = book.add_format(face | {"locked": False, "border": 1, "border_color": "#d6dbe1", "num_format": "@"})
        self.head = book.add_format(
            face
            | {"bold": True, "text_wrap": True, "bg_color": "#e8eef5", "border": 1, "border_color": "#b8c2cc", "align": "center"}
        )
        self.title = book.add_format(face | {"bold": True, "font_size": 14})
        self.wrapped = book.add_format(face | {"text_wrap": True, "valign": "top"})

    def write(self, places: Sequence[Division]) -> None:
        """All sheets, in the order in which somebody fills them in."""
        self._guide()
        for sheet in self.template.sheets:
            self._wide(sheet, places)
        self._long(LONG, ())
        self._long(EXAMPLES, self._examples())
        self._choices()

    def _guide(self) -> None:
        sheet = self.book.add_worksheet(GUIDE)
        sheet.protect(options={"format_columns": True, "format_rows": True})
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 80)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write(0, 0, self.template.title, self.title)
        for row, (word, hint) in enumerate(
            ((BY, "没有来源的数就算这个单位填的，例如 河曲县委编办"), (FILED_ON, "例如 2026-11-30")), start=2
        ):
            sheet.write(row, 0, word, self.head)
            sheet.write_blank(row, 1, None, self.open_text)
            sheet.data_validation(row, 1, row, 1, {"validate": "any", "input_title": word, "input_message": hint})
        for row, line in enumerate(GUIDANCE, start=5):
            sheet.merge_range(row, 0, row, 1, line, self.wrapped)
            sheet.set_row(row, 34)
        sheet.activate()

    def _wide(self, wide: WideSheet, places: Sequence[Division]) -> None:
        sheet, columns = self._data_sheet(wide.name, wide.heading), wide.columns
        lead = ({"ref_area": ""}, {"area_name": ""}, {"time_period": ""})
        keys = [*map(key_of, lead), *map(self.template.key, columns), key_of({"source_id": ""}), key_of({"note": ""})]
        headers = [COLUMN_WORDS[next(iter(one))] for one in lead]
        headers += [*map(self.template.header, columns), COLUMN_WORDS["source_id"], COLUMN_WORDS["note"]]
        for at, (header, key) in enumerate(zip(headers, keys, strict=True)):
            sheet.write(HEADER, at, header, self.head)
            sheet.write(KEYS, at, key, self.plain)
        for at, column in enumerate(columns, start=len(lead)):
            sheet.write_comment(HEADER, at, self.template.note(column), {"x_scale": 2.6, "y_scale": 2.2})
        sheet.set_row(HEADER, 66)
        sheet.set_row(KEYS, None, None, {"hidden": True})
        lines = len(places) or LINES
        self._open(sheet, FIRST, lines, len(headers), text={0, 1, 2, len(headers) - 2, len(headers) - 1})
        for row, place in enumerate(places, start=FIRST):
            sheet.write(row, 0, place.division, self.open_text)
            sheet.write(row, 1, place.name_zh, self.open_text)
        sheet.freeze_panes(FIRST, 2)
        if not places:
            self._choose(sheet, FIRST, lines, 1, "地区")
        self._choose(sheet, FIRST, lines, len(headers) - 2, "来源")
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 20)
        sheet.set_column(2, 2, 12)
        sheet.set_column(3, len(headers) - 3, 15)
        sheet.set_column(len(headers) - 2, len(headers) - 1, 28)

    def _long(self, name: str, rows: Iterable[Mapping[str, str]]) -> None:
        sheet = self._data_sheet(name, f"{name}：一行一个数" if name == LONG else "示例：照这样填（这张表不读入）")
        for at, column in enumerate(LONG_COLUMNS):
            sheet.write(HEADER, at, COLUMN_WORDS[column], self.head)
            sheet.set_column(at, at, 10 if column in DIMENSIONS or column in {"ref_area", "unit_measure", "phase"} else 20)
        self._open(sheet, HEADER + 1, LINES, len(LONG_COLUMNS), text=set(range(len(LONG_COLUMNS))))
        for row, line in enumerate(rows, start=HEADER + 1):
            for at, column in enumerate(LONG_COLUMNS):
                sheet.write(row, at, line.get(column, ""), self.open_text)
        for column, choice in (
            ("area_name", "地区"),
            ("indicator", "指标"),
            ("phase", "阶段"),
            ("scope", "口径"),
            ("source_id", "来源"),
            ("unit_measure", "单位"),
        ):
            self._choose(sheet, HEADER + 1, LINES, LONG_COLUMNS.index(column), choice)
        sheet.set_row(HEADER, 32)
        sheet.freeze_panes(HEADER + 1, 2)

    def _data_sheet(self, name: str, title: str) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.write(0, 0, title, self.title)
        sheet.protect(
            options={"format_cells": True, "format_columns": True, "format_rows": True, "sort": True, "autofilter": True}
        )
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER)
        return sheet

    def _open(self, sheet: Worksheet, first: int, lines: int, width: int, *, text: set[int]) -> None:
        for row in range(first, first + lines):
            for at in range(width):
                sheet.write_blank(row, at, None, self.open_text if at in text else self.open)

    def _choose(self, sheet: Worksheet, first: int, lines: int, at: int, choice: str) -> None:
        """A list to choose from; something else may be typed (an earlier name, 约数), after a warning."""
        column = list(self.choices).index(choice)
        letter = xl_col_to_name(column, True)
        source = f"={CHOICES}!{letter}$2:{letter}${len(self.choices[choice]) + 1}"
        options = {"validate": "list", "source": source, "error_type": "warning", "error_title": choice,
                   "error_message": f"不在“{choice}”的选项里，确定要这样写吗？"}  # fmt: skip
        sheet.data_validation(first, at, first + lines - 1, at, options)

    @cached_property
    def choices(self) -> dict[str, list[str]]:
        """What may be chosen, by the word of the column. Places stand with what lies above them, so that none is two."""
        registries = self.template.registries
        divisions = [one for one in registries.records("division") if one.until is None]
        counties = {one.division: one.name_zh for one in divisions if one.level == "county"}
        names = [
            "".join(
                dict.fromkeys(
                    filter(
                        None,
                        (
                            one.province,
                            one.prefecture,
                            counties.get(one.parent or ""),
                            one.name_zh if one.level in BELOW else None,
                        ),
                    )
                )
            )
            for one in divisions
        ]
        return {
            "地区": names,
            "指标": [one.name_zh for one in registries.records("indicator")],
            "口径": list(self.template.scopes),
            "阶段": list(self.template.words.values()),
            "单位": list(dict.fromkeys(one.unit_measure for one in registries.records("indicator"))),
            "来源": [one.title for one in registries.records("source")],
        }

    def _choices(self) -> None:
        sheet = self.book.add_worksheet(CHOICES)
        for at, (choice, values) in enumerate(self.choices.items()):
            sheet.write(0, at, choice, self.head)
            sheet.write_column(1, at, values, self.plain)
        sheet.protect()
        sheet.hide()

    def _examples(self) -> list[dict[str, str]]:
        """The first figures of the template's own columns, of a place that does not exist."""
        shown = [column for sheet in self.template.sheets for column in sheet.columns[:2]]
        values = ("12万余", "158000", "22", "36", "143", "近90", "55", "64")
        return [
            column.parts
            | {
                "area_name": "某省某市某县", "indicator": self.template.indicators[column.indicator].name_zh, "scope": column.scope,
                "phase": self.template.words[column.phase or "point"], "time_period": "2024", "obs_value": value,
                "unit_measure": self.template.indicators[column.indicator].unit_measure, "locator": "第2页表1",
            }
            for column, value in zip(shown, values, strict=False)
        ]  # fmt: skip
