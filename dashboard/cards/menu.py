"""The menu of a card: one for all cards with a drawing and one for those without stand on a page (assets/card_menu.js opens them)."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from dashboard.cards.chart import Chart

# format:size[:bare] of the picture, and what the menu calls it. The sizes are those of dashboard/paper/document.toml.
_PICTURES = (
    ("png:wide", "下载图片（PNG）"),
    ("png:half", "下载半栏图片（75 mm）"),
    ("png:slide", "下载幻灯片图片（16:9）"),
    ("png:wide:bare", "下载不带题注的图片"),
    ("svg:wide", "下载图片（SVG）"),
)
DRAWN, BARE = "drawn", "bare"  # cards with a drawing, and without


def menu_button(chart: Chart) -> html.Button:
    """⋯ of a card; says which of the menus is its."""
    return html.Button(
        "⋯", type="button", className="card__menu",
        **{
            "aria-label": f"{chart.question}：更多操作", "aria-haspopup": "menu", "aria-expanded": "false",
            "data-menu-of": DRAWN if chart.draw else BARE,
        },
    )  # fmt: skip


def card_menus() -> list[dmc.Menu]:
    """The two menus. What they open beside is moved to the button that was pressed; their actions are for its card."""
    return [_menu(DRAWN), _menu(BARE)]


def _menu(kind: str) -> dmc.Menu:
    """assets/card.js listens for data-card-action, assets/export_menu.js for data-export."""
    drawn = kind == DRAWN
    items: list[Any] = []
    if drawn:
        items += [dmc.MenuLabel("下载图片，题注和来源在图内")]
        items += [_export(said, action) for action, said in _PICTURES]
    items += [dmc.MenuLabel("下载数据"), _export("下载数据（XLSX）", "xlsx"), _export("下载数据（CSV）", "csv")]
    items += [dmc.MenuLabel("用到简报里"), *([_export("图放入简报", "basket-figure")] if drawn else [])]
    items += [_export("表放入简报", "basket-table"), _export("复制图题与来源", "copy")]
    items.append(dmc.MenuItem("复制引用", **{"data-card-action": "cite"}))
    # Mantine wraps the target in an element of its own, opens the menu when that is clicked and says there whether it is open.
    anchor = {"component": "button", "type": "button", "className": "card-menu__anchor", "data-menu-for": kind, "tabIndex": -1}
    target = dmc.MenuTarget("", boxWrapperProps={**anchor, "aria-hidden": "true"})
    dropdown = dmc.MenuDropdown(items, className="card-menu")
    return dmc.Menu(
        [target, dropdown], position="bottom-end", shadow="md", withinPortal=True, returnFocus=True, menuItemTabIndex=0
    )  # fmt: skip


def _export(said: str, action: str) -> dmc.MenuItem:
    return dmc.MenuItem(said, **{"data-export": action})
