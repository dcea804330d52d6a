"""A warehouse without rows, and one with a single theme: queries give empty frames, never an exception and never a zero."""

from typing import Any, cast

import polars as pl
import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS, HEADLINES
from dashboard.themes.compare.charts import COMPARE

ALL = {**CHARTS, COMPARE.id: COMPARE}
OWN_RECORDS = {"data-coverage"}


class Emptied:
    """The tables of a warehouse, without the rows of those that `keep` does not name; the words for codes are always there."""

    def __init__(self, db, keep=()):
        self.db, self.keep = db, {"core.code", *keep}

    def remember(self, _key, make):
        return make()

    def table(self, name, **keys):
        table = self.db.table(name, **keys)
        return table if name in self.keep else table.filter(pl.lit(False))


def emptied(db, *keep: str) -> Any:
    """A warehouse to the eyes of a query."""
    return cast(Any, Emptied(db, keep))


@pytest.mark.slow
@pytest.mark.parametrize("chart_id", sorted(set(ALL) - OWN_RECORDS))
def test_a_chart_without_rows_is_an_empty_frame(shipped, chart_id):
    assert ALL[chart_id].rows(emptied(shipped), Selection()).is_empty()


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda headline: headline.id)
def test_a_headline_without_rows_is_an_empty_frame(shipped, headline):
    assert headline.rows(emptied(shipped)).is_empty()


def test_ratios_do_without_the_facts_that_state_them(shipped):
    rows = ALL["ratio-by-scope"].rows(emptied(shipped, "mart.population_staff_ratio"), Selection())
    assert rows.height
    assert set(rows["precision"]) <= {"exact", "derived", "approx", "at_least", "at_most"}


def test_reforms_without_a_timeline_have_no_clock(shipped):
    chart = ALL["small-counties-clock"]
    rows = chart.rows(emptied(shipped, "mart.institution_change"), Selection())
    assert rows["years_low"].null_count() == rows.height
    assert chart.draw is not None
    figure = chart.draw(rows)
    assert not [shape for shape in figure["layout"]["shapes"] if shape["line"].get("width") == 4]
