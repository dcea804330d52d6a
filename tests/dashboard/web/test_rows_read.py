"""Of a warehouse with very many places no page reads every fact: what each query reads is counted, not how long it takes."""

from __future__ import annotations

import pytest

from bench import many_places
from dashboard.cards.answer import answer
from dashboard.cards.selection import Selection
from dashboard.charts import CHARTS
from dashboard.pages import PAGES
from dashboard.themes.area import index, profile
from dashboard.themes.compare import picker
from dashboard.themes.compare.charts import COMPARE
from dashboard.themes.compare.measures import COMBINED
from dashboard.themes.compare.place_options import place_options
from dashboard.themes.data import fact_page
from dashboard.themes.data.fact_grid import answered
from dashboard.themes.data.fact_page import Asked, Sort
from dashboard.themes.data.sections import SECTIONS
from dashboard.themes.mine import form
from dashboard.warehouse import Warehouse, catalog, warehouse
from dashboard.warehouse.places import MOST_SHOWN
from dashboard.web.search.found import found
from etl.build.build import Plan, build
from tests.conftest import SOURCES
from vocabulary import alphabet

COUNTIES = 200
TOWN = "110101100"  # the first that is generated


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """The shipped facts and a submission of 2,800 townships; what is larger than some hundred rows is read row by row."""
    folder = tmp_path_factory.mktemp("many")
    many_places.write(SOURCES, folder / "sources", most=COUNTIES)
    target = folder / "warehouse.duckdb"
    build(Plan(target=target, sources=folder / "sources"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warehouse, "MOST_CELLS", 60_000)
        patch.setattr(fact_page, "MOST_WORDED", 1_000)
        db = Warehouse(target)
        assert "mart.fact" not in db._current()._small
        yield db


@pytest.fixture
def most_read(many, monkeypatch):
    """What gives the most facts that one query of an answer read."""
    read = warehouse._Generation.fetch

    def facts_read(ask) -> int:
        rows = [0]

        def counted(self, query, parameters=()):
            frame = read(self, query, parameters)
            if "mart.fact " in f"{query} ":
                rows.append(frame.height)
            return frame

        monkeypatch.setattr(warehouse._Generation, "fetch", counted)
        ask(many)
        monkeypatch.setattr(warehouse._Generation, "fetch", read)
        return max(rows)

    return facts_read


A_PLACE_EACH = COUNTIES * many_places.A_COUNTY + 200  # rows of one indicator: who published it


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_reads_what_it_shows(most_read, name):
    assert most_read(lambda db: answer(db, CHARTS[name], Selection())) <= A_PLACE_EACH


@pytest.mark.parametrize("measure", [*COMBINED, "party_gov_bodies", "public_institutions"])
def test_a_comparison_without_a_choice_lists_so_many_places_and_no_more(many, most_read, measure):
    chosen = Selection(indicator=measure)
    assert most_read(lambda db: answer(db, COMPARE, chosen)) <= A_PLACE_EACH * 4  # 人口 sets four indicators side by side
    assert COMPARE.rows(many, chosen)["ref_area"].n_unique() <= MOST_SHOWN


ASKED = {
    "picker": lambda db: picker._filled(db),
    "places as one types": lambda db: place_options(db, "dong", (TOWN,)),
    "counties as one types": lambda db: form.options(db, "dong", "", "0"),
    "index of places": lambda db: index.answered(db, ""),
    "one province": lambda db: index.answered(db, "", "110000"),
    "places that a word finds": lambda db: index.answered(db, "dong"),
    "picked": lambda db: picker.led(db, Selection(places=(TOWN, "140930"))),
    "search": lambda db: found(db, PAGES, "河曲编制"),
    "search for nothing": lambda db: found(db, PAGES, "没有这个"),
    "place": lambda db: profile._made(db, TOWN),
    "province": lambda db: profile._made(db, "110000"),
    "facts": lambda db: answered(db, Asked()),
    "facts, later": lambda db: answered(db, Asked(first=5_000, past=5_100)),
    "facts, sorted": lambda db: answered(db, Asked(sort=[Sort(column="area_name")])),
    "facts, searched": lambda db: answered(db, Asked(search="人口 2024年")),
    "facts, grouped": lambda db: answered(db, Asked(group="indicator")),
    **{section.value: section.content for section in SECTIONS},
}


@pytest.mark.parametrize("name", ASKED)
def test_an_answer_reads_few_of_the_facts(many, most_read, name):
    facts = many.build.facts
    assert facts > 4 * A_PLACE_EACH
    # What is sorted is first counted by place: a row a place, and no fact.
    assert most_read(ASKED[name]) <= (2 * A_PLACE_EACH if name in {"facts, sorted", "facts, searched"} else 1_000)


def test_the_first_of_very_many_places_are_named_as_such(many):
    said = COMPARE.finding(COMPARE.rows(many, Selection(indicator="staffing"))).plain()
    assert f"没有选地区时只列代码在前的{MOST_SHOWN}个" in said


def test_one_fact_is_read_among_those_of_its_indicator(many, monkeypatch):
    [fact_id] = many.ask("select fact_id from wh.mart.fact where ref_area = ? limit 1", (TOWN,))["fact_id"]
    asked: list[str] = []
    read = warehouse._Generation.fetch

    def noted(self, query, parameters=()):
        asked.append(query)
        return read(self, query, parameters)

    monkeypatch.setattr(warehouse._Generation, "fetch", noted)
    [sheet] = catalog.fact_sheets(many, [fact_id])
    assert sheet.fact["fact_id"] == fact_id
    facts_read = [query for query in asked if "from wh.mart.fact " in query]
    assert facts_read
    assert all('"indicator" in' in query for query in facts_read)


def test_no_place_is_spelled_or_sorted_by_who_reads(many, monkeypatch):
    """The warehouse holds how names are typed and where they stand by pinyin."""
    monkeypatch.setattr(alphabet, "lazy_pinyin", lambda *_args, **_kinds: pytest.fail("a name was spelled in the web process"))
    alphabet.by_pinyin.cache_clear()
    assert place_options(many, "", ())
    assert place_options(many, "dong", (TOWN,))
    assert index.answered(many, "dong")["parts"]
