"""The fact drawer: what a number rests on. One drawer for the whole dashboard, filled from the store of fact ids."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, dcc, html

from dashboard.cards import ids
from dashboard.cards.fact import fact_block
from dashboard.cards.guard import or_sentence
from dashboard.cards.measure import measure_block
from dashboard.cards.selection import FACT, MEASURE
from dashboard.cards.skeleton import lines
from dashboard.warehouse import Warehouse
from dashboard.warehouse.catalog import fact_sheets
from dashboard.warehouse.codes import codes

MOST_FACTS = 60
NONE_FOUND = "没有找到这条事实：它可能已在新版本中更正或撤下，也可能地址有误。"
FAILED = "暂时读不到这条事实，请稍后再试。"


def drawer() -> html.Div:
    """The closed drawer and its store."""
    return html.Div(
        [
            dcc.Store(id=ids.FACT),
            dmc.Drawer(
                html.Div(lines(6), id=ids.DRAWER_BODY, className="facts"),
                id=ids.DRAWER,
                title="出处",
                position="right",
                size="30rem",
                opened=False,
                keepMounted=True,
                className="fact-drawer",
                closeButtonProps={"aria-label": "关闭"},
                overlayProps={"backgroundOpacity": 0.28},
            ),
        ]
    )


def wire_drawer(app: Dash, db: Warehouse) -> None:
    """Fill the drawer for the facts in the store; keep ?fact= in the address in step."""
    app.clientside_callback(ClientsideFunction("facts", "closed"), Input(ids.DRAWER, "opened"), prevent_initial_call=True)
    app.clientside_callback(ClientsideFunction("facts", "addressed"), Input(ids.LOCATION, "search"))

    @app.callback(Output(ids.DRAWER_BODY, "children"), Input(ids.FACT, "data"), prevent_initial_call=True)
    def _fill(asked: Any) -> Any:
        return facts_shown(db, asked)


def facts_shown(db: Warehouse, asked: Any) -> list[Any] | str:
    """Blocks of the facts (or else the measures) in a comma list, at most MOST_FACTS of them, or why there are none."""
    listed = str(asked or "").split(",")
    named = [name for name in listed if FACT.fullmatch(name)]
    if named:
        return or_sentence(f"facts {named}", lambda: _blocks(db, named), str, failed=FAILED)
    measures = [name for name in listed if MEASURE.fullmatch(name)]
    return or_sentence(f"measures {measures}", lambda: _statements(db, measures), str, failed=FAILED)


def _statements(db: Warehouse, named: list[str]) -> list[Any] | str:
    """What places did, in the order asked for: a statement has a source of its own and no fact behind it."""
    with db.pinned():
        rows = {row["measure_id"]: row for row in db.table("mart.measure", measure_id=named[:MOST_FACTS]).collect().to_dicts()}
        grades = codes(db)["grade"]
    found = [rows[name] for name in dict.fromkeys(named) if name in rows]
    if not found:
        return NONE_FOUND
    lead = f"来源写到的做法 {len(found)} 条" + (f"，只列前 {MOST_FACTS} 条" if len(named) > MOST_FACTS else "")
    return [
        html.P(f"{lead}；概括是本库用自己的话写的。", className="facts__lead"),
        *(measure_block(row, grades) for row in found),
    ]


def _blocks(db: Warehouse, named: list[str]) -> list[Any] | str:
    with db.pinned():
        sheets = fact_sheets(db, named[:MOST_FACTS]) if named else []
    if not sheets:
        return NONE_FOUND
    blocks: list[Any] = []
    if len(sheets) > 1:
        blocks.append(html.P(f"这个数由 {len(named)} 条事实得出，逐条列出如下。", className="facts__lead"))
    blocks += [fact_block(sheet) for sheet in sheets]
    if len(named) > MOST_FACTS:
        blocks.append(html.P(f"只列前 {MOST_FACTS} 条；全部见“数据与来源”。", className="facts__lead"))
    return blocks
