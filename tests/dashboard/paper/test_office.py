"""Documents opened in LibreOffice: pages, order of captions, nothing cut, faces that have Chinese."""

import re
import shutil
import subprocess

import pytest
from PIL import Image

from dashboard.paper.briefs import BRIEFS
from dashboard.paper.caption import cited
from dashboard.paper.pdf import convert, office
from dashboard.paper.press import press
from dashboard.paper.preview import printable
from dashboard.paper.slides import brief_pptx
from dashboard.paper.word import brief_docx
from dashboard.paper.word_parts import NEVER_FIRST

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(
        office() is None or shutil.which("pdftotext") is None, reason="no LibreOffice or pdftotext: run `make office`"
    ),
]


@pytest.fixture(scope="module")
def pictures(composed, open_studio):
    return {name: [open_studio.draw(figure.plate).png for figure in brief.figures] for name, brief in composed.items()}


def text_of(pdf, tmp_path, *more):
    """Line by line as it stands on the page: the order in which pdftotext would read puts cells among the words below a table, and it joins
    what a hyphen parts at the end of a line."""
    (tmp_path / "x.pdf").write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-layout", *more, tmp_path / "x.pdf", "-"], check=True, capture_output=True, text=True
    ).stdout


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("name", BRIEFS)
def test_a_document_opens_with_everything_in_its_order(composed, pictures, tmp_path, name):
    brief = composed[name]
    pdf = convert(brief_docx(brief, pictures[name]), "docx")
    said = squeezed(re.sub(r"— ?\d+ ?—", "", text_of(pdf, tmp_path)))
    assert squeezed(brief.title) in said
    at = -1
    for block in brief.blocks:
        if hasattr(block, "caption"):
            word = "图" if hasattr(block, "plate") else "表"
            place = said.index(squeezed(block.caption.title))
            assert place > at
            assert f"{word}{block.number}" in said
            at = place
            for source in block.caption.sources:
                assert squeezed(source.text.partition("，")[0]) in said[place:]
    sizes = subprocess.run(["pdfinfo", tmp_path / "x.pdf"], check=True, capture_output=True, text=True).stdout
    assert "A4" in sizes
    [pages] = map(int, re.findall(r"Pages:\s+(\d+)", sizes))
    for page in range(1, pages + 1):
        assert f"—{page}—" in squeezed(text_of(pdf, tmp_path, "-f", str(page), "-l", str(page)))


@pytest.mark.parametrize("name", BRIEFS)
def test_no_picture_is_parted_from_its_caption_and_sources_and_no_page_is_half_blank(composed, pictures, tmp_path, name):
    pdf = press(composed[name], "pdf", pictures[name])
    pages = [squeezed(page) for page in text_of(pdf, tmp_path).split("\f")[:-1]]
    listed = subprocess.run(["pdfimages", "-list", tmp_path / "x.pdf"], check=True, capture_output=True, text=True).stdout
    drawn = [int(line.split()[0]) for line in listed.splitlines()[2:] if line.split()[2] == "image"]
    assert len(drawn) == len(composed[name].figures)
    for page, block in zip(drawn, composed[name].figures, strict=True):
        said = pages[page - 1].partition(f"图{block.number}{squeezed(block.caption.title)}")[2]
        assert said, f"图{block.number} is not titled on its page"
        for source in block.caption.sources:
            assert squeezed(cited(source, address=False)) in said
    assert "以上数字的出处见各图表下的资料来源" in pages[-1]  # 落款 has company
    subprocess.run(["pdftoppm", "-r", "20", "-gray", tmp_path / "x.pdf", tmp_path / "page"], check=True)
    for path in sorted(tmp_path.glob("page-*.pgm"))[:-1]:
        with Image.open(path) as image:
            text_block = image.crop((0, 0, image.width, round(image.height * 262 / 297))).point(lambda shade: shade < 200 and 255)
            ink = text_block.getbbox()
            assert ink is not None, path.name
            assert ink[3] >= 0.7 * text_block.height, path.name


def test_no_word_stands_outside_the_text_block(composed, pictures, tmp_path):
    pdf = convert(brief_docx(composed["towns"], pictures["towns"]), "docx")
    boxes = text_of(pdf, tmp_path, "-bbox")
    for left, right, word in re.findall(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', boxes):
        hangs = 6 if word[-1] in NEVER_FIRST else 0.5  # LibreOffice hangs one mark of punctuation whatever the document says
        assert float(left) / 72 * 25.4 >= 28 - 1
        assert float(right) / 72 * 25.4 <= 210 - 26 + hangs, word


@pytest.mark.parametrize("name", ["towns", "extension"])
def test_a_presentation_opens_and_no_text_leaves_its_slide(composed, pictures, tmp_path, name):
    pdf = convert(brief_pptx(composed[name], pictures[name]), "pptx")
    boxes = text_of(pdf, tmp_path, "-bbox")
    width, height = map(float, re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', boxes)[0])
    found = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.]+)" yMax="([\d.]+)"', boxes)
    assert found
    for left, top, right, bottom in found:
        assert float(left) >= 0
        assert float(top) >= 0
        assert float(right) <= width + 1
        assert float(bottom) <= height + 1


def test_without_libreoffice_chromium_prints_the_same_brief(composed, pictures, open_studio, tmp_path):
    brief = composed["extension"]
    pdf = open_studio.print_page(printable(brief, pictures["extension"]))
    said = squeezed(text_of(pdf, tmp_path))
    assert squeezed(brief.title) in said
    assert "图1" in said
    assert "资料来源：" in said
    assert "A4" in subprocess.run(["pdfinfo", tmp_path / "x.pdf"], check=True, capture_output=True, text=True).stdout
