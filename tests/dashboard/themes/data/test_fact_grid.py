"""The fact grid on the server: every arrangement gives the rows that a reader would pick out of all of them by eye."""

from __future__ import annotations

import pytest

from dashboard.cards.selection import GROUPS as IN_ADDRESSES
from dashboard.themes.data import fact_page
from dashboard.themes.data.fact_grid import ADDRESS, COLUMNS, GROUPED, UNREADABLE, answered, grid_rows
from dashboard.themes.data.fact_page import GROUPS, MOST_AT_ONCE, Asked, Filter, Sort
from dashboard.warehouse.codes import codes
from vocabulary.alphabet import by_pinyin

FIELDS = [column["field"] for column in COLUMNS if column["field"] != "fact_id"]
WORDS = [name for name in FIELDS if name != "said"]
MATCHES = {
    "contains": lambda text, sought: sought in text, "notContains": lambda text, sought: sought not in text,
    "equals": lambda text, sought: text == sought, "notEqual": lambda text, sought: text != sought,
    "startsWith": str.startswith, "endsWith": str.endswith,
}  # fmt: skip


@pytest.fixture(scope="module")
def every(shipped):
    """All rows as the grid shows them, in its order."""
    return grid_rows(shipped.table("mart.fact").sort("ref_area", "indicator", "time_period", "fact_id").collect(), codes(shipped))


def turned(db, **arranged):
    """All rows of an arrangement, page by page."""
    rows, first = [], 0
    while True:
        found = answered(db, Asked(first=first, past=first + MOST_AT_ONCE, **arranged))
        rows += found["rows"]
        first += MOST_AT_ONCE
        if first >= found["total"]:
            assert len(rows) == found["total"]
            return rows


def test_the_grid_offers_exactly_the_groups_that_an_address_may_name():
    assert tuple(GROUPED) == IN_ADDRESSES
    headers = {column["field"]: column["headerName"] for column in COLUMNS}
    assert {group: headers[field] for group, field in GROUPS.items()} == GROUPED


def test_pages_follow_one_another_by_place_and_leave_nothing_out(shipped, every):
    assert turned(shipped) == every
    assert answered(shipped, Asked(first=700, past=720))["rows"] == every[700:720]
    assert answered(shipped, Asked(first=10**6, past=10**6 + 10))["rows"] == []


@pytest.mark.parametrize(
    "sought",
    ["河曲", "2021年", "115.32万人", "合计", "a级", "约 人口", "行政", "鲁山 编制", "没有这个", "—", "2020年11月1日", "'; --"],
)
def test_a_search_finds_every_row_in_which_each_word_stands_in_some_column(shipped, every, sought):
    def holds(row):
        return all(any(word in str(row[name]).lower() for name in FIELDS) for word in sought.lower().split())

    assert turned(shipped, search=sought) == [row for row in every if holds(row)]


@pytest.mark.parametrize("name", WORDS)
def test_a_filter_of_a_column_leaves_what_the_reader_sees(shipped, every, name):
    for kind, matches in MATCHES.items():
        for sought in ("省", "a", "—", every[5][name]):
            wanted = [row for row in every if matches(row[name].lower(), sought.lower())]
            assert turned(shipped, filters={name: Filter(type=kind, filter=sought)}) == wanted, (kind, sought)


def test_values_are_filtered_and_sorted_by_their_number(shipped, every):
    between = Filter(type="inRange", filter=20, filterTo=40)
    assert turned(shipped, filters={"said": between}) == [row for row in every if 20 <= row["value"] <= 40]
    either = Filter.model_validate(
        {"operator": "OR", "conditions": [{"type": "lessThan", "filter": 2}, {"type": "greaterThan", "filter": 1e6}]}
    )
    assert turned(shipped, filters={"said": either}) == [row for row in every if row["value"] < 2 or row["value"] > 1e6]
    largest = sorted(every, key=lambda row: -row["value"])
    assert turned(shipped, sort=[Sort(column="said", descending=True)]) == largest


def test_names_go_by_pinyin_and_what_is_alike_stays_in_order(shipped, every):
    rows = turned(shipped, sort=[Sort(column="area_name")])
    assert [row["fact_id"] for row in rows if row["area_name"] == "鲁山县"] == [
        row["fact_id"] for row in every if row["area_name"] == "鲁山县"
    ]
    provinces = [row["province"] for row in turned(shipped, sort=[Sort(column="province")])]
    assert provinces[0] == "—"
    known = [name for name in provinces if name != "—"]
    assert known == sorted(known, key=by_pinyin)
    assert provinces[::-1] == [row["province"] for row in turned(shipped, sort=[Sort(column="province", descending=True)])]


@pytest.mark.parametrize("group", GROUPS)
def test_groups_count_their_facts_and_an_open_one_holds_them(shipped, every, group):
    field = GROUPS[group]
    heads = turned(shipped, group=group)
    assert {head["group"]: head["facts"] for head in heads} == {
        name: sum(row[field] == name for row in every) for name in {row[field] for row in every}
    }
    opened = heads[1]
    rows = turned(shipped, group=group, open=[opened["key"]])
    at = rows.index(opened | {"open": True})
    assert rows[at + 1 : at + 1 + opened["facts"]] == [row for row in every if row[field] == opened["group"]]
    assert len(rows) == len(heads) + opened["facts"]


def test_of_very_many_facts_the_number_and_the_words_of_the_source_are_searched(shipped, every, monkeypatch):
    monkeypatch.setattr(fact_page, "names_of_build", lambda db: fact_page._read_names(db)._replace(said=()))
    found = {row["fact_id"] for row in turned(shipped, search="1153235")}
    assert found == {row["fact_id"] for row in every if "1153235" in row["as_stated"] or row["value"] == 1153235}


@pytest.mark.parametrize(
    "sent",
    [{"first": -1}, {"first": "x"}, {"sort": [{"column": "fact_id; drop table"}]}, {"filters": {"area_name": {"type": "none"}}},
     {"filters": {"strange": {"type": "contains", "filter": "x"}}}, {"group": "strange"}, {"search": "x" * 1000}, [1, 2]],
)  # fmt: skip
def test_what_cannot_be_read_gets_a_calm_answer(client, sent):
    answer = client.post(ADDRESS, json=sent)
    assert answer.status_code == 400
    assert answer.get_json() == {"problem": UNREADABLE}


def test_what_says_nothing_gets_the_first_rows(client):
    answer = client.post(ADDRESS, data="{", content_type="application/json")
    assert answer.status_code == 200
    assert answer.get_json()["rows"]
