"""A source that contradicts itself gives numbers but no verdict, wherever they are shown."""

from __future__ import annotations

import pytest

from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.themes.area import rows as area
from dashboard.themes.compare import form_rows as compare_forms

HUAQIAO, SOUND = "431221-huaqiao", "410423-zhangdian"  # 32＋53＋0＋2 is 87, the same source prints 79


def named(shipped, name):
    return shipped.table("core.ref_area").collect().filter(name_zh=name)["ref_area"].item()


@pytest.mark.parametrize("read", [area.staffing_of, lambda db, place: compare_forms.staffing(db, (place,))])
@pytest.mark.parametrize("name", ["花桥镇", "中畈乡", "新湾镇", "江上乡"])
def test_no_difference_and_no_rate(shipped, read, name):
    rows = read(shipped, named(shipped, name))
    broken = rows.filter(rows["unclosed_zh"].is_not_null())
    assert broken.height
    assert not broken["comparable"].any()
    assert broken["difference"].null_count() == broken["fill_rate"].null_count() == broken.height
    [sound] = [row for row in read(shipped, SOUND).to_dicts() if row["post_type"] == "_T"]
    assert (sound["comparable"], sound["difference"], sound["unclosed_zh"]) == (True, -9, None)


@pytest.mark.parametrize(
    ("chart", "chosen"),
    [
        ("area-staffing", Selection(places=(HUAQIAO,))),
        ("compare-places", Selection(indicator="staffing", places=(HUAQIAO, SOUND))),
    ],
)
def test_sentence_drawing_and_notes_draw_no_conclusion(shipped, chart, chosen):
    shown = CHARTS[chart]
    assert shown.draw is not None
    rows = shown.rows(shipped, chosen)
    drawn = str(shown.draw(rows))
    said = shown.finding(rows).plain() + drawn
    assert "超出6人" not in said
    assert "分项与合计对不上，不下结论" in drawn
    assert any("87" in note for note in shown.note(rows))
