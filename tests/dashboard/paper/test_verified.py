"""Export, change one fact, verify: exactly that fact is named, in every format that is stamped."""

import shutil

import pytest

from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.charts import CHARTS
from dashboard.paper.plate import plate
from dashboard.paper.slides import brief_pptx
from dashboard.paper.word import brief_docx
from dashboard.paper.xlsx import chart_xlsx
from dashboard.warehouse import Warehouse
from etl.ask.verify import Verifier
from etl.build.build import Plan, build
from tests.conftest import SOURCES
from tests.dashboard.paper.conftest import DOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def later(tmp_path_factory):
    """The shipped facts with 黄埠镇 at 139 items instead of 138."""
    folder = tmp_path_factory.mktemp("later")
    shutil.copytree(SOURCES, folder / "sources", ignore=shutil.ignore_patterns("local"))
    path = folder / "sources" / "facts" / "delegation.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    [place] = [index for index, line in enumerate(lines) if ",138,项,exact,138" in line]
    lines[place] = lines[place].replace(",138,项,exact,138", ",139,项,exact,139")
    path.write_text("".join(lines), encoding="utf-8")
    build(Plan(target=folder / "warehouse.duckdb", sources=folder / "sources"))
    return folder / "warehouse.duckdb"


def test_workbook_document_and_presentation(shipped, composed, shipped_file, later, tmp_path):
    towns = composed["towns"]
    made = {
        "rows.xlsx": chart_xlsx(shipped, shown(shipped, CHARTS["towns-take-up"], Selection())),
        "brief.docx": brief_docx(towns, [DOT] * len(towns.plates)),
        "brief.pptx": brief_pptx(towns, [DOT] * len(towns.slide_plates)),
        "other.xlsx": chart_xlsx(shipped, shown(shipped, CHARTS["extension-lushan"], Selection())),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
        assert Verifier.of(shipped_file).verify(tmp_path / name).changed == ()
        changed = Verifier.of(later).verify(tmp_path / name).changed
        assert len(changed) == (0 if name == "other.xlsx" else 1), name
        assert all("由 138 改为 139" in sentence for sentence in changed)


def take_up_plate(file):
    db = Warehouse(file)
    return plate(db, shown(db, CHARTS["towns-take-up"], Selection()))


@pytest.mark.browser
def test_pictures(open_studio, shipped_file, later, tmp_path):
    picture = open_studio.draw(take_up_plate(shipped_file))
    (tmp_path / "x.png").write_bytes(picture.png)
    (tmp_path / "x.svg").write_text(picture.svg, encoding="utf-8")
    for name in ("x.png", "x.svg"):
        assert Verifier.of(shipped_file).verify(tmp_path / name).changed == ()
        [sentence] = Verifier.of(later).verify(tmp_path / name).changed
        assert "由 138 改为 139" in sentence


@pytest.mark.browser
def test_a_picture_that_another_program_saved_anew_is_not_ok(open_studio, shipped_file, tmp_path):
    from PIL import Image

    from etl.problems import EtlError

    picture = open_studio.draw(take_up_plate(shipped_file))
    (tmp_path / "x.png").write_bytes(picture.png)
    Image.open(tmp_path / "x.png").convert("RGB").save(tmp_path / "stripped.png")
    with pytest.raises(EtlError, match="没有本系统的印记"):
        Verifier.of(shipped_file).verify(tmp_path / "stripped.png")
