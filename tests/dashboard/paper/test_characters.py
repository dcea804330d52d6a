"""No export fails on a character that files cannot carry, whoever wrote it: each kind of file is made with each of them and reopened."""

from __future__ import annotations

import csv
import dataclasses
import io
import zipfile
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from dashboard.paper.briefs import parse_brief
from dashboard.paper.composition import compose
from dashboard.paper.delimited import csv_bytes, harmless
from dashboard.paper.preview import preview, printable
from dashboard.paper.sheet_text import cell_text
from dashboard.paper.slides import brief_pptx
from dashboard.paper.word import brief_docx
from dashboard.sandbox.runner import Column, Result
from dashboard.tools.sql.lineage import Witnesses
from dashboard.tools.sql.picture import picture
from dashboard.tools.sql.result_files import Asked, result_csv
from dashboard.tools.sql.result_sheet import result_xlsx
from tests.dashboard.paper.conftest import DOT
from vocabulary.characters import STAND_IN, fit, fit_all, unfit, without_unfit

CHARACTERS = ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\udc00", "\ufffe", "\uffff"]
EVERY = "前" + "".join(CHARACTERS) + "后"


def spoilt(value):
    """The same with `EVERY` in front of every text: as if a warehouse of others held such characters."""
    if isinstance(value, str):
        return EVERY + value
    if isinstance(value, tuple):
        return tuple(map(spoilt, value))
    if type(value).__name__ in {
        "Caption",
        "Citation",
        "SetTable",
        "SetColumn",
        "Heading",
        "Body",
        "FigureBlock",
        "TableBlock",
        "Data",
    }:
        kept = {"url", "unit", "chart", "selection", "plate", "slide_plates", "grade", "source_id"}
        changed = {
            field.name: spoilt(getattr(value, field.name)) for field in dataclasses.fields(value) if field.name not in kept
        }
        return dataclasses.replace(value, **changed)
    return value


@pytest.fixture(scope="module")
def brief(shipped):
    """A brief every text of which holds every such character."""
    items = [
        {"t": "h1", "text": "一"},
        {"t": "p", "text": "二"},
        *({"t": kind, "chart": "extension-lushan", "say": True} for kind in ("fig", "tab")),
    ]
    one = compose(shipped, parse_brief({"title": "题", "unit": "县委编办", "items": items}))
    return dataclasses.replace(one, title=spoilt(one.title), unit=spoilt(one.unit), blocks=spoilt(one.blocks))


def parts_of(content: bytes) -> str:
    """All XML of an office file, each part of which is well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        texts = [package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))]
    for text in texts:
        etree.fromstring(text)
    return b"".join(texts).decode()


def test_word(brief):
    content = brief_docx(brief, [DOT for _figure in brief.figures])
    said = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    assert said.count(fit(EVERY)) > 10
    assert not unfit(parts_of(content))


def test_slides(brief):
    content = brief_pptx(brief, [DOT for _plate in brief.slide_plates])
    assert len(pptx.Presentation(io.BytesIO(content)).slides) > 1
    assert parts_of(content).count(fit(EVERY)) > 10


def test_html(brief):
    for page in (preview(brief), printable(brief, [DOT for _figure in brief.figures])):
        assert not unfit(page)
        assert fit(EVERY) in page
        page.encode()


def result(text: str) -> Result:
    columns = (Column(name=text, type="VARCHAR"), Column(name="n", type="INTEGER"))
    return Result(columns=columns, rows=[[text, 1]], truncated=False, build_id="b1", seconds=0.0)


@pytest.mark.parametrize("character", CHARACTERS)
def test_a_result_as_workbook_csv_and_picture(shipped, character):
    text = f"前{character}后"
    asked = Asked(sql=f"select '{text}'", params={"p": text}, result=result(text))
    content, _held = result_xlsx(shipped, asked)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [[cell.value for cell in row] for row in book["结果"].iter_rows()] == [
        [f"前{STAND_IN}后", "n"],
        [f"前{STAND_IN}后", 1],
    ]
    parts_of(content)
    assert list(csv.reader(io.StringIO(result_csv(asked).decode("utf-8-sig"))))[1] == [f"前{STAND_IN}后", "1"]
    assert not unfit(str(picture(shipped, result(text), Witnesses()).figure))


@pytest.mark.parametrize("character", CHARACTERS)
def test_what_a_reader_types_into_a_brief(shipped, character):
    stated = {
        "title": f"题{character}目",
        "unit": f"单{character}位",
        "items": [{"t": "p", "text": f"甲{character}乙"}, {"t": "h1", "text": character}],
    }
    made = compose(shipped, parse_brief(stated))
    parts_of(brief_docx(made, []))
    parts_of(brief_pptx(made, []))
    assert not unfit(preview(made))
    assert "甲" in preview(made)


def test_what_the_browser_draws_gets_none():
    """An SVG is written by the browser from the plate as the server gives it."""
    plate = fit_all({"title": EVERY, "figure": {"data": [{"text": [EVERY, None, 1.5]}]}, "above": ({"text": EVERY},)})
    assert plate == {
        "title": fit(EVERY),
        "figure": {"data": [{"text": [fit(EVERY), None, 1.5]}]},
        "above": [{"text": fit(EVERY)}],
    }


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_a_cleaned_text_can_stand_in_any_file(text):
    ElementTree.fromstring(f"<a>{fit(text).replace('&', '').replace('<', '').replace(']', '')}</a>")
    etree.Element("a").text = fit(text)
    etree.Element("a").text = without_unfit(text)
    csv_bytes([[harmless(text)]], for_people=True).decode()
    cell_text(text).encode()
    assert len(fit(text)) == len(text)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]), st.text(max_size=5))
def test_no_text_is_run_as_a_formula(first, rest):
    assert harmless(first + rest).startswith("'")
