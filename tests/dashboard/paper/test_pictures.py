"""Finished pictures from the kept-open browser: nothing cut, right size on paper, words that can be found, fit for a photocopier."""

from __future__ import annotations

import io
import json
import re
import struct
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from PIL import Image

from dashboard.cards.selection import Selection
from dashboard.cards.shown import NothingToExportError, shown
from dashboard.charts import CHARTS
from dashboard.paper.document import document
from dashboard.paper.plate import Wish, plate
from dashboard.paper.studio import DrawingError

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIZES = tuple(document().picture.sizes)
DRAWN = [chart_id for chart_id, chart in CHARTS.items() if chart.draw and not chart_id.startswith("overview")]
# Every text of a picture with the box it takes, and the picture's own box, measured in the browser that drew it.
BOXES = """(svg) => {
  const page = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  page.setAttribute('width', page.viewBox.baseVal.width); page.setAttribute('height', page.viewBox.baseVal.height);
  document.body.replaceChildren(document.importNode(page, true));
  const drawn = document.body.firstChild, whole = drawn.getBoundingClientRect();
  const texts = [...drawn.querySelectorAll('text')].filter((text) => text.textContent.trim() && !text.closest('clipPath'));
  return texts.map((text) => {
    const box = text.getBoundingClientRect();
    return { text: text.textContent, left: box.left - whole.left, top: box.top - whole.top, right: whole.right - box.right,
      bottom: whole.bottom - box.bottom, caption: (text.getAttribute('class') || '').startsWith('plate__') };
  });
}"""


def described(shipped, chart_id, size="wide", *, captioned=True):
    try:
        return plate(shipped, shown(shipped, CHARTS[chart_id], Selection()), Wish(size=size, captioned=captioned))
    except NothingToExportError:
        pytest.skip("no rows under the default selection")


@pytest.fixture(scope="module")
def picture(shipped, open_studio):
    """What the studio draws of a chart in a size, drawn once for all tests."""

    @cache
    def draw(chart_id, size="wide"):
        return open_studio.draw(described(shipped, chart_id, size))

    return draw


def chunks(png: bytes) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found.setdefault(png[at + 4 : at + 8], []).append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def words(svg: str) -> str:
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return "".join("".join(text.itertext()) for text in texts)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chart_id", DRAWN)
def test_no_text_is_cut_and_all_of_the_caption_is_there(shipped, open_studio, picture, chart_id, size):
    made, svg = described(shipped, chart_id, size), picture(chart_id, size).svg
    boxes = open_studio._run(f"({BOXES})({json.dumps(svg)})", chart_id)
    cut = [box for box in boxes if min(box[side] for side in ("left", "top", "right", "bottom")) < -0.5]
    assert not cut, cut
    said = re.sub(r"\s", "", words(svg))
    for part in (*made.above, *made.below):
        assert re.sub(r"\s", "", part.text) in said
    lines = [box for box in boxes if box["caption"]]
    drawing = [box for box in boxes if not box["caption"]]
    below = [box for box in lines if box["top"] > max(box["top"] for box in drawing)]
    assert len(below) >= len(made.below)  # the caption begins where the drawing has ended


@pytest.mark.parametrize("chart_id", [chart_id for chart_id in DRAWN if chart_id != "compare-places"])  # that of chosen places
def test_no_picture_is_taller_than_a_page(picture, chart_id):
    with Image.open(io.BytesIO(picture(chart_id).png)) as image:
        assert image.height / 300 * 25.4 <= 225.5


@pytest.mark.parametrize("chart_id", ["ratio-by-scope", "towns-revoked", "township-fill-rates", "small-counties-clock"])
@pytest.mark.parametrize("size", SIZES)
def test_no_line_of_a_caption_parts_a_number_from_its_unit_or_begins_with_a_closing_mark(picture, chart_id, size):
    page = ElementTree.fromstring(picture(chart_id, size).svg)
    texts = [text for text in page.iter("{http://www.w3.org/2000/svg}text") if (text.get("class") or "").startswith("plate__")]
    lines = ["".join(text.itertext()) for text in texts]
    assert len(lines) > 3
    for line, following in pairwise(lines):
        assert following[0] not in "，。、；：！？）》”％%】〕～"
        assert not (line[-1].isdigit() and following[0] in "年月日期个项名人万亿"), (line, following)
        assert (line[-1], following[0]) != ("—", "—")


@pytest.mark.parametrize("chart_id", ["towns-take-up", "ratio-by-scope", "small-counties-provinces"])
@pytest.mark.parametrize(("size", "width_mm"), [("wide", 156), ("half", 75), ("slide", 338.66)])
def test_a_picture_has_its_physical_size(picture, chart_id, size, width_mm):
    png = picture(chart_id, size).png
    with Image.open(io.BytesIO(png)) as image:
        across, down = image.size
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert image.mode == "RGB"
        image.load()
    per_metre = struct.unpack(">IIB", chunks(png)[b"pHYs"][0])
    assert per_metre == (11811, 11811, 1)
    assert width_mm - 0.2 <= across / 11811 * 1000 <= width_mm
    if size == "slide":
        assert across / down == pytest.approx(16 / 9, abs=0.002)
    else:
        assert down / 11811 * 1000 <= 225.5 or size == "half"


def test_the_text_of_an_svg_can_be_found_and_copied(shipped, picture):
    made, svg = described(shipped, "extension-lushan"), picture("extension-lushan").svg
    page = ElementTree.fromstring(svg)
    texts = ["".join(text.itertext()) for text in page.iter("{http://www.w3.org/2000/svg}text")]
    assert made.title in texts
    assert "超出40人（28.0%）" in texts
    assert page.get("width") == "156mm"
    assert (page.findtext("{http://www.w3.org/2000/svg}desc") or "").startswith(made.title)
    assert page.findtext("{http://www.w3.org/2000/svg}metadata") == made.stamp
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", re.sub(r"<metadata.*?</metadata>|<desc>.*?</desc>", "", svg))


def test_without_caption_there_is_no_caption(shipped, open_studio):
    svg = open_studio.draw(described(shipped, "extension-lushan", captioned=False)).svg
    assert "资料来源" not in words(svg)
    assert "单位：名、人" in words(svg)


@pytest.mark.parametrize("chart_id", ["extension-lushan", "towns-take-up", "small-counties-bodies", "small-counties-provinces"])
def test_a_photocopy_keeps_ink_and_paper_apart(picture, chart_id):
    with Image.open(io.BytesIO(picture(chart_id).png)) as image:
        grey = image.convert("L")
    shades = grey.histogram()
    total = sum(shades)
    assert sum(shades[:90]) / total > 0.005  # ink
    assert sum(shades[250:]) / total > 0.5  # paper
    corners = [grey.getpixel((x, y)) for x in (0, grey.width - 1) for y in (0, grey.height - 1)]
    assert corners == [255] * 4  # white to the edge, nothing transparent, no seam


def test_the_same_plate_gives_the_same_bytes(shipped, open_studio):
    made = described(shipped, "towns-take-up")
    assert open_studio.draw(made) == open_studio.draw(made)


def test_chinese_is_drawn_with_a_font_that_has_it(open_studio):
    assert open_studio.has_font(document().picture.font_stack)


def test_what_plotly_refuses_is_a_sentence(shipped, open_studio):
    from dataclasses import replace

    broken = replace(described(shipped, "towns-take-up"), figure={"data": "nothing", "layout": {}})
    with pytest.raises(DrawingError, match="驻马店"):
        open_studio.draw(broken)
    assert open_studio.draw(described(shipped, "towns-take-up")).png  # the browser is still there
