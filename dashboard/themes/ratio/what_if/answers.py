"""Answers of 换算与推算 as parts of a page: numbers large, the sum behind them, 口径, receipts of what the numbers come from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from dash import html

from dashboard.cards.asked_options import MOST_OFFERED, answering
from dashboard.cards.sentence import receipt_link
from dashboard.gate.comparability import scope_label
from dashboard.language import words
from dashboard.language.sentence import receipts
from dashboard.themes.ratio.rows import ratio_bases
from dashboard.themes.ratio.what_if.sums import (
    FORM_NAMES,
    FORMS,
    Form,
    converted,
    difference,
    posts_for,
    ratio_for,
    read_ratio,
    said,
)
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import Codes, codes, phase_zh
from dashboard.warehouse.gazetteer import gazetteer
from vocabulary.alphabet import spelling
from vocabulary.gazetteer import plain
from vocabulary.interval import Interval, between
from vocabulary.matches import Matches, Thing
from vocabulary.quantity import amount

OWN = "own"
OWN_NAME = "自己填人口和人员"
OWN_OPTION: dict[str, Any] = {"value": OWN, "label": OWN_NAME}
_OWN_WORDS = Matches([Thing(OWN_NAME, OWN_NAME, spelling(OWN_NAME))])
NOT_A_RATIO = "看不懂“{text}”：请写 22:1、4.85% 或每万人 455 人这样的值。"
NOT_AN_AMOUNT = "看不懂“{text}”：请写 98833、12万、13万余、近6000 这样的数。"
OWN_SCOPE = "口径由您自定：人口与人员须是同一范围、同一时点，结果只能与同口径的比值比较。"
NO_TARGET = "填一个目标供养比或目标人员数，就能看到人员要增减多少。"
TARGET_NOTE = "目标若取自别的地方，只有人口口径、人员口径都与这里相同才成立，口径不同或未注明的不能套用。"
SPELLING_NOTE = "只换写法，不换口径：口径不同的比值换了写法仍不能并列。"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Population and staff that a question starts from. `facts` and `area`, the place's code, are empty for the reader's own numbers."""

    key: str
    name: str
    scope: str
    population: Interval
    staff: Interval
    facts: tuple[str, ...] = ()
    area: str = ""


def ratio_keys(db: Warehouse) -> pl.DataFrame:
    """`key` and `ref_area` of every place with both parts known, in the order in which they are offered."""
    return db.remember("ratio keys", lambda: ratio_bases(db).select("key", "ref_area"))


def bases(db: Warehouse, places: Collection[str]) -> list[Basis]:
    """What is known of the places, each phase and pair of scopes by itself."""
    return [_basis(row, codes(db)) for row in ratio_bases(db, ref_area=places).to_dicts()]


def basis_of(db: Warehouse, key: str) -> list[Basis]:
    """The one basis of a key; none where nobody has it."""
    places = ratio_keys(db).filter(key=key)["ref_area"].to_list()
    return [one for one in bases(db, places) if one.key == key]


def options(db: Warehouse, typed: str, chosen: str) -> list[dict[str, Any]]:
    """Places for the words that a reader has typed so far, the reader's own numbers last, and what is chosen for its name, which is no search
    where it stands in the field."""
    picked = [OWN_OPTION] if chosen == OWN else [_option(one) for one in basis_of(db, chosen)]
    keys = ratio_keys(db)
    if typed.strip() and typed not in {option["label"] for option in picked}:
        known = set(keys["ref_area"].to_list())
        places = [row["ref_area"] for row in gazetteer(db).offered(typed, MOST_OFFERED, lambda row: row["ref_area"] in known)]
        own = bool(_OWN_WORDS.best([plain(word) for word in typed.split()], 1, lambda _at: True))
    else:
        places, own = keys["ref_area"].head(MOST_OFFERED).unique(maintain_order=True).to_list(), True
    found = sorted(bases(db, places), key=lambda one: places.index(one.area))
    offered = [_option(one) for one in found[:MOST_OFFERED]] + ([OWN_OPTION] if own else [])
    listed = {option["value"] for option in offered}
    return answering(typed, [*offered, *(option | {"kept": True} for option in picked if option["value"] not in listed)])


def _option(one: Basis) -> dict[str, Any]:
    return {"value": one.key, "label": f"{one.name}（{one.scope}）"}


def spellings(text: str, form: Form) -> list[Any]:
    """The ratio in its three forms and in a sentence."""
    if not text:
        return []
    asked = read_ratio(text, form)
    if asked is None:
        return [html.P(NOT_A_RATIO.format(text=text), className="tool__problem")]
    found = converted(asked)
    shown = [html.Div([html.Dt(FORM_NAMES[one]), html.Dd(said(found[one], one))], className="tool__figure") for one in FORMS]
    share, each = said(found["%"], "%"), said(found["每万人"], "每万人")
    sentence = f"{said(found[':1'], ':1')}就是财政供养人员占总人口的{share}，每万人{each}。数字越大（N越大），人均负担越轻。"
    return [html.Dl(shown, className="tool__figures"), html.P(sentence), _scope(SPELLING_NOTE)]


def answers(known: Sequence[Basis], asked: Mapping[str, str]) -> list[Any]:
    """Now, at the target ratio, at the target number of staff; `asked` has place, population, staff, ratio, posts."""
    basis = next((one for one in known if one.key == asked["place"]), None) or _own(asked)
    if isinstance(basis, str):
        return [html.P(basis, className="tool__problem")] if basis else []
    now = ratio_for(basis.population, basis.staff)
    lines = [_line("现在", said(now, ":1"), f"{said(basis.population, '人')}÷{said(basis.staff, '人')}", basis.facts)]
    if asked["ratio"]:
        lines.append(_at_ratio(basis, asked["ratio"]))
    if asked["posts"]:
        lines.append(_at_posts(basis, asked["posts"]))
    asked_any = asked["ratio"] or asked["posts"]
    hint = html.P(TARGET_NOTE if asked_any else NO_TARGET, className=f"tool__hint{' tool__problem' if asked_any else ''}")
    return [html.Dl(lines, className="tool__lines"), hint, _scope(basis.scope and f"{basis.scope}。{_scope_note(basis)}")]


def _own(asked: Mapping[str, str]) -> Basis | str:
    """The reader's own numbers, or a sentence about what cannot be read; blank while something is still missing."""
    for name in ("population", "staff"):
        if asked[name] and amount(asked[name]) is None:
            return NOT_AN_AMOUNT.format(text=asked[name])
    population, staff = amount(asked["population"]), amount(asked["staff"])
    if population is None or staff is None:
        return "请填人口和财政供养人员。"
    return Basis(key=OWN, name="", scope=OWN_SCOPE.rstrip("。"), population=population.bounds, staff=staff.bounds)


def _at_ratio(basis: Basis, text: str) -> html.Div:
    target = read_ratio(text)
    if target is None:
        return _problem(NOT_A_RATIO.format(text=text))
    ratio = converted(target)[":1"]
    posts = posts_for(basis.population, ratio)
    how = f"{said(basis.population, '人')}÷{said(ratio, ':1').replace(':1', '')}，{difference(posts, basis.staff)}"
    return _line(f"若达到{said(ratio, ':1')}", f"人员{said(posts, '人')}", how)


def _at_posts(basis: Basis, text: str) -> html.Div:
    typed = amount(text)
    if typed is None:
        return _problem(NOT_AN_AMOUNT.format(text=text))
    posts = typed.bounds
    how = f"{said(basis.population, '人')}÷{said(posts, '人')}，{difference(posts, basis.staff)}"
    return _line(f"若人员为{said(posts, '人')}", said(ratio_for(basis.population, posts), ":1"), how)


def _line(name: str, answer: str, how: str, facts: tuple[str, ...] = ()) -> html.Div:
    shown = receipt_link(answer, facts, f"{answer}：查看出处") if facts else html.B(answer)
    return html.Div([html.Dt(name), html.Dd([html.Span(shown, className="tool__answer"), html.Span(how, className="tool__how")])])


def _problem(text: str) -> html.Div:
    return html.Div([html.Dt(""), html.Dd(text, className="tool__problem")])


def _scope(text: str) -> html.P:
    return html.P([html.B("口径", className="card__label"), text], className="card__note tool__scope")


def _scope_note(basis: Basis) -> str:
    return "" if basis.key == OWN else "推算只在这一口径内成立，不能与其他口径的比值并列；到位人数、过渡期不在此算内。"


def _basis(row: dict[str, Any], names: Codes) -> Basis:
    phase = phase_zh(names, row["phase"])
    when = words.date(row["time_period"])
    place = row["area_name"].partition("（")[0]
    return Basis(
        key=row["key"], area=row["ref_area"], name=f"{place}{phase}{when}", scope=scope_label(row).replace("　", "，"),
        population=between(row["population_low"], row["population_high"]), staff=between(row["staff_low"], row["staff_high"]),
        facts=receipts(row["fact_ids"]),
    )  # fmt: skip
