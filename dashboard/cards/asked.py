"""The selection that an address of a file or of data asks for: understood in full, or refused."""

from typing import Any

from dashboard.cards.province import province_code
from dashboard.cards.selection import MOST_PLACES, Selection, choose
from dashboard.warehouse.gazetteer import codes_of, gazetteer
from dashboard.warehouse.warehouse import Warehouse


class SelectionError(ValueError):
    """A selection that is not understood; the message says what and the remedy."""


def with_own(selection: Selection, stated: Any) -> Selection:
    """`selection` with the reader's own numbers of a request's body; SelectionError when they are none."""
    own = Selection.parse(stated).own
    if not own:
        raise SelectionError("填写的数没有送达，请刷新页面后重试。")
    return choose(selection, own=own)


def asked_selection(db: Warehouse, query: str, also: frozenset[str] = frozenset()) -> Selection:
    """The selection of the query string of a file or of data, which may hold the keys `also` besides; SelectionError when a part of
    it is not understood or a place is not kept: a default in its stead would be figures of another place."""
    selection, ignored = Selection.from_query(query)
    strange = [key for key in ignored if key not in also]
    if strange:
        raise SelectionError(
            f"选择条件看不懂：{'、'.join(strange)}。可用的有 p（地区，最多{MOST_PLACES}个）、i（指标）、b（人口口径）、c（批次）、s（省份）。"
        )
    if selection.province:
        province = province_code(db, selection.province)
        if not province:
            raise SelectionError(f"没有这样的省份：{selection.province}。请用省级行政区的名称或代码，如山西省、140000。")
        selection = choose(selection, province=province)
    if not selection.places:
        return selection
    codes, unknown = codes_of(gazetteer(db), selection.places)
    if unknown:
        raise SelectionError(f"没有收录这样的地区：{'、'.join(unknown)}。请改用地区代码或全称，全部地区见“地区档案”（/area）。")
    return choose(selection, places=codes)
