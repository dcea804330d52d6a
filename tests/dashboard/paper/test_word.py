"""The Word document as a 公文 editor measures it: page, faces, sizes, captions, tables, stamps."""

import io
import re
import zipfile

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from dashboard.paper.briefs import BRIEFS, Brief, Item
from dashboard.paper.caption import cited
from dashboard.paper.composition import compose
from dashboard.paper.document import document
from dashboard.paper.fitting import caption_mm
from dashboard.paper.word import brief_docx
from etl.stamps import read_stamp
from tests.dashboard.paper.conftest import DOT

pytestmark = pytest.mark.slow  # it writes four whole documents

every_brief = pytest.mark.parametrize("name", BRIEFS)


def written(composed):
    return brief_docx(composed, [DOT] * len(composed.figures))


@pytest.fixture(scope="module")
def documents(composed):
    """Every registered brief, written once."""
    return {name: written(brief) for name, brief in composed.items()}


def opened(file):
    return docx.Document(io.BytesIO(file))


def pictures_of(made):
    return [line for line in made.paragraphs if line._p.findall(f".//{qn('w:drawing')}")]


def test_page_and_text_block_are_those_of_the_standard(documents):
    section = opened(documents["towns"]).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    block = (
        section.page_width - section.left_margin - section.right_margin,
        section.page_height - section.top_margin - section.bottom_margin,
    )
    assert [round(length / Mm(1)) for length in block] == [156, 225]
    assert [
        round(length.mm) for length in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(grid.get(qn("w:linePitch"))) == pytest.approx(225 / 22 / 25.4 * 1440, abs=1)


@pytest.mark.parametrize(
    ("key", "font", "points", "pitch"),
    [
        ("title", "方正小标宋简体", 22, 35), ("body", "仿宋_GB2312", 16, 28.95), ("heading1", "黑体", 16, 28.95),
        ("heading2", "楷体_GB2312", 16, 28.95), ("figure_caption", "仿宋_GB2312", 12, None), ("note", "仿宋_GB2312", 10.5, 14),
    ],
)  # fmt: skip
def test_faces_sizes_and_pitch_by_the_settings(documents, key, font, points, pitch):
    style = opened(documents["towns"]).styles[document().styles[key].name]
    faces = style.element.rPr.rFonts
    assert {faces.get(qn(f"w:{side}")) for side in ("ascii", "hAnsi", "cs")} == {"Times New Roman"}
    assert faces.get(qn("w:eastAsia")) == font
    assert style.font.size == Pt(points)
    if pitch:
        assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
        assert style.paragraph_format.line_spacing.pt == pytest.approx(pitch, abs=0.05)
    else:
        assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.SINGLE


def test_no_theme_face_is_left_that_word_would_prefer(documents):
    with zipfile.ZipFile(io.BytesIO(documents["towns"])) as package:
        for part in ("word/styles.xml", "word/document.xml", "word/footer1.xml"):
            assert "Theme=" not in re.sub(r"<w:color[^>]*>", "", package.read(part).decode())


def test_body_is_indented_by_two_characters_for_word_and_for_others(documents):
    made = opened(documents["towns"])
    body = next(line for line in made.paragraphs if line.style.name == "公文正文" and line.text)
    indent = body._p.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"
    assert indent.get(qn("w:firstLine")) == "640"


def test_a_line_of_the_body_holds_28_characters(documents):
    made = opened(documents["towns"])
    spacing = int(made.styles["公文正文"].element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert 28 * (16 + spacing / 20) <= 156 / 25.4 * 72 < 29 * (16 + spacing / 20)


def test_the_page_number_stands_between_dashes_at_the_outer_side(documents):
    section = opened(documents["towns"]).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert line.text == "— 1 —"
        assert "PAGE" in "".join(code.text for code in line._p.iter(qn("w:instrText")))
        assert line._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"
    assert opened(documents["towns"]).settings.odd_and_even_pages_header_footer


@every_brief
def test_a_picture_fits_and_its_caption_note_and_sources_follow(composed, documents, name):
    brief, made = composed[name], opened(documents[name])
    places = [index for index, line in enumerate(made.paragraphs) if line._p.findall(f".//{qn('w:drawing')}")]
    assert len(places) == len(brief.figures) > 0
    for place, block in zip(places, brief.figures, strict=True):
        extent = next(made.paragraphs[place]._p.iter(qn("wp:extent")))
        assert int(extent.get("cx")) <= Mm(156)
        caption, *others = made.paragraphs[place + 1 : place + 4]
        assert caption.text == f"图{block.number}　{block.caption.title}"
        assert caption.style.name == "图题"
        below = "".join(line.text for line in others)
        assert below.startswith(("注：", "资料来源："))
        for source in block.caption.sources:
            assert cited(source, address=False) in below


@every_brief
def test_a_pictures_line_has_no_fixed_pitch_and_stays_with_its_caption(documents, name):
    for line in pictures_of(opened(documents[name])):
        form, style = line.paragraph_format, line.style.paragraph_format
        assert WD_LINE_SPACING.EXACTLY not in {form.line_spacing_rule, style.line_spacing_rule}
        assert form.line_spacing == 1.0
        assert form.keep_with_next
        described = next(line._p.iter(qn("wp:docPr")))
        assert described.get("descr")
        assert described.get("title")
        inline = next(line._p.iter(qn("wp:inline")))
        assert {inline.get(side) for side in ("distT", "distB", "distL", "distR")} == {"0"}  # else pushed aside by LibreOffice


def test_a_very_tall_picture_is_narrowed_so_that_its_caption_stays_on_the_page(composed):
    from PIL import Image

    target = io.BytesIO()
    Image.new("L", (100, 400)).save(target, "PNG")
    brief = composed["extension"]
    made = docx.Document(io.BytesIO(brief_docx(brief, [target.getvalue()] * len(brief.figures))))
    extent = next(pictures_of(made)[0]._p.iter(qn("wp:extent")))
    assert int(extent.get("cy")) <= Mm(225 - caption_mm(brief.figures[0].caption, document()))


@every_brief
def test_captions_are_numbered_by_fields(composed, documents, name):
    made = opened(documents[name])
    codes = [code.text.strip() for code in made.element.body.iter(qn("w:instrText"))]
    assert codes == [
        f"SEQ {'图' if type(block).__name__ == 'FigureBlock' else '表'} \\* ARABIC"
        for block in composed[name].blocks
        if hasattr(block, "caption")
    ]


@every_brief
def test_tables_are_native_with_three_lines_and_their_caption_above(composed, documents, name):
    brief, made = composed[name], opened(documents[name])
    blocks = [block for block in brief.blocks if type(block).__name__ == "TableBlock"]
    assert len(made.tables) == len(blocks)
    body = list(made.element.body)
    for table, block in zip(made.tables, blocks, strict=True):
        assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [block.table.header, *block.table.rows]
        borders = {side.tag.split("}")[1]: side.get(qn("w:val")) for side in table._tbl.tblPr.find(qn("w:tblBorders"))}
        assert {side for side, kind in borders.items() if kind == "single"} == {"top", "bottom"}
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        above = [Paragraph(element, made).text for element in body[body.index(table._tbl) - 2 : body.index(table._tbl)]]
        assert any(text == f"表{block.number}　{block.caption.title}" for text in above)
        for column in block.table.columns:
            decimals = {len(cell.partition(".")[2]) for cell in column.cells if column.numeric and cell[-1:].isdigit()}
            assert len(decimals) <= 1


@every_brief
def test_every_figure_and_table_is_mentioned_before_it_stands(composed, name):
    said = ""
    for block in composed[name].blocks:
        if hasattr(block, "text"):
            said += block.text
        else:
            word = "图" if type(block).__name__ == "FigureBlock" else "表"
            assert f"{word}{block.number}）" in said


def test_sources_can_be_opened_where_they_have_an_address(composed, documents):
    made = opened(documents["towns"])
    targets = {rel.target_ref for rel in made.part.rels.values() if rel.is_external}
    wanted = {
        source.url
        for block in composed["towns"].blocks
        if hasattr(block, "caption")
        for source in block.caption.sources
        if source.url
    }
    assert targets == wanted


def test_the_stamp_names_the_build_the_cards_and_their_facts(documents, tmp_path, shipped):
    path = tmp_path / "brief.docx"
    path.write_bytes(documents["towns"])
    stamp = read_stamp(path)
    assert stamp.build == shipped.build.build_id
    assert set(stamp.charts) >= {"towns-take-up", "towns-held"}
    assert len(stamp.facts) > 20
    core = docx.Document(path).core_properties
    assert (core.version, core.language) == (shipped.build.build_id, "zh-CN")


def test_signature_and_date_stand_at_the_end_to_the_right(shipped):
    brief = Brief(title="题", unit="某县委编办", date="2025-06-30", items=(Item(kind="p", text="正文。"),))
    made = opened(written(compose(shipped, brief)))
    assert [line.text for line in made.paragraphs[-2:]] == ["某县委编办", "2025年6月30日"]
    assert made.paragraphs[-1]._p.pPr.ind.get(qn("w:rightChars")) == "400"


def test_the_body_is_justified_and_no_line_may_begin_with_a_closing_mark(documents):
    made = opened(documents["towns"])
    assert made.styles["公文正文"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    hanging = made.styles["公文正文"].element.pPr.find(qn("w:overflowPunct"))
    assert hanging.get(qn("w:val")) == "0"
    never = made.settings.element.find(qn("w:noLineBreaksBefore"))
    assert never.get(qn("w:lang")) == "zh-CN"
    assert set("，。；）》”～%") - {"”"} <= set(never.get(qn("w:val")))


@every_brief
def test_note_and_sources_stay_with_their_figure_and_the_signature_with_text(documents, name):
    made = opened(documents[name])
    lines = made.paragraphs
    for place, line in enumerate(lines):
        if line._p.findall(f".//{qn('w:drawing')}"):
            below = [other for other in lines[place + 2 : place + 4] if other.style.name == "注与来源"]
            assert below
            assert all(other.paragraph_format.keep_together for other in below)
            assert all(other.paragraph_format.keep_with_next for other in below[:-1])
    [closing] = [line for line in lines if line.text.startswith("以上数字的出处见各图表下的资料来源")]
    assert closing.paragraph_format.keep_with_next


def test_pictures_must_be_as_many_as_figures(composed):
    with pytest.raises(ValueError, match="shorter"):
        brief_docx(composed["towns"], [DOT])


def test_word_keeps_the_resolution_of_pictures(documents):
    made = opened(documents["towns"])
    assert len(made.settings.element.findall(qn("w:doNotAutoCompressPictures"))) == 1
