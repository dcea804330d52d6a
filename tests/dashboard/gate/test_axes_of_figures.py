"""Whatever a reader chooses to compare: the figure that is drawn holds on every axis what the warehouse lets share one."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.cards.selection import MOST_PLACES, Selection
from dashboard.language.sentence import receipts
from dashboard.themes.compare.charts import COMPARE
from dashboard.themes.compare.measures import published
from dashboard.warehouse.places import every_place

KEYS = ("axis_key", "whole_key")


@pytest.fixture(scope="module")
def choices(shipped):
    """What may be chosen: every measure with the places that published it, all places, all cohorts."""
    places = every_place(shipped).filter(~pl.col("illustrative"))
    known = {slug: sorted(codes) for slug, codes in sorted(published(shipped).items())}
    return known, places["ref_area"].to_list(), sorted(places["cohort"].drop_nulls().unique().to_list())


def keys_of(rows):
    """The keys of the rows that name a fact, by fact and kind of key: a total of posts may stand against several headcounts."""
    found: dict[str, dict[str, set[str]]] = {}
    for row in rows.filter(pl.col("axis_key").is_not_null()).to_dicts():
        for fact in receipts(row["fact_ids"]):
            for kind in KEYS:
                found.setdefault(fact, {}).setdefault(kind, set()).add(row[kind])
    return found


def mixed_axes(figure, rows):
    """Axes whose marks share neither an axis_key nor a whole_key, with the facts on them."""
    known = keys_of(rows)
    on_axis: dict[str, set[str]] = {}
    for trace in figure["data"]:
        on_axis.setdefault(trace["xaxis"], set()).update(fact for listed in trace["customdata"] for fact in receipts(listed))
    faults = []
    for axis, facts in on_axis.items():
        shared = [set.intersection(*(known[fact][kind] for fact in facts)) - {None} for kind in KEYS] if facts else [True]
        if not any(shared):
            faults.append((axis, facts))
    return faults


@given(st.data())
@settings(derandomize=True, max_examples=60, deadline=None)
def test_every_axis_of_a_comparison_holds_one_axis_key(shipped, choices, data):
    known, places, cohorts = choices
    slug = data.draw(st.sampled_from(sorted(known)))
    few = st.lists(st.sampled_from(known[slug]), max_size=MOST_PLACES - 2, unique=True)
    odd = st.lists(st.sampled_from(places), max_size=2, unique=True)
    chosen = tuple(dict.fromkeys([*data.draw(few), *data.draw(odd)]))
    whole = tuple(data.draw(st.lists(st.sampled_from(cohorts), max_size=2, unique=True)))
    selection = Selection(indicator=slug, places=chosen, cohorts=whole)
    rows = COMPARE.rows(shipped, selection)
    if rows.height:
        assert COMPARE.draw is not None
        assert mixed_axes(COMPARE.draw(rows), rows) == []


def test_two_keys_on_one_axis_are_seen():
    rows = pl.DataFrame({"axis_key": ["a", "b"], "whole_key": ["甲", "乙"], "fact_ids": ["F1", "F2"]})
    figure = {"data": [{"xaxis": "x", "customdata": ["F1", "F2"]}]}
    assert mixed_axes(figure, rows)
    assert not mixed_axes(figure, rows.with_columns(whole_key=pl.lit("甲")))
    assert not mixed_axes(
        {"data": [{"xaxis": f"x{index}", "customdata": [fact]} for index, fact in enumerate(("F1", "F2"))]}, rows
    )
