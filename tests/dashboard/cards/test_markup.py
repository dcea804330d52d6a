"""Components written as text: the same elements, and nothing in a fact or a source can become an element."""

from __future__ import annotations

import itertools
from html.parser import HTMLParser

import pytest
from dash import dcc, html
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cards.markup import markup

SPITEFUL = "<img src=x onerror=alert(1)> \" ' & </td>"


class Elements(HTMLParser):
    """What a browser would make of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.words += data


def read(text: str) -> Elements:
    parser = Elements()
    parser.feed(text)
    parser.close()
    return parser


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (None, ""),
        ("编制 < 实有", "编制 &lt; 实有"),
        (22, "22"),
        (["a", None, html.B("b")], "a<b>b</b>"),
        (html.P(), "<p></p>"),
        (html.Br(), "<br>"),
        (html.Td("x", className="table__cell", colSpan=2), '<td class="table__cell" colspan="2">x</td>'),
        (html.A("22个", href="?fact=F1", **{"data-facts": "F1"}), '<a href="?fact=F1" data-facts="F1">22个</a>'),
        (html.Th(["a", html.Span("b", title="c")], scope="row"), '<th scope="row">a<span title="c">b</span></th>'),
    ],
)
def test_components_become_their_elements(tree, expected):
    assert markup(tree) == expected


def test_attributes_come_in_one_order_however_they_were_given():
    given = {"title": "t", "data-facts": "F1", "href": "?fact=F1", "aria-label": "a"}
    texts = {markup(html.A("22个", **dict(pairs))) for pairs in itertools.permutations(given.items())}
    assert texts == {'<a href="?fact=F1" title="t" aria-label="a" data-facts="F1">22个</a>'}


@pytest.mark.parametrize("tree", [SPITEFUL, html.P(SPITEFUL), html.P("x", title=SPITEFUL), html.A("x", href=SPITEFUL)])
def test_no_text_becomes_an_element(tree):
    found = read(markup(tree))
    assert "img" not in found.tags
    assert SPITEFUL in [found.words, *(value for _name, value in found.attributes)]


@given(st.text())
def test_every_text_comes_out_as_it_went_in(text):
    words = read("<p>" + markup(html.P(text))).words
    assert words == text.replace("\r\n", "\n") or "\r" in text or "\x00" in text


def test_a_component_that_must_live_is_refused():
    with pytest.raises(TypeError, match="stay a component"):
        markup(html.P(dcc.Link("总览", href="/")))
