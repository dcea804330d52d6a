"""The reader's choices: to the address and back; junk gives the default and is named, never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cards.selection import BASES, GROUPS, MOST_PLACES, Selection, choose

MANY = tuple(f"a{number}" for number in range(MOST_PLACES + 1))
PLACES = st.lists(st.from_regex(r"[A-Za-z0-9_\-]{1,20}", fullmatch=True), max_size=12, unique=True).map(tuple)
SELECTIONS = st.builds(
    Selection,
    places=PLACES,
    indicator=st.one_of(st.just(""), st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True)),
    basis=st.sampled_from(("", *BASES)),
    cohorts=st.sampled_from(((), ("山西第一批试点",), ("山西第一批试点", "2024年（97县）"))),
    province=st.sampled_from(("", "河南省", "内蒙古自治区")),
    search=st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=80).filter(str.isprintable),
    group=st.sampled_from(("", *GROUPS)),
    tables=st.lists(st.sampled_from(("ratio-panels", "extension-staffing", "sources")), unique=True).map(tuple),
)


@given(SELECTIONS)
def test_to_the_address_and_back_changes_nothing(selection):
    assert Selection.from_query("?" + selection.to_query()) == (selection, ())


@given(SELECTIONS)
def test_to_the_store_and_back_changes_nothing(selection):
    assert Selection.parse(selection.to_store()) == selection


@given(st.text(max_size=200))
def test_no_address_raises(query):
    selection, _ignored = Selection.from_query(query)
    assert isinstance(selection, Selection)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_no_store_raises(stored):
    assert isinstance(Selection.parse(stored), Selection)


@pytest.mark.parametrize(
    ("query", "expected", "ignored"),
    [
        ("", Selection(), ()),
        ("?", Selection(), ()),
        ("b=常住", Selection(basis="常住"), ()),
        ("?b=%E5%B8%B8%E4%BD%8F", Selection(basis="常住"), ()),
        ("?p=140930,141027", Selection(places=("140930", "141027")), ()),
        ("?p=140930,140930", Selection(places=("140930",)), ()),
        ("?i=party_gov_bodies&b=户籍", Selection(indicator="party_gov_bodies", basis="户籍"), ()),
        ("?b=别的", Selection(), ("b",)),
        ("?p=../../etc/passwd", Selection(), ("p",)),
        ("?p=<script>", Selection(), ("p",)),
        ("?i=DROP TABLE", Selection(), ("i",)),
        ("?nothing=1&b=常住", Selection(basis="常住"), ("nothing",)),
        ("?b=常住&b=户籍", Selection(basis="户籍"), ("b",)),
        ("?b=常住&b=常住", Selection(basis="常住"), ()),
        ("?p=140930&i=gdp&p=141027,140930&p=", Selection(places=("140930", "141027"), indicator="gdp"), ()),
        ("?p=140930&p=<script>", Selection(places=("140930",)), ("p",)),
        ("?c=甲&c=乙", Selection(cohorts=("甲", "乙")), ()),
        ("?fact=F0123456789", Selection(), ()),
        ("?p=140930,<script>", Selection(places=("140930",)), ("p",)),
        ("?p=" + ",".join(MANY), Selection(places=MANY[:MOST_PLACES]), ("p",)),
        ("?p=" + ",".join(MANY[:MOST_PLACES]), Selection(places=MANY[:MOST_PLACES]), ()),
        ("?q=%00", Selection(), ("q",)),
        ("&".join(f"a{number}=1" for number in range(100)), Selection(), ("?",)),
    ],
)
def test_an_address_is_parsed_never_trusted(query, expected, ignored):
    assert Selection.from_query(query) == (expected, ignored)


@pytest.mark.parametrize(
    "stored", [None, 3, "text", [], {"places": "x<y"}, {"basis": 7}, {"basis": "别的"}, {"places": [["a"]]}, {"search": {"a": 1}}]
)
def test_a_store_of_junk_gives_the_default(stored):
    assert Selection.parse(stored) == Selection()


def test_choosing_one_thing_keeps_the_others():
    before = Selection(places=("140930",), basis="常住")
    assert choose(before, indicator="leadership_posts") == Selection(
        places=("140930",), basis="常住", indicator="leadership_posts"
    )
    assert choose(before, basis=None) == Selection(places=("140930",))


def test_the_default_page_has_a_bare_address():
    assert Selection().to_query() == ""
