"""A marking of secrecy stops a workbook wherever in it somebody put it; the words in an ordinary sentence do not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from xlsxwriter.worksheet import Worksheet

from etl.intake.guess import guess_mapping
from etl.intake.intake import read_intake
from etl.problems import InputErrors
from etl.read.sources import Registries
from tests.etl.intake.office import converted
from tests.etl.intake.test_sheets import lines, write_ods
from tests.etl.intake.workbooks import SHEET, county_table, mapping, saved

MARKING = "机密★5年"
ORDINARY = "商业秘密保护、机密性与秘密级资质的说明"
Where = tuple[str, str | None, str]  # sheet, cell, the beginning of the message


def found(path: Path, registries: Registries) -> set[Where]:
    """What is told of a marking; nothing else of such a file is read."""
    intake = read_intake(path, registries=registries, mapping=mapping())
    told = {(one.sheet, one.cell, one.message.partition("有密级标志")[0]) for one in intake.findings if "密级标志" in one.message}
    assert intake.secret == bool(told)
    assert intake.refused == bool(told)
    assert intake.facts.is_empty() == bool(told)
    return told


def comment(book: Workbook, text: str) -> None:
    book[SHEET]["B3"].comment = Comment(f"张三:\n{text}", "张三")


def hidden_sheet_comment(book: Workbook, text: str) -> None:
    other = book.create_sheet("附表")
    other.sheet_state = "veryHidden"
    other["C9"] = "附"
    other["C9"].comment = Comment(text, "张三")


def header(book: Workbook, text: str) -> None:
    book[SHEET].oddHeader.left.text = "某县"
    book[SHEET].oddHeader.right.text = text
    book[SHEET].oddHeader.right.color = "FF0000"


def footer_of_first_page(book: Workbook, text: str) -> None:
    book[SHEET].HeaderFooter.differentFirst = True
    book[SHEET].firstFooter.center.text = text


def sheet_name(book: Workbook, text: str) -> None:
    book.create_sheet(text)["A1"] = "x"


def name(book: Workbook, text: str) -> None:
    book.defined_names["密级说明"] = DefinedName("密级说明", attr_text=f'"{text}"')


def properties(key: str) -> Callable[[Workbook, str], None]:
    return lambda book, text: setattr(book.properties, key, text)


PLACES: dict[str, tuple[Callable[[Workbook, str], None], Where]] = {
    "note": (comment, (SHEET, "B3", "批注")),
    "note of a hidden sheet": (hidden_sheet_comment, ("附表", "C9", "批注")),
    "header": (header, (SHEET, None, "页眉")),
    "footer": (footer_of_first_page, (SHEET, None, "页脚")),
    "name": (name, ("", None, "名称“密级说明”")),
    **{
        key: (properties(key), ("", None, f"文档属性“{word}”"))
        for key, word in (
            ("title", "标题"),
            ("subject", "主题"),
            ("keywords", "关键词"),
            ("category", "类别"),
            ("description", "备注"),
        )
    },
}


@pytest.mark.parametrize("place", PLACES)
def test_a_marking_is_seen_in_every_place_and_an_ordinary_sentence_is_none(place: str, registries: Registries, tmp_path: Path):
    put, where = PLACES[place]
    book = county_table()
    put(book, MARKING)
    assert found(saved(book, tmp_path), registries) == {where}
    ordinary = county_table()
    put(ordinary, ORDINARY)
    assert found(saved(ordinary, tmp_path, "平常.xlsx"), registries) == set()


def test_the_name_of_a_sheet_and_of_the_file(registries: Registries, tmp_path: Path):
    book = county_table()
    sheet_name(book, "（机密）")
    assert found(saved(book, tmp_path), registries) == {("（机密）", None, "工作表名")}
    assert found(saved(county_table(), tmp_path, "县情 秘密★10年.xlsx"), registries) == {("", None, "文件名")}
    assert found(saved(county_table(), tmp_path, "兰考县（机密）.xlsx"), registries) == {("", None, "文件名")}


def text_box(sheet: Worksheet, text: str) -> None:
    sheet.insert_textbox("E5", text)


def prompt(sheet: Worksheet, text: str) -> None:
    sheet.data_validation("C3", {"validate": "any", "input_title": "填写", "input_message": text})


def alternative(sheet: Worksheet, text: str) -> None:
    sheet.insert_textbox("E5", "见说明", {"description": text})


@pytest.mark.parametrize(("put", "where"), [(text_box, "文本框"), (prompt, "输入提示"), (alternative, "文本框")])
def test_drawings_and_prompts(put: Callable[[Worksheet, str], None], where: str, registries: Registries, tmp_path: Path):
    for text, told in ((MARKING, {("县", None, where)}), (f"说明\n{MARKING}", {("县", None, where)}), (ORDINARY, set())):
        path = tmp_path / "县.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("县")
            sheet.write_row(0, 0, ["代码", "县名"])
            put(sheet, text)
        assert found_in(path, registries) == told


def found_in(path: Path, registries: Registries) -> set[Where]:
    """The same of a file that holds no figures."""
    intake = read_intake(path, registries=registries)
    return {(one.sheet, one.cell, one.message.partition("有密级标志")[0]) for one in intake.findings if "密级标志" in one.message}


def test_the_title_of_a_chart_and_a_property_of_the_offices_own(registries: Registries, tmp_path: Path):
    path = tmp_path / "县.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("县")
        sheet.write_row(0, 0, [1, 2, 3])
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=县!$A$1:$C$1"})
        chart.set_title({"name": "（秘密）"})
        sheet.insert_chart("E5", chart)
        book.set_custom_property("密级", "秘密")
    assert found_in(path, registries) == {("县", None, "图表"), ("", None, "文档属性“密级”")}


def with_parts(path: Path, source: Path, **parts: str) -> Path:
    """A copy of an archive with more parts, or others in their place."""
    with zipfile.ZipFile(source) as one, zipfile.ZipFile(path, "w") as other:
        for part in one.namelist():
            if part not in parts:
                other.writestr(part, one.read(part))
        for part, text in parts.items():
            other.writestr(part, text)
    return path


THREADED = '<ThreadedComments xmlns="x"><threadedComment ref="C4" id="1"><text>{}</text></threadedComment></ThreadedComments>'
VML = "<xml><v:shape><v:textbox><div><font>说明<br>{}</font></div></v:textbox></v:shape></xml>"


@pytest.mark.parametrize(
    ("part", "text", "where"),
    [
        ("xl/threadedComments/threadedComment1.xml", THREADED, ("", "C4", "批注")),
        ("xl/drawings/vmlDrawing9.vml", VML, ("", None, "文本框")),
    ],
)
def test_parts_that_only_newer_or_older_programs_write(
    part: str, text: str, where: Where, registries: Registries, tmp_path: Path
):
    plain = saved(county_table(), tmp_path, "原.xlsx")
    assert found(with_parts(tmp_path / "县.xlsx", plain, **{part: text.format(MARKING)}), registries) == {where}
    assert found(with_parts(tmp_path / "县.xlsx", plain, **{part: text.format(ORDINARY)}), registries) == set()


def test_words_that_are_only_a_run_of_a_longer_text_are_no_marking(registries: Registries, tmp_path: Path):
    runs = "".join(f"<a:r><a:t>{run}</a:t></a:r>" for run in ("商业", "秘密", "保护"))
    drawing = f'<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:txBody><a:p>{runs}</a:p></xdr:txBody></xdr:wsDr>'
    plain = saved(county_table(), tmp_path, "原.xlsx")
    assert found(with_parts(tmp_path / "县.xlsx", plain, **{"xl/drawings/drawing9.xml": drawing}), registries) == set()


SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("meta", "meta"),
        ("draw", "drawing"),
        ("table", "table"),
    )
)
ODS_CELL = (
    "<table:table-cell><office:annotation{0}><text:p{0}>{1}</text:p></office:annotation><text:p>注</text:p></table:table-cell>"
)
ODS_FRAME = "<table:table-cell><draw:frame{0}><draw:text-box><text:p>{1}</text:p></draw:text-box></draw:frame></table:table-cell>"
ODS_STYLES = "<office:document-styles{0}><style:header-first><text:p>第 1 页</text:p><text:p>{1}</text:p></style:header-first></office:document-styles>"
ODS_META = '<office:document-meta{0} xmlns:dc="dc"><office:meta><dc:subject>{1}</dc:subject></office:meta></office:document-meta>'
ODS_OWN = '<office:document-meta{0}><office:meta><meta:user-defined meta:name="密级">{1}</meta:user-defined></office:meta></office:document-meta>'


@pytest.mark.parametrize(
    ("place", "text", "where"),
    [
        ("cell", ODS_CELL, (SHEET, "A13", "批注")), ("cell", ODS_FRAME, (SHEET, None, "文本框")), ("styles.xml", ODS_STYLES, ("", None, "页眉")),
        ("meta.xml", ODS_META, ("", None, "文档属性“主题”")), ("meta.xml", ODS_OWN, ("", None, "文档属性“密级”")),
    ],
)  # fmt: skip
def test_ods(place: str, text: str, where: Where, registries: Registries, tmp_path: Path):
    for said, told in ((MARKING, {where}), (ORDINARY, set())):
        content, path = text.format(SPACES, said), tmp_path / "县.ods"
        if place == "cell":
            write_ods(path, [*lines(), [content]])
        else:
            write_ods(tmp_path / "原.ods")
            with_parts(path, tmp_path / "原.ods", **{place: content})
        intake = read_intake(path, registries=registries, mapping=mapping())
        assert {
            (one.sheet, one.cell, one.message.partition("有密级标志")[0]) for one in intake.findings if "密级标志" in one.message
        } == told


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_as_an_office_saves_them(kind: str, registries: Registries, tmp_path: Path):
    """The texts of drawings and of the page are not told by the reader of XLS."""
    book = county_table()
    comment(book, MARKING)
    header(book, "秘密★1年")
    book.properties.subject = MARKING
    told = found(converted(saved(book, tmp_path), kind, tmp_path), registries)
    assert (SHEET, "B3", "批注") in told
    if kind == "ods":
        assert {("", None, "页眉"), ("", None, "文档属性“主题”")} <= told


def test_no_mapping_is_guessed_of_such_a_file(registries: Registries, tmp_path: Path):
    book = county_table()
    comment(book, MARKING)
    with pytest.raises(InputErrors, match="批注有密级标志"):
        guess_mapping(saved(book, tmp_path), registries)
