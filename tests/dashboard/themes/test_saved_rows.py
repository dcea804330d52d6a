"""The comparison of a saved query with its chart sees every way in which they differ."""

from dataclasses import replace

from tests.dashboard.themes.saved_rows import Pair, differences

PAIR = Pair(query="township_3_centres", columns={"中心": "category", "人数": "persons"})


def test_a_column_that_holds_other_values_is_named_row_by_row(shipped, shipped_file):
    assert differences(shipped_file, shipped, PAIR) == []
    swapped = differences(shipped_file, shipped, replace(PAIR, columns={"人数": "base"}))
    assert len(swapped) == 4
    assert "人数 is 12.0, base is 32.0" in swapped[0]
    assert differences(shipped_file, shipped, replace(PAIR, columns={"无": "base"})) == [
        "township_3_centres has no column ['无']"
    ]
