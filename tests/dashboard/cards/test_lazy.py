"""Pages that bring their own scripts: whoever comes to them by the menu gets them as well."""

from __future__ import annotations

import json

import pytest
from dash import html

from dashboard.cards import ids
from dashboard.cards.selection import Selection
from dashboard.pages import PAGES

BRINGING = {
    page.path: part for page in PAGES for part in html.Div(page.layout(Selection()))._traverse() if hasattr(part, "data-brings")
}


def test_what_begins_a_page_has_an_output_on_it(app):
    """Dash does not call others for a page that is put in later: it would live when loaded and be dead by the menu."""
    silent = [call["inputs"] for call in app._callback_list if call["no_output"] and not call["prevent_initial_call"]]
    assert [read for inputs in silent for read in inputs if read["id"] != ids.LOCATION] == []  # the address is on every page


@pytest.mark.parametrize("path", BRINGING)
def test_scripts_of_a_page_are_there_and_the_last_brings_what_begins_it(client, path):
    addresses = json.loads(getattr(BRINGING[path], "data-scripts"))
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200] * len(addresses)
    assert f"window.{getattr(BRINGING[path], 'data-brings')} = " in answers[-1].text


def test_the_pages_that_bring_scripts():
    assert set(BRINGING) == {"/sql", "/brief"}
