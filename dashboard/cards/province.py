"""The chosen province: who is meant by what an address states, and the control that chooses one (assets/province.js)."""

from typing import Any

import dash_mantine_components as dmc
import polars as pl
from dash import ClientsideFunction, Dash, Input, Output, State, html

from dashboard.cards import ids
from dashboard.cards.guard import or_sentence
from dashboard.cards.selection import Selection
from dashboard.warehouse import Warehouse
from dashboard.warehouse.gazetteer import gazetteer

NATION, WHOLE = "CN", "全国"  # what the control holds when no province is chosen: never blank


def province_code(db: Warehouse, stated: str) -> str:
    """Code of the provincial-level unit that `stated` names, by code or name (山西, 山西省); blank when it is none."""
    found = {row["ref_area"] for row in gazetteer(db).called(stated).just if row["level"] == "province"}
    return found.pop() if len(found) == 1 else ""


def province_control(selection: Selection) -> html.Div:
    """The choice by keyboard, for marks of a drawing take no focus; and the way back to all."""
    label = f"{ids.PROVINCE}-label"
    return html.Div(
        [
            html.Span("省份", id=label, className="choice__label"),
            # The early page has no inputs: the room for this one is there from the start.
            html.Div(
                dmc.Select(
                    id=ids.PROVINCE, value=selection.province or NATION, data=[], size="xs", allowDeselect=False, withScrollArea=False,
                    comboboxProps={"shadow": "md", "transitionProps": {"duration": 0}, "keepMounted": False}, **{"aria-labelledby": label},
                ),
                className="choice__field",
            ),
            html.Button("← 看全国", id=ids.ALL_PROVINCES, type="button", hidden=not selection.province, className="choice__back"),
        ],
        className="choice",
    )  # fmt: skip


def wire_province_control(app: Dash, db: Warehouse) -> None:
    """Provinces in official order, once a build; the control shows what is chosen, and chooses."""

    @app.callback(Output(ids.PROVINCE, "data"), Input(ids.CHOSEN, "data"))
    def _options(_build: Any) -> list[dict[str, str]]:
        return or_sentence("provinces", lambda: _units(db), lambda _said: [], failed="")

    app.clientside_callback(
        ClientsideFunction("province", "show"), Output(ids.PROVINCE, "value"), Output(ids.ALL_PROVINCES, "hidden"), Input(ids.CHOSEN, "data")
    )  # fmt: skip
    # No output: the function sets the page's store itself, as in the picker of /compare.
    app.clientside_callback(
        ClientsideFunction("province", "pick"), Input(ids.PROVINCE, "value"), State(ids.CHOSEN, "data"), prevent_initial_call=True
    )
    app.clientside_callback(
        ClientsideFunction("province", "back"),
        Input(ids.ALL_PROVINCES, "n_clicks"),
        State(ids.CHOSEN, "data"),
        prevent_initial_call=True,
    )


def _units(db: Warehouse) -> list[dict[str, str]]:
    with db.reading():
        units = db.table("core.division", level="province").filter(pl.col("until").is_null()).sort("division").collect()
    return [{"value": NATION, "label": WHOLE}, *({"value": row["division"], "label": row["name_zh"]} for row in units.to_dicts())]
