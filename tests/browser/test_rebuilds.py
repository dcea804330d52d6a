"""Two hundred page loads while the warehouse is rebuilt twenty times: no error, and never two builds on one page.

Every build adds its number to all values, so that one number of a card tells which build it shows.
"""

from __future__ import annotations

import random
import re
import threading

import pytest

from dashboard.web.app import create_app
from tests.browser.conftest import served
from tests.rebuilt import rebuilt

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOADS, REBUILDS = 200, 20
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
    done, made = threading.Event(), [0]
    chance = random.Random(7)

    def rebuild() -> None:
        while made[0] < REBUILDS and not done.wait(chance.uniform(2, 6)):
            made[0] += 1
            rebuilt(shipped_file, tmp_path / "new", build_id=f"b{made[0]}", extra=made[0])
            (tmp_path / "new").replace(path)

    seen: set[int] = set()
    with served(create_app(path)) as address:
        visit = visit_of(address)
        worker = threading.Thread(target=rebuild)
        worker.start()
        try:
            for load in range(LOADS):
                place = list(SAID)[load % 2]
                page = visit.open(place, calm=0)
                found = builds_on({name: page.evaluate(TEXTS, where) for name, where in SAID[place].items()}, REBUILDS)
                shown = set.intersection(*found.values())
                assert len(shown) == 1, (load, found)
                seen |= shown
                assert page.locator(".card--failed").count() == 0
        finally:
            done.set()
            worker.join()
    assert visit.complaints == []
    assert made[0] == REBUILDS, f"only {made[0]} rebuilds during {LOADS} loads: let them come faster"
    assert len(seen) > REBUILDS / 3
