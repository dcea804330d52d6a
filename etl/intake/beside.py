"""What a workbook says beside its cells: notes, text boxes and other drawings, headers and footers, names, properties of the document.

Only for a marking of secrecy: no figure is read from here. XLSX and ODS are archives of XML, read part by part, whatever relation leads to a
part; what an XLS has is what xlrd tells (notes, defined names). Pictures are not looked into.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

import xlrd
from openpyxl.utils.cell import get_column_letter

from etl.intake.marks import check_size, printed

_PROPERTIES = {
    "title": "标题", "subject": "主题", "keywords": "关键词", "keyword": "关键词", "category": "类别", "description": "备注",
    "contentStatus": "状态", "contentType": "类型", "version": "版本", "Company": "单位", "Manager": "经理", "HyperlinkBase": "超链接基础",
    "creator": "作者", "lastModifiedBy": "最后修改者", "initial-creator": "作者",
}  # fmt: skip
_ODS_HEADERS = {
    f"{part}{which}": word for which in ("", "-left", "-first") for part, word in (("header", "页眉"), ("footer", "页脚"))
}
# Texts of cells and how they look; sheets, whose headers `marks` reads on its one way through.
_READ_ELSEWHERE = (
    "xl/worksheets/",
    "xl/sharedStrings",
    "xl/styles",
    "xl/theme/",
    "xl/tables/",
    "xl/pivotCache/",
    "xl/calcChain",
    "xl/externalLinks/",
)


@dataclass(frozen=True)
class Beside:
    """`where` in words, `sheet` and `cell` where it belongs to one."""

    where: str
    text: str
    sheet: str = ""
    cell: str | None = None


def texts_beside(data: bytes) -> Iterator[Beside]:
    """All such texts of a workbook, of the name of a sheet as well. Raises ValueError or SyntaxError for a broken one."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        yield from _of_xls(data)
        return
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_size(archive)
        names = archive.namelist()
        yield from _of_xlsx(archive, names) if "xl/workbook.xml" in names else _of_ods(archive, names)


def _of_xlsx(archive: zipfile.ZipFile, names: list[str]) -> Iterator[Beside]:
    sheets = _sheet_names(archive, names)
    owners = _owners(archive, names, sheets)
    for name in names:
        owner = owners.get(name, "")
        if not name.endswith((".xml", ".vml")) or name.startswith(_READ_ELSEWHERE):
            continue
        data = archive.read(name)
        try:
            root = ElementTree.fromstring(data)
        except ElementTree.ParseError:  # old drawings are no XML; what is broken elsewhere may still say something
            for text in _loose_texts(data):
                yield Beside("文本框", text, owner)
            continue
        if name.startswith("docProps/"):
            yield from _properties(root)
        elif name == "xl/workbook.xml":
            yield from _workbook(root)
        elif name.startswith("xl/"):
            yield from _part(root, owner)


def _sheet_names(archive: zipfile.ZipFile, names: list[str]) -> dict[str, str]:
    """Part → name of the sheet."""
    relations = _relations(archive, names, "xl/workbook.xml")
    root = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for sheet in root.iter():
        if _tag(sheet) == "sheet":
            identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
            found[relations.get(identity, "")] = sheet.get("name", "")
    return found


def _owners(archive: zipfile.ZipFile, names: list[str], sheets: dict[str, str]) -> dict[str, str]:
    """Part → name of the sheet that leads to it, over drawings to charts and diagrams."""
    owners: dict[str, str] = {}
    waiting = list(sheets.items())
    while waiting:
        part, sheet = waiting.pop()
        if part not in owners:
            owners[part] = sheet
            waiting += [(target, sheet) for target in _relations(archive, names, part).values() if target in names]
    return owners


def _relations(archive: zipfile.ZipFile, names: list[str], part: str) -> dict[str, str]:
    """Id → part, of the relations of a part."""
    folder, _, file = part.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if path not in names:
        return {}
    targets = {one.get("Id", ""): one.get("Target", "") for one in ElementTree.fromstring(archive.read(path))}
    return {
        key: target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        for key, target in targets.items()
    }


def _workbook(root: ElementTree.Element) -> Iterator[Beside]:
    for element in root.iter():
        if _tag(element) == "sheet":
            yield Beside("工作表名", element.get("name", ""), element.get("name", ""))
        elif _tag(element) == "definedName":
            name = element.get("name", "")
            for text in (name, element.get("comment", ""), (element.text or "").strip('"')):
                yield Beside(f"名称“{name}”", text)


def _part(root: ElementTree.Element, sheet: str) -> Iterator[Beside]:
    """A sheet that is a chart; notes, old and new; the paragraphs of a drawing, a chart, a diagram."""
    where = {"wsDr": "文本框", "chartSpace": "图表", "chartsheet": "图表", "dataModel": "图形", "xml": "文本框"}.get(
        _tag(root), "附件"
    )
    for element in root.iter():
        tag = _tag(element)
        if tag in {"comment", "threadedComment"}:
            text = "".join(one.text or "" for one in element.iter() if _tag(one) in {"t", "text"})
            for line in (text, *text.splitlines()):  # the first line of a note is who wrote it
                yield Beside("批注", line, sheet, element.get("ref"))
        elif tag in {"txBody", "rich", "textbox"} or (tag == "t" and len(element)):
            yield from _with_parts(element, {"textbox": "div"}.get(tag, "p"), Beside(where, "", sheet))
        elif tag == "cNvPr":  # the words for those who cannot see a drawing
            for key in ("name", "descr", "title"):
                yield Beside(where, element.get(key, ""), sheet)
        for place, text in printed(element):
            yield Beside(place, text, sheet)


def _with_parts(holder: ElementTree.Element, part: str, said: Beside) -> Iterator[Beside]:
    """The whole text, and each paragraph of it: a marking may be one of several, or run over two."""
    texts = ["".join(one.itertext()) for one in holder.iter() if _tag(one) == part]
    for text in dict.fromkeys(("".join(holder.itertext()), *texts)):
        yield Beside(said.where, text, said.sheet, said.cell)


def _properties(root: ElementTree.Element) -> Iterator[Beside]:
    """Of the document; those that the office made up itself have names of their own."""
    for element in root.iter():
        own = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "name"), "")
        word = own or _PROPERTIES.get(_tag(element), "")
        if word and (text := "".join(element.itertext())):
            yield Beside(f"文档属性“{word}”", text)
            yield Beside(f"文档属性“{word}”", f"{word}：{text}")  # 密级：秘密


class _Loose(HTMLParser):
    """The texts of what no parser of XML would take."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def _loose_texts(data: bytes) -> list[str]:
    """Each text, and all of them as one."""
    parser = _Loose()
    parser.feed(data.decode("utf-8", errors="replace"))
    return [*parser.texts, "".join(parser.texts)]


def _of_ods(archive: zipfile.ZipFile, names: list[str]) -> Iterator[Beside]:
    for name in names:
        if name == "meta.xml":
            yield from _properties(ElementTree.fromstring(archive.read(name)))
        elif name == "styles.xml":
            for element in ElementTree.fromstring(archive.read(name)).iter():
                if _tag(element) in _ODS_HEADERS:
                    yield from _with_parts(element, "p", Beside(_ODS_HEADERS[_tag(element)], ""))
        elif name == "content.xml":
            yield from _content(ElementTree.fromstring(archive.read(name)))
        elif name.endswith("/content.xml"):
            yield from _with_parts(ElementTree.fromstring(archive.read(name)), "p", Beside("图表", ""))


def _content(root: ElementTree.Element) -> Iterator[Beside]:
    """Tables with their notes and drawings, and names of ranges."""
    for element in root.iter():
        tag = _tag(element)
        own = next((value for key, value in element.attrib.items() if key.endswith("}name")), "")
        if tag == "table" and own:
            yield Beside("工作表名", own, own)
            yield from _of_table(element, own)
        elif tag in {"named-range", "named-expression", "database-range"}:
            yield Beside(f"名称“{own}”", own)
        elif tag in {"help-message", "error-message"}:
            yield Beside("输入提示", own or "".join(element.itertext()))


def _of_table(table: ElementTree.Element, sheet: str) -> Iterator[Beside]:
    row = 0
    for line in table.iter():
        if _tag(line) == "table-row":
            column = 0
            for cell in line:
                for child in cell:
                    if _tag(child) == "annotation":
                        place = f"{get_column_letter(column + 1)}{row + 1}"
                        yield from _with_parts(child, "p", Beside("批注", "", sheet, place))
                column += _times(cell, "columns")
            row += _times(line, "rows")
        elif line.tag.startswith("{urn:oasis:names:tc:opendocument:xmlns:drawing:"):
            yield from _with_parts(line, "p", Beside("文本框", "", sheet))
            yield Beside(
                "文本框", next((value for key, value in line.attrib.items() if key.endswith("drawing:1.0}name")), ""), sheet
            )


def _times(element: ElementTree.Element, which: str) -> int:
    return next((int(value) for key, value in element.attrib.items() if key.endswith(f"}}number-{which}-repeated")), 1)


def _of_xls(data: bytes) -> Iterator[Beside]:
    """Raises ValueError for what is no XLS."""
    try:
        with xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO()) as book:
            for name in book.name_obj_list:
                yield Beside(f"名称“{name.name}”", name.name)
            for sheet in book.sheets():
                yield Beside("工作表名", sheet.name, sheet.name)
                for (row, column), note in sheet.cell_note_map.items():
                    yield Beside("批注", note.text, sheet.name, f"{get_column_letter(column + 1)}{row + 1}")
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, LookupError, AssertionError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
