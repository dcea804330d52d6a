"""What readers say of their counties, for tests: everything, a part, nonsense, several sets, another county's published numbers."""

import json

from dashboard.cards.selection import Selection

FULL = {
    "place": "410225", "resident": "77万", "registered": "86万", "staff": "3万", "bodies": "36", "institutions": "180", "leaders": "160",
    "posts_admin": "900", "people_admin": "880", "posts_inst": "2万", "people_inst": "20100", "posts_worker": "4", "people_worker": "5",
    "revenue": "25亿", "spending": "60亿",
}  # fmt: skip
PART = {"resident": "约12万"}
SILLY = {"place": "没有这地", "resident": "0", "staff": "abc", "bodies": "1e12", "posts_admin": "-3"}
PUBLISHED = {"place": "河曲县", "bodies": "22", "resident": "123505"}
PLANS = [{"place": "石楼", "bodies": "约36", "staff": "近6000", "resident": "12万", "posts_admin": "约900", "people_admin": "880"},
         {"place": "石楼", "name": "方案A", "bodies": "30", "staff": "5000", "resident": "12万", "staff_scope": "all"}]  # fmt: skip


def chosen(*sets: dict[str, str]) -> Selection:
    """The selection of a page on which these sets were typed."""
    return Selection.parse({"own": json.dumps(sets)})
