"""The selection that an address of a file or of data asks for: understood in full, or refused."""

from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs

from dashboard.cards.province import province_code
from dashboard.cards.selection import BASES, FILTERS, MOST_PLACES, PAGE_KEYS, TOO_MANY, Selection, choose
from dashboard.warehouse.gazetteer import codes_of, gazetteer
from dashboard.warehouse.known import known_values, nearest, nearest_place
from dashboard.warehouse.warehouse import Warehouse

_MOST_NAMED = 3
_USABLE = f"可用的有 {'、'.join(f'{key}（{name}）' for key, name in FILTERS.items())}；地区最多{MOST_PLACES}个。"


class SelectionError(ValueError):
    """A selection that is not understood; the message says what and the remedy."""


def with_own(selection: Selection, stated: Any) -> Selection:
    """`selection` with the reader's own numbers of a request's body; SelectionError when they are none."""
    own = Selection.parse(stated).own
    if not own:
        raise SelectionError("填写的数没有送达，请刷新页面后重试。")
    return choose(selection, own=own)


def asked_selection(
    db: Warehouse, query: str, also: frozenset[str] = frozenset(), *, only: Collection[str] | None = None
) -> Selection:
    """The selection of the query string of a file or of data, which may hold the keys `also` besides, or of the keys of an address
    `only` those; SelectionError when a part of it is not understood or a place is not kept: a default in its stead would be figures
    of another place."""
    selection, ignored = Selection.from_query(query)
    known = frozenset(FILTERS) if only is None else frozenset(only)
    foreign = (
        [] if only is None or TOO_MANY in ignored else [key for key in parse_qs(query, keep_blank_values=True) if key not in only]
    )
    strange = [key for key in dict.fromkeys((*foreign, *ignored)) if key not in also]
    if strange:
        raise SelectionError("选择条件看不懂：" + "".join(_not_understood(key, known) for key in strange[:_MOST_NAMED]) + _USABLE)
    if selection.province:
        province = province_code(db, selection.province)
        if not province:
            near = nearest(selection.province, known_values(db)["province"])
            instead = f"最接近的是 {near}。" if near else ""
            raise SelectionError(f"没有这样的省份：{selection.province}。{instead}请用省级行政区的名称或代码，如山西省、140000。")
        selection = choose(selection, province=province)
    if not selection.places:
        return selection
    codes, unknown = codes_of(gazetteer(db), selection.places)
    if unknown:
        near = nearest_place(db, unknown[0])
        instead = f"最接近{unknown[0]}的是 {near}。" if near else ""
        raise SelectionError(
            f"没有收录这样的地区：{'、'.join(unknown)}。{instead}请改用地区代码或全称，全部地区见“地区档案”（/area）。"
        )
    return choose(selection, places=codes)


def _not_understood(key: str, known: Collection[str]) -> str:
    """One sentence on a key that is none, or whose value is not understood."""
    if key == TOO_MANY:
        return "参数太多。"
    if key in known:
        return f"参数 {key}（{FILTERS[key]}）的值看不懂。" + (
            f"可用的有 {'、'.join(BASES)}。" if FILTERS[key] == "人口口径" else ""
        )
    if key in PAGE_KEYS:
        return f"参数 {key} 只管页面上怎么看，这里没有。"
    return f"没有参数 {key[:20]}。"
