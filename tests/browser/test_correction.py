"""From a line of the sources to the screen: a corrected fact and a rebuild change sentence, chart, table, notes, tile and wall alike."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from dashboard.web.app import create_app
from etl.build.build import Plan, build
from tests.browser.conftest import served
from tests.conftest import SOURCES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINE = "140930,staff_over,,,事业,,,,,,,after,2022-08,{count},人,exact,{count}名,"
CARD = "#card-small-counties-posts-people"


def correct(sources: Path, old: int, new: int) -> None:
    """Change one number where the curator keeps it."""
    facts = sources / "facts" / "posts.csv"
    text = facts.read_text(encoding="utf-8")
    assert LINE.format(count=old) in text
    facts.write_text(text.replace(LINE.format(count=old), LINE.format(count=new), 1), encoding="utf-8")


def parts(page) -> dict[str, str]:
    """What each part of the card says."""
    page.locator(CARD).get_by_role("button", name="表格", exact=True).click()
    table = page.locator(f"{CARD} table").inner_text()
    page.locator(CARD).get_by_role("button", name="图", exact=True).click()
    return {
        "sentence": page.locator(f"{CARD} .card__finding").inner_text(),
        "chart": page.evaluate(
            f"[...document.querySelectorAll('{CARD} .card__graph text')].map((one) => one.textContent).join(' ')"
        ),
        "length": page.evaluate(f"JSON.stringify(document.querySelector('{CARD} .js-plotly-plot').data.map((trace) => trace.x))"),
        "alternative": page.locator(f"{CARD} .card__picture").get_attribute("aria-label"),
        "table": table,
        "notes": page.locator(f"{CARD} .card__notes").inner_text(),
    }


def test_a_corrected_fact_changes_everything_that_rests_on_it(visit_of, shipped_file, tmp_path):
    sources = Path(shutil.copytree(SOURCES, tmp_path / "sources"))
    plan = Plan(target=Path(shutil.copytree(shipped_file.parent, tmp_path / "out")) / shipped_file.name, sources=sources)
    with served(create_app(plan.target)) as address:
        visit = visit_of(address)
        page = visit.open("/small-counties")
        before = parts(page)
        assert all("903" in said for said in before.values()), before
        correct(sources, 903, 911)
        build(plan)
        page.wait_for_timeout(1200)
        page = visit.open("/small-counties")
        after = parts(page)
        assert after == {name: said.replace("903", "911") for name, said in before.items()}
        assert "903" not in page.inner_text("main")
        page = visit.open("/")
        assert "911人" in page.locator(".tiles").inner_text()
        assert "903" not in page.locator(".tiles").inner_text() + page.locator(".cards").inner_text()
        changed = page.locator(".changes").inner_text()
        assert "修改1条" in changed
        assert "修改：河曲县超编人数" in changed
        assert "由903人改为911人" in changed
        scenes = json.dumps(page.request.get(f"{address}/wall/scenes.json").json()["scenes"], ensure_ascii=False)
        assert "911" in scenes
        assert not re.search(r"(?<!\d)903(?!\d)", scenes)  # not digits of some coordinate
        assert visit.complaints == []
