"""What 对比分析 shows before anything is chosen: three comparisons to begin with, each of which teaches one thing."""

from typing import NamedTuple

from dash import dcc, html

from dashboard.cards.selection import Selection


class Example(NamedTuple):
    """A comparison worth a click: its question, what it shows, and the choice behind it."""

    question: str
    says: str
    selection: Selection


EXAMPLES = (
    Example(
        "首批试点县的党政机构，改革前后差多少？",
        "两批山西试点，同一口径的前后对照；没有公布的县写明未公布。",
        Selection(indicator="party_gov_bodies", cohorts=("山西第一批试点", "山西第二批试点")),
    ),
    Example(
        "609:1和22:1，能放在一起比吗？",
        "张店乡、山西某县、河曲县与全国的财政供养比：按口径分成几栏，并说明为什么。",
        Selection(indicator="population_per_fiscal_staff", places=("410423-zhangdian", "anon-shanxi-2019", "140930", "CN")),
    ),
    Example(
        "几个乡镇的编制用满了吗？",
        "空心框是编制，实心条是实有；实有里含离退休的单独成栏，不与编制相除。",
        Selection(
            indicator="staffing",
            places=("410423-zhangdian", "430725-reshi", "431222-huochang", "360724-sixia", "430423-guantang"),
        ),
    ),
)


def start() -> html.Section:
    """The examples as links."""
    return html.Section(
        [
            html.H2("先看三个例子，或在上面自己选", className="start__title"),
            html.Div([_tile(example) for example in EXAMPLES], className="tiles start__tiles"),
            html.P("还没有选指标和地区，没有可打印的比较。", className="print-only"),
        ],
        className="start",
    )


def _tile(example: Example) -> dcc.Link:
    return dcc.Link(
        [html.Span(example.question, className="start__question"), html.Span(example.says, className="tile__sentence"),
         html.Span("看这一比较 →", className="start__go")],
        href=f"/compare?{example.selection.to_query()}", className="tile start__tile",
    )  # fmt: skip
