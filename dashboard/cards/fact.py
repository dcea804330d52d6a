"""One fact in full: the value as stated, what it is taken to mean, where it stands, what competes with it."""

from typing import Any

from dash import dcc, html

from dashboard.cards.place_link import place_link
from dashboard.language import words
from dashboard.warehouse.catalog import FactSheet
from dashboard.warehouse.codes import Codes, phase_zh


def fact_block(sheet: FactSheet) -> html.Section:
    """The block of one fact in the drawer."""
    fact, names = sheet.fact, sheet.names
    return html.Section(
        [
            html.H3(
                [place_link(fact["area_name"], fact["ref_area"]), fact_name(fact, names).removeprefix(fact["area_name"])],
                className="fact__name",
            ),
            html.P(words.claimed(fact), className="fact__value"),
            html.P(["原文：", html.Q(fact["as_stated"])], className="fact__stated") if fact.get("as_stated") else None,
            _table([(label, value) for label, value in _rows(fact, names) if value]),
            _source(fact, names),
            _claims(sheet) if len(sheet.claims) > 1 else None,
            _meaning(fact),
            html.P(
                dcc.Link(["编号 ", fact["fact_id"]], href=f"/data?fact={fact['fact_id']}", className="fact__link"),
                className="fact__id",
            ),
        ],
        className="fact",
    )


def fact_name(fact: dict[str, Any], names: Codes) -> str:
    """河曲县 党政机构（改革前，县级）: place, indicator, phase and dimensions in use."""
    details = [phase_zh(names, fact["phase"])]
    details += [fact[name] for name in names["dimension"] if fact.get(name) not in {None, "", "_T"}]
    said = "、".join(filter(None, details))
    return f"{fact['area_name']} {fact['indicator_zh']}" + (f"（{said}）" if said else "")


def interval(fact: dict[str, Any]) -> str:
    """What the value is taken to be when it is not exact: an interval with its open end; blank for an exact value."""
    low, high = fact.get("value_low"), fact.get("value_high")
    if low == high or (low is None and high is None):
        return ""
    unit = fact["unit_measure"]
    if low is not None and high is not None and not (_as_written(low, unit) and _as_written(high, unit)):
        return f"{low:.12g}～{high:.12g}{unit}".replace("-", words.MINUS)  # with fewer digits the ends would stand too far apart
    return words.span(low, high, unit)


def _as_written(end: float, unit: str) -> bool:
    """The digits that are usual for the unit say the number in full."""
    return words.bound(end, unit, side="low") == words.bound(end, unit, side="high")


def _rows(fact: dict[str, Any], names: Codes) -> list[tuple[str, str]]:
    return [
        ("时点", words.date(fact.get("time_period"))),
        ("口径", fact.get("scope") or "未注明"),
        ("精度", names["precision"].get(fact.get("precision") or "", "")),
        ("区间", interval(fact)),
        *((label, fact[name]) for name, label in names["dimension"].items() if fact.get(name) not in {None, "", "_T"}),
        ("所在地", "".join(dict.fromkeys(filter(None, (fact.get("province"), fact.get("prefecture"), fact.get("county")))))),
        ("批次", fact.get("cohort") or ""),
        ("备注", fact.get("note") or ""),
        ("提示", _marks(fact)),
    ]


def _marks(fact: dict[str, Any]) -> str:
    said = []
    if fact.get("illustrative"):
        said.append("情境或示例材料，不进入任何汇总")
    if fact.get("anonymous"):
        said.append("匿名地区")
    if fact.get("disclosure") == "internal":
        said.append("内部资料，不得外传")
    return "；".join(said)


def _table(rows: list[tuple[str, str]]) -> html.Dl:
    return html.Dl([part for label, value in rows for part in (html.Dt(label), html.Dd(value))], className="fact__details")


def _source(fact: dict[str, Any], names: Codes) -> html.Div:
    title = f"《{(fact.get('source_title') or '').strip('《》')}》"
    grade = fact.get("grade") or ""
    parts = [part for part in (title, fact.get("publisher"), fact.get("published")) if part]
    line = "，".join([*parts, *_further(fact.get("locator") or "", parts)])
    url = fact.get("url") or ""
    cited: Any = html.A(line, href=url, target="_blank", rel="noopener noreferrer") if url.startswith("http") else line
    badges = [html.Span(f"{grade}级 · {names['grade'].get(grade, '未定级')}", className="badge")]
    if fact.get("reprint"):
        badges.append(html.Span("转引", className="badge badge--warn"))
    return html.Div([html.H4("来源"), html.P([cited, " ", *badges])], className="fact__source")


def _further(locator: str, said: list[str]) -> list[str]:
    """What the locator adds when it begins with the publisher and date that are already said: a page, or that no link is given."""
    rest = locator
    for part in said:
        rest = rest.strip().removeprefix(part)
    rest = rest.strip(" ·，")
    bracketed = rest.startswith("（") and rest.endswith("）") and rest.count("（") == 1
    return [rest[1:-1] if bracketed else rest] if rest else []


def _claims(sheet: FactSheet) -> html.Div:
    """All claims about the same thing, the one shown first, and the rule that chose it."""
    first = sheet.claims[0]
    rows = []
    for claim in sheet.claims:
        said = claim.get("as_stated") or words.value(claim["obs_value"])
        standing = sheet.names["standing"][claim["standing"]]
        marked = html.Span(standing, className=f"badge{' badge--shown' if claim['standing'] == 'shown' else ''}")
        detail = "，".join(
            filter(
                None,
                (claim.get("scope"), words.date(claim.get("time_period")), f"《{claim['source_title']}》", f"{claim['grade']}级"),
            )
        )
        rows.append(html.Li([html.B(said), " ", marked, html.Span(detail, className="fact__claim-detail")]))
    return html.Div(
        [
            html.H4("同一事项的其他说法"),
            html.Ul(rows, className="fact__claims"),
            html.P(["处理规则：", first.get("rule_zh") or "未说明"]),
            html.P(first["reading_zh"]) if first.get("reading_zh") else None,
        ],
        className="fact__conflict",
    )


def _meaning(fact: dict[str, Any]) -> html.Div:
    said = [html.H4("定义与提示")]
    said += [html.P(fact[key]) for key in ("definition_zh", "caveat_zh") if fact.get(key)]
    return html.Div(said, className="fact__meaning") if len(said) > 1 else html.Div()
