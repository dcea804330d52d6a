"""A4: a card that fits on a page stands on one page."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser


def printed(page, folder):
    """The words of each page."""
    (folder / "page.pdf").write_bytes(page.pdf(prefer_css_page_size=True, print_background=True))
    made = subprocess.run(["pdftotext", "-raw", folder / "page.pdf", "-"], check=True, capture_output=True, text=True).stdout
    return [re.sub(r"\s+", "", text) for text in made.split("\f")[:-1]]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: run `make office`")
@pytest.mark.parametrize(
    ("path", "first"), [("/ratio", "如果换一个目标"), ("/ratio?to=20", "如果换一个目标"), ("/mine", "还缺什么")]
)
def test_the_last_block_does_not_begin_the_last_page_or_run_on_to_one(visit, path, first, tmp_path):
    last = printed(visit.open(path), tmp_path)[-1]
    assert first in last
    assert len(last) > 500  # and more than that


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: run `make office`")
@pytest.mark.parametrize("path", ["/", "/ratio", "/small-counties", "/township"])
def test_a_card_begins_and_ends_on_the_same_page(visit, path, tmp_path):
    page = visit.open(path)
    cards = page.evaluate(
        """[...document.querySelectorAll('.card[data-chart]:not(.card--table)')].map((card) =>
           [card.querySelector('.card__question').innerText, [...card.querySelectorAll('.card__source')].at(-1).textContent.slice(0, 9)])"""
    )
    pages = printed(page, tmp_path)
    squeezed = [[re.sub(r"\s+", "", part) for part in card] for card in cards]
    assert squeezed
    for question, end in squeezed:
        assert any(question in text and end in text[text.index(question) :] for text in pages), question
    assert len(pages[0]) > 300  # not a heading alone
