"""Groups of the fact grid are named in three places that must agree: the address, the list to choose from, the script."""

from __future__ import annotations

import re

from dashboard.cards.selection import GROUPS
from dashboard.settings import ROOT
from dashboard.themes.data.fact_grid import COLUMNS, GROUPED


def test_the_grid_offers_exactly_the_groups_that_an_address_may_name():
    assert tuple(GROUPED) == GROUPS
    fields = re.search(r"var FIELDS = \{(.*)\};", (ROOT / "assets" / "grid_groups.js").read_text(encoding="utf-8"))
    assert fields is not None
    columns = dict(re.findall(r"(\w+): \"(\w+)\"", fields[1]))
    headers = {column["field"]: column["headerName"] for column in COLUMNS}
    assert {group: headers[columns[group]] for group in columns} == GROUPED
