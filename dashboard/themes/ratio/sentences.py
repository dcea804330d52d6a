"""Sentences about the ratio of people to publicly paid staff; scopes are named, never compared."""

import polars as pl

from dashboard.language import words
from dashboard.language.pick import Row, every
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, Number, join, number, receipts_of, say
from dashboard.warehouse.tables import CONVERTED, OWN_PAYROLL, RECOMPUTED, UNSTATED

MOST_SAID = 6  # places of a sentence; of the others it says how many there are
TOWNSHIP_LEAVES_OUT = "只算乡镇本级在职人员，不含教师、医生、派驻站所和离退休"


def stated(row: Row) -> Number:
    """A ratio in its own words: 32:1, 约17:1, 25.4:1 when the source gives a share."""
    return number(in_words(row), row["fact_ids"])


def in_words(row: Row) -> str:
    """The same as plain text."""
    return words.stated(row["obs_value"], ":1", precision=row["precision"], as_stated=row.get("as_stated") or "")


def when(row: Row) -> str:
    """The date in words: 2020年, 约1978年 where the source only says so much."""
    return f"{'约' if row.get('period_approx') else ''}{words.date(row['time_period'])}"


def doubts(row: Row) -> list[str]:
    """Why the value is not to be relied on: what it may be instead, what is to be checked."""
    return [*filter(None, [row.get("doubt")]), *(f"待核：{said}" for said in [row.get("to_check")] if said)]


def doubts_shortly(row: Row) -> list[str]:
    """The same where there is room for a few words: what is to be checked is told in the notes."""
    return [*filter(None, [row.get("doubt")]), *(["待核"] if row.get("to_check") else [])]


def reserve(row: Row) -> str:
    """（存疑）, （待核） right behind a value that is drawn; the words for it stand under the name. Blank for a sound value."""
    marks = [*(["存疑"] if row.get("doubt") else []), *(["待核"] if row.get("to_check") else [])]
    return f"（{'，'.join(marks)}）" if marks else ""


def remarks(row: Row) -> list[str]:
    """What must stand beside the value: that we computed or converted it, and what it may be instead."""
    computed = "推算，两个来源相除" if row.get("two_sources") else "推算"
    return [
        *([computed] if row["basis"] == RECOMPUTED else []),
        *(["由供养率换算"] if row["basis"] == CONVERTED else []),
        *doubts(row),
        *(["分项与合计对不上"] if row.get("unclosed_zh") else []),
    ]


def cautions(rows: pl.DataFrame) -> tuple[str, ...]:
    """The same for the notes of a card, every place by its name. `rows` have the value in words (said)."""
    listed = [row | {"name": row["area_name"].partition("（")[0]} for row in rows.to_dicts()]
    unsure = [f"{row['name']}{row['said']}：{said}。" for row in listed for said in doubts(row)]
    shares = words.listing(row["name"] for row in listed if row["basis"] == CONVERTED)
    mixed = words.listing(row["name"] for row in listed if row.get("two_sources"))
    sums = [f"分项与合计对不上（{row['unclosed_zh']}），保留原数。" for row in listed if row.get("unclosed_zh")]
    converted = f"由原文的供养率换算：{shares}。"
    divided = f"人口与人员出自两个来源：{mixed}的推算值。"
    return (*unsure, *([converted] if shares else []), *([divided] if mixed else []), *sums)


def recomputed(row: Row) -> Number:
    """The same ratio from its parts: 不低于21.6:1."""
    return number(words.span(row["ratio_low"], row["ratio_high"], ":1"), row["fact_ids"])


def lead(rows: pl.DataFrame) -> Finding:
    """The places that moved, those of which only the start is stated, and the newest national ratio as what must not be set beside them."""
    return _told(rows, "。")


def head(rows: pl.DataFrame) -> Finding:
    """The same, and what a large number means."""
    return _told(rows, "。数字越大，人均负担越轻。")


def _told(rows: pl.DataFrame, end: str) -> Finding:
    local = rows.filter(pl.col("ref_area") != "CN")
    said = [*_moved(local), *_still(local)]
    nation = max(every(rows, ref_area="CN"), key=lambda row: row["year"] or 0, default=None)
    parts: list[str | Number | Finding | None] = [_first(said, "；")]
    if nation:
        beside = f"不与{words.listing(local['extent_zh'].drop_nulls())}并列" if said else ""
        parts += [f"{'；' if said else ''}全国{when(nation)}", stated(nation), f"（{nation['staff_scope']}）{beside}"]
    return say(*parts, end) if said or nation else NOTHING_PUBLISHED


def _still(local: pl.DataFrame) -> list[Finding]:
    """The value that a source states of every place of which it states no second one, with its year."""
    places = [place for place, own in _by_place(local).items() if pair(own) is None]
    known = [every(local.filter(pl.col("basis") != RECOMPUTED), ref_area=place, phase="before") for place in places]
    return [
        say(f"{row['area_name']}{_year(row)}（改革前）", stated(row), "，改革后未公布") for row, *_more in filter(None, known)
    ]


def _moved(local: pl.DataFrame) -> list[Finding]:
    """Every place that has both ends in one scope: their years, from what to what, and what is doubtful about the second."""
    pairs = map(pair, _by_place(local).values())
    said = []
    for before, after in filter(None, pairs):
        turn = "提高到" if after["obs_value"] > before["obs_value"] else "下降到"
        eased = "人均负担减轻" if after["obs_value"] > before["obs_value"] else "人均负担加重"
        aside = f"（{'，'.join((eased, *doubts(after)))}）"
        vague = "，原文未注明口径" if after["staff_scope"] == UNSTATED else ""
        said.append(
            say(
                f"{before['area_name']}由{_year(before)}",
                stated(before),
                f"{turn}{_year(after)}",
                stated(after),
                f"{aside}{vague}",
            )
        )
    return said


def _year(row: Row) -> str:
    """The date of an end; nothing where its source gives none."""
    return when(row) if row["year"] else ""


def _by_place(rows: pl.DataFrame) -> dict[str, list[Row]]:
    """ref_area → its rows; two places may have one name."""
    found: dict[str, list[Row]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["ref_area"], []).append(row)
    return found


def pair(rows: list[Row]) -> tuple[Row, Row] | None:
    """Before and after within one scope, of the rows of one place."""
    own = [row for row in rows if row["basis"] != RECOMPUTED]
    for before in own:
        for after in own:
            if before["phase"] == "before" and after["phase"] == "after" and before["axis_key"] == after["axis_key"]:
                return before, after
    return None


def whole(rows: pl.DataFrame) -> Finding:
    """What the table of all ratios holds: whether they bear recomputing, and the townships' own, which are not to be set beside them."""
    own = rows.filter(pl.col("scope_coverage").eq_missing(OWN_PAYROLL))
    return say(agreement(rows), *([townships(own)] if own.height else []))


def agreement(rows: pl.DataFrame) -> Finding:
    """Which stated ratios agree with what their parts give."""
    good, bad = every(rows, agrees=True), every(rows, agrees=False)
    said = [say(f"{row['area_name']}原文", stated(row), "，复算", recomputed(row)) for row in [*bad, *good]]
    if not said:
        return NOTHING_PUBLISHED
    count = number(f"{len(said)}个", receipts_of([*bad, *good]))
    unlike = words.listing(row["area_name"] for row in bad) if len(bad) <= MOST_SAID else f"{len(bad)}个"
    verdict = f"其中{unlike}与原文不符" if bad else "都与原文相符"
    return say("能复算的比值有", count, f"，{verdict}：", _first(said, "；"), "。")


def townships(rows: pl.DataFrame) -> Finding:
    """The townships' own payroll: large numbers that say nothing about what a county pays."""
    listed = rows.sort("obs_value", descending=True).to_dicts()
    said = [say(row["area_name"], stated(row)) for row in listed]
    return say(_first(said, "、"), f"，{TOWNSHIP_LEAVES_OUT}，不能与全县供养比相比。") if said else NOTHING_PUBLISHED


def _first(said: list[Finding], separator: str) -> Finding:
    """As many as a sentence holds, and how many more there are."""
    more = f"{separator}另有{len(said) - MOST_SAID}个见表" if len(said) > MOST_SAID else ""
    return say(join(said[:MOST_SAID], separator), more)


def retired(rows: pl.DataFrame) -> str:
    """What leaving the retired out does to the latest national ratio whose source counts them; blank when none does."""
    known = [row for row in rows.sort("year").to_dicts() if row.get("retired")]
    if not known:
        return ""
    row = known[-1]
    without = row["obs_value"] / (1 - row["retired"])
    return (
        f"全国{when(row)}供养人员中离退休占{words.percent(row['retired'] * 100)}：不含离退休，人员少{words.percent(row['retired'] * 100)}，"
        f"比值由{words.ratio(row['obs_value'])}升到约{words.ratio(without)}（高{words.percent((without / row['obs_value'] - 1) * 100)}）。"
        "因此原文未注明口径的县不能与全国并列。"
    )
