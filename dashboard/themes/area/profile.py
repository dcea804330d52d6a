"""地区档案 of one place: head, leading figures, what is missing, kin, every fact, competing claims, sources. Filled at once."""

from typing import Any

from dash import Dash, Input, Output, html

from dashboard.cards import ids
from dashboard.cards.guard import or_sentence
from dashboard.cards.markup import markup, wire_written, written
from dashboard.cards.selection import Selection
from dashboard.cards.skeleton import lines
from dashboard.cards.sources import source_line
from dashboard.cards.table import rows_table
from dashboard.language.sentence import receipts
from dashboard.themes.area import rows as queries
from dashboard.themes.area.charts import CONFLICT_COLUMNS, FACT_COLUMNS, worded_conflicts, worded_facts
from dashboard.themes.area.head import area_head, area_tiles, uncovered_place, unknown_place
from dashboard.themes.area.kin import gaps_card, kin_card
from dashboard.themes.area.sentences import claims_kept
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import citations
from dashboard.warehouse.codes import Codes, codes
from dashboard.warehouse.gazetteer import gazetteer

NAME = "area"  # of the written parts
HEAD, FIGURES, KIN, BODY = "head", "figures", "kin", "body"
FILLED = "area-profile"
FAILED = "这个地区的档案暂时读不出来，请稍后刷新。"
Parts = dict[str, Any]


def profile(title: str, charts: Any) -> html.Div:
    """Head and figures, the charts, what stands below them; empty until the callback answers."""
    head = [html.H1(title, className="page__title"), html.P(lines(1), className="page__lead")]
    return html.Div(
        [
            html.Div(head, id=ids.part_id(NAME, HEAD), className="page__head"),
            html.Div(id=ids.part_id(NAME, FIGURES), className="tiles area__tiles"),
            charts,
            html.Div(id=ids.part_id(NAME, KIN), className="area__kin"),
            html.Div(lines(6), id=ids.part_id(NAME, BODY), className="area__body"),
            written(NAME),
        ],
        id=FILLED,
        className="area",
    )


def wire_profile(app: Dash, db: Warehouse) -> None:
    """Fill the profile of the place in the page's store."""
    wire_written(app, NAME, FILLED)

    @app.callback(Output(ids.part_id(NAME, "written"), "data"), Input(ids.CHOSEN, "data"))
    def _fill(chosen: Any) -> dict[str, str]:
        asked = str(chosen.get("place") or "") if isinstance(chosen, dict) else ""
        with db.reading():
            return or_sentence(
                f"area {asked}",
                lambda: db.remember(("area", asked), lambda: _written(_made(db, asked))),
                lambda said: _written(
                    _nothing([html.H1("地区档案", className="page__title"), html.P(said, className="page__lead")])
                ),
                failed=FAILED,
            )


def _written(parts: Parts) -> dict[str, str]:
    return {name: markup(part) for name, part in parts.items()}


def _made(db: Warehouse, asked: str) -> Parts:
    place = queries.place(db, asked)
    if place is None:
        listed = gazetteer(db).coded(asked)
        return _nothing(uncovered_place(db, listed) if listed else unknown_place(asked, gazetteer(db).called(asked).near))
    facts = queries.facts_of(db, asked)
    return {
        HEAD: area_head(place, facts, codes(db)),
        FIGURES: area_tiles(db, place, facts),
        KIN: [gaps_card(db, place, facts), kin_card(db, place)],
        BODY: [_facts(place, facts, codes(db)), _conflicts(db, asked), _sources(db, facts)],
    }


def _nothing(head: list[Any]) -> Parts:
    return {HEAD: head, FIGURES: [], KIN: [], BODY: []}


def _card(title: str, *content: Any, lead: str = "", long: bool = False) -> html.Section:
    """`long`: too long for one page of paper."""
    parts = [html.H2(title, className="card__question"), html.P(lead, className="card__finding") if lead else None, *content]
    return html.Section(parts, className="card card--wide" + (" card--table" if long else ""))


def _facts(place: dict[str, Any], facts: Any, names: Codes) -> Any:
    """Facts by theme, each theme a table of its own."""
    if facts.is_empty():
        return None
    rows = worded_facts(facts, names)
    themes = dict.fromkeys(rows["theme"].to_list())
    parts: list[Any] = []
    for theme in themes:
        members = rows.filter(theme=theme)
        table = html.Div(
            rows_table(members, FACT_COLUMNS, f"{place['name_zh']}：{theme}", folds=False), className="area__table area__table--facts",
            tabIndex=0, role="region", **{"aria-label": f"{theme}（表格）"},
        )  # fmt: skip
        heading = html.H3(f"{theme}（{members.height}条）", className="area__theme")
        parts.append(html.Div([heading, table], className="area__themed"))
    marked = facts.filter(preferred=False).height
    lead = "数值按原文说法写出；点“出处”看原文、区间、口径与来源。"
    return _card("公布了哪些数？", *parts, lead=f"{lead}标［未采用］的另有更可靠的来源。" if marked else lead, long=True)


def _conflicts(db: Warehouse, ref_area: str) -> Any:
    rows = queries.conflicts_of(db, ref_area)
    if rows.is_empty():
        return None
    readings = dict.fromkeys(text for text in rows["reading_zh"].to_list() if text)
    table = html.Div(
        rows_table(worded_conflicts(rows, codes(db)), CONFLICT_COLUMNS, "说法不一"), className="area__table area__table--claims",
        tabIndex=0, role="region", **{"aria-label": "说法不一（表格）"},
    )  # fmt: skip
    said = [html.P(text, className="area__reading") for text in readings]
    return _card("哪些说法不一？", *said, table, lead=claims_kept(rows), long=True)


def _sources(db: Warehouse, facts: Any) -> Any:
    cited = list(dict.fromkeys(source for listed in facts["source_ids"].to_list() for source in receipts(listed)))
    return html.Section(source_line(citations(db, cited)), className="card__sources area__sources") if cited else None


def named(db: Warehouse, selection: Selection) -> str:
    """Name of the place for the title of the page; blank when it cannot be read or does not exist."""

    def read() -> str:
        code = selection.places[0] if selection.places else ""
        found = queries.place(db, code) or gazetteer(db).coded(code)
        return found["name_zh"] if found else ""

    return or_sentence("name of an area", read, lambda _said: "", failed="")
