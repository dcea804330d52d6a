"""A4: a card that fits on a page stands on one page."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext: run `make office`")
@pytest.mark.parametrize("path", ["/", "/ratio", "/small-counties", "/township"])
def test_a_card_begins_and_ends_on_the_same_page(visit, path, tmp_path):
    page = visit.open(path)
    cards = page.evaluate(
        """[...document.querySelectorAll('.card[data-chart]:not(.card--table)')].map((card) =>
           [card.querySelector('.card__question').innerText, [...card.querySelectorAll('.card__source')].at(-1).textContent.slice(0, 9)])"""
    )
    (tmp_path / "page.pdf").write_bytes(page.pdf(prefer_css_page_size=True, print_background=True))
    made = subprocess.run(["pdftotext", "-raw", tmp_path / "page.pdf", "-"], check=True, capture_output=True, text=True).stdout
    pages = [re.sub(r"\s+", "", text) for text in made.split("\f")]
    squeezed = [[re.sub(r"\s+", "", part) for part in card] for card in cards]
    assert squeezed
    for question, end in squeezed:
        assert any(question in text and end in text[text.index(question) :] for text in pages), question
    assert len(pages[0]) > 300  # not a heading alone
