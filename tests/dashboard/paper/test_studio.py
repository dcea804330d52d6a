"""The browser that draws: one that starts and does not answer is not the end."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from dashboard.paper import studio as studios
from dashboard.paper.studio import DrawingError, MissingToolError


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


class Arriving:
    """A tab whose page comes in steps, a step a question; it answers as the browser's own document would."""

    def __init__(self, *steps: tuple[str, str, str]) -> None:
        self.steps = list(steps)

    async def send_command(self, command, asked):
        assert command == "Runtime.evaluate"
        protocol, ready, fonts = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        document = SimpleNamespace(readyState=ready, fonts=SimpleNamespace(status=fonts))
        names = {"location": SimpleNamespace(protocol=protocol), "document": document}
        value = eval(asked["expression"].replace("===", "==").replace("&&", "and"), names)
        return {"result": {"result": {"value": value}}}


def test_a_page_is_printed_when_it_is_there_to_its_end():
    """A half-read page was printed once in forty times on a busy machine: a brief of one page without its sources."""
    tab = Arriving(
        ("about:", "complete", "loaded"),
        ("file:", "loading", "loaded"),
        ("file:", "interactive", "loaded"),
        ("file:", "complete", "loading"),
        ("file:", "complete", "loaded"),
    )
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(studios._whole(tab))).result()
    assert tab.steps == [("file:", "complete", "loaded")]


def test_a_page_that_never_comes_is_a_sentence(monkeypatch):
    monkeypatch.setattr(studios, "_SECONDS", 0.2)
    with ThreadPoolExecutor(1) as threads, pytest.raises(DrawingError, match="没有排好版"):
        threads.submit(lambda: asyncio.run(studios._whole(Arriving(("file:", "loading", "loaded"))))).result()
