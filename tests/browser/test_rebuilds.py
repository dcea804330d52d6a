"""Twenty page loads with a rebuild in the midst of each: no error, and never two builds on one page.

Every build adds its number to all values, so that one number of a card tells which build it shows.
"""

from __future__ import annotations

import random
import re
import threading
import time

import pytest

from dashboard.web.app import create_app
from tests.browser.conftest import served
from tests.rebuilt import rebuilt

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REBUILDS = 20
ACTUAL = 183  # 鲁山县's 实有 in build 0
# What each place on the page says 实有 is: tile, sentence, drawing, table.
TEXTS = "(where) => [...document.querySelectorAll(where)].map((one) => one.textContent).join(' ')"
SAID = {
    "/": {
        "tile": ".tile__figure",
        "sentence": "#card-overview-extension .card__finding",
        "chart": "#card-overview-extension .card__graph text",
        "table": "#card-overview-extension .table td",
    },
    "/extension": {
        "sentence": "#card-extension-lushan .card__finding",
        "chart": "#card-extension-lushan .card__graph text",
        "table": "#card-extension-lushan .table td",
        "peers": "#card-extension-peers .table td",
    },
}


def builds_on(said: dict[str, str], last: int) -> dict[str, set[int]]:
    """Which builds each place speaks of: the numbers in it that 实有 has had."""
    known = range(ACTUAL, ACTUAL + last + 1)
    return {
        place: {int(number) - ACTUAL for number in re.findall(r"\d+", text)} & {value - ACTUAL for value in known}
        for place, text in said.items()
    }


def test_no_page_fails_and_none_mixes_two_builds(shipped_file, visit_of, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    rebuilt(shipped_file, path, build_id="b0")
    chance, took = random.Random(7), 2.0
    seen: list[int] = []
    with served(create_app(path)) as address:
        visit = visit_of(address)

        def look(place: str) -> None:
            page = visit.open(place, rest=False)
            visit.draw_all()
            found = builds_on({name: page.evaluate(TEXTS, where) for name, where in SAID[place].items()}, REBUILDS)
            shown = set.intersection(*found.values())
            assert len(shown) == 1, (seen, found)
            seen.extend(shown)
            assert page.locator(".card--failed").count() == 0

        for build in range(1, REBUILDS + 1):
            rebuilt(shipped_file, tmp_path / "new", build_id=f"b{build}", extra=build)
            replacing = threading.Timer(chance.uniform(0, took), (tmp_path / "new").replace, [path])
            replacing.start()
            begun = time.monotonic()
            look(list(SAID)[build % 2])
            took = time.monotonic() - begun
            replacing.join()
        visit.page.wait_for_timeout(1200)  # the server looks for a new build once a second
        for place in SAID:
            look(place)
    assert visit.complaints == []
    assert len(set(seen)) > REBUILDS / 3
    assert seen[-2:] == [REBUILDS, REBUILDS]
