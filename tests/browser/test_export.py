"""What leaves a card through its menu, made in the reader's browser: the same picture as the server's, whole, stamped, offline."""

from __future__ import annotations

import io
import json
import re

import openpyxl
import pytest
from PIL import Image, ImageChops

from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.paper.plate import Wish, plate
from dashboard.paper.studio import studio
from dashboard.settings import ROOT
from dashboard.warehouse import Warehouse
from etl.stamps import read_stamp

pytestmark = pytest.mark.browser

CHART = "extension-lushan"


def download(visit, name, chart=CHART):
    visit.page.locator(f"#card-{chart} .card__menu").click()
    with visit.page.expect_download() as started:
        visit.page.get_by_role("menuitem", name=name, exact=True).click()
    return started.value


@pytest.fixture(scope="module")
def reader(warehouse):
    """The warehouse that the served dashboard reads."""
    shipped = ROOT / "warehouse.duckdb"
    return Warehouse(shipped if shipped.is_file() else warehouse)


PICTURES = {
    "下载图片（PNG）": Wish(size="wide"),
    "下载半栏图片（75 mm）": Wish(size="half"),
    "下载幻灯片图片（16:9）": Wish(size="slide"),
    "下载不带题注的图片": Wish(size="wide", captioned=False),
}


def test_the_readers_browser_and_the_server_make_the_same_pictures(visit, reader, tmp_path):
    visit.open("/extension")
    made = {name: download(visit, name) for name in PICTURES}
    with studio() as opened:
        for name, wish in PICTURES.items():
            described = plate(reader, shown(reader, CHARTS[CHART], Selection()), wish)
            ours = Image.open(io.BytesIO(opened.draw(described).png))
            theirs = Image.open(made[name].path())
            assert ours.size == theirs.size, name
            assert theirs.info["dpi"] == pytest.approx((300, 300), abs=0.1)
            difference = ImageChops.difference(ours.convert("L"), theirs.convert("L"))
            assert difference.getbbox() is None, f"{name} differs in {difference.getbbox()}"
            assert made[name].suggested_filename == f"{described.name}.png"
            stamp = read_stamp(made[name].path())
            assert (stamp.build, stamp.charts) == (reader.build.build_id, (CHART,))
    assert visit.complaints == []
    assert visit.foreign == []


@pytest.mark.parametrize(
    ("path", "chart", "query"),
    [
        ("/compare?i=population_per_fiscal_staff&p=410423-zhangdian,anon-shanxi-2019,140930,CN", "compare-places", ""),
        ("/area/140930", "area-changes", "p=140930"),
    ],
)
def test_what_the_reader_chose_is_drawn_alike_on_both_sides(visit, reader, path, chart, query):
    visit.open(path)
    theirs = download(visit, "下载图片（PNG）", chart)
    selection, _ignored = Selection.from_query(query or path.partition("?")[2])
    with studio() as opened:
        assert theirs.path().read_bytes() == opened.draw(plate(reader, shown(reader, CHARTS[chart], selection))).png
    assert visit.complaints == []


def test_a_picture_that_no_page_holds_is_announced(visit):
    page = visit.open("/compare?i=party_gov_bodies&p=140930,140123,141028")
    page.evaluate(
        """() => { const ask = window.fetch;
          window.fetch = (where, more) => ask(where.replace(/([?&])p=[^&]*/, '$1p='), more); }"""  # as if every place were chosen
    )
    assert download(visit, "下载图片（PNG）", "compare-places").suggested_filename.endswith("_通栏.png")
    visit.until("document.querySelector('#notice').innerText.includes('超过一页')")


def test_the_svg_and_the_workbook_carry_title_sources_and_stamp(visit, reader):
    visit.open("/extension")
    svg = download(visit, "下载图片（SVG）")
    text = re.sub(r"<[^>]+>", "", svg.path().read_text(encoding="utf-8"))
    described = plate(reader, shown(reader, CHARTS[CHART], Selection()))
    for part in described.below:
        assert re.sub(r"\s", "", part.text) in re.sub(r"\s", "", text)
    assert read_stamp(svg.path()).facts
    book = openpyxl.load_workbook(io.BytesIO(download(visit, "下载数据（XLSX）").path().read_bytes()))
    assert "来源" in book.sheetnames
    assert visit.complaints == []


def test_title_and_sources_are_copied_with_their_addresses(visit, reader):
    page = visit.open("/extension")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(f"#card-{CHART} .card__menu").click()
    page.get_by_role("menuitem", name="复制图题与来源").click()
    visit.until("document.querySelector('#notice').innerText.includes('已复制')")
    assert page.evaluate("navigator.clipboard.readText()") == plate(reader, shown(reader, CHARTS[CHART], Selection())).text


def test_the_selection_of_the_reader_is_what_is_exported(visit):
    page = visit.open("/compare")
    card = page.locator(".card[data-chart]").first
    if "?" not in (card.get_attribute("data-download") or ""):
        pytest.skip("nothing chosen by default")
    described = page.evaluate(
        """async () => {
          const card = document.querySelector('.card[data-chart]');
          const where = card.dataset.download.replace('.csv', '.plate.json');
          return (await fetch(where)).json();
        }"""
    )
    query = card.get_attribute("data-download").partition("?")[2]
    assert json.loads(described["stamp"])["charts"][0]["selection"] == Selection.from_query(query)[0].to_query()


def test_a_card_without_a_drawing_offers_its_rows_only(visit):
    page = visit.open("/towns")
    page.locator("#card-towns-catalogues .card__menu").click()
    page.get_by_role("menuitem").first.wait_for()
    offered = page.get_by_role("menuitem").all_inner_texts()
    assert "下载数据（XLSX）" in offered
    assert not [words for words in offered if "图片" in words]


def test_a_browser_without_chinese_refuses_instead_of_drawing_boxes(visit):
    page = visit.open("/extension")
    said = page.evaluate(
        """async () => {
          const plate = await (await fetch('/download/extension-lushan.plate.json')).json();
          const fill = CanvasRenderingContext2D.prototype.fillText;
          CanvasRenderingContext2D.prototype.fillText = function (_text, x, y) { return fill.call(this, '\\u25a1', x, y); };
          try { await window.plates.png(plate); return 'drawn'; }
          catch (error) { return error.message; }
          finally { CanvasRenderingContext2D.prototype.fillText = fill; }
        }"""
    )
    assert "没有可用的中文字体" in said
