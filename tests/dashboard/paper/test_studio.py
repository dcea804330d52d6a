"""The browser that draws: one that starts and does not answer is not the end."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.paper import studio as studios
from dashboard.paper.studio import MissingToolError


class Deaf:
    """Stands for a browser that was started: `tabs` as Kaleido has them."""

    def __init__(self) -> None:
        self.tabs, self.closed = {"t": object()}, False

    async def close(self) -> None:
        self.closed = True


def start(page):
    """In a thread of its own, as the studio does: this one may have the loop of a browser test."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(lambda: asyncio.run(studios._started(page))).result()


@pytest.fixture
def started(monkeypatch):
    found: list[Deaf] = []

    async def opened(_page):
        found.append(Deaf())
        return found[-1]

    monkeypatch.setattr(studios, "_opened", opened)
    monkeypatch.setattr(studios, "_TO_START", 0.05)
    return found


def test_of_two_starts_the_second_may_answer(started, monkeypatch, tmp_path):
    async def ready(_tab):
        if len(started) == 1:
            await asyncio.sleep(60)

    monkeypatch.setattr(studios, "_ready", ready)
    browser = start(tmp_path)
    assert browser is started[1]
    assert [one.closed for one in started] == [True, False]


def test_a_browser_that_never_answers_is_a_sentence(started, monkeypatch, tmp_path):
    async def ready(_tab):
        await asyncio.sleep(60)

    monkeypatch.setattr(studios, "_ready", ready)
    with pytest.raises(MissingToolError, match="没有应答"):
        start(tmp_path)
    assert [one.closed for one in started] == [True, True]
