"""A source that contradicts itself gives numbers but no verdict, wherever they are shown."""

from __future__ import annotations

import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.themes.area import rows as area
from dashboard.themes.compare import form_rows as compare_forms
from dashboard.themes.township import rows as township

BROKEN, SOUND = "431221-huaqiao", "410423-zhangdian"  # 32＋53＋0＋2 is 87, the same source prints 79


def total(rows, place):
    return rows.filter((rows["ref_area"] == place) & (rows["post_type"] == "_T")).to_dicts()[0]


@pytest.mark.parametrize(
    "read",
    [
        lambda db, place: area.staffing_of(db, place),
        lambda db, place: compare_forms.staffing(db, (place,), ()),
        lambda db, _place: township.fill_rates(db),
    ],
)
def test_no_difference_and_no_rate(shipped, read):
    row = total(read(shipped, BROKEN), BROKEN)
    assert (row["authorised"], row["actual"]) == (79, 85)
    assert (row["comparable"], row["difference"], row["fill_rate"]) == (False, None, None)
    assert "87" in row["unbalanced"]
    sound = total(read(shipped, SOUND), SOUND)
    assert (sound["comparable"], sound["difference"], sound["unbalanced"]) == (True, -9, None)


@pytest.mark.parametrize(
    ("chart", "chosen"),
    [("area-staffing", Selection(places=(BROKEN,))), ("compare-places", Selection(indicator="staffing", places=(BROKEN, SOUND)))],
)
def test_sentence_drawing_and_notes_draw_no_conclusion(shipped, chart, chosen):
    shown = CHARTS[chart]
    assert shown.draw is not None
    rows = shown.rows(shipped, chosen)
    drawn = str(shown.draw(rows, chosen))
    said = shown.finding(rows).plain() + drawn
    assert "超出6人" not in said
    assert "来源不闭合，不下结论" in drawn
    assert any("87" in note for note in shown.note(rows))
