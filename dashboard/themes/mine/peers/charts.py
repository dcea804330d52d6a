"""The card of peers: a table, with how far apart each variable is."""

from dashboard.cards.chart import Chart, Column
from dashboard.themes.mine.peers import rows as queries
from dashboard.themes.mine.peers import sentences as findings

PEERS = Chart(
    id="mine-peers",
    wide=True,
    question="哪些县和我们差不多？",
    title="与本县常住人口相近的县",
    computed=True,
    rows=lambda db, chosen: queries.peers(db, chosen.own),
    finding=findings.peers,
    note=lambda rows: (
        f"在收录了七普常住人口的{rows['pool'][0]}个县里找；各项相差都在25%以内才算相近，每份最多列5个，最近的在前。",
        "相近只看人口和双方都有的收支，不看经济、面积、民族和地形；不是全国所有的县。",
    ),
    columns=(
        Column("area_name", "相近的县", "place"),
        Column("for_set", "与谁比"),
        Column("resident", "常住人口（人）", "count"),
        Column("apart", "常住相差"),
        Column("revenue_apart", "收入相差"),
        Column("spending_apart", "支出相差"),
        Column("gdp", "地区生产总值（亿元）", "number"),
        Column("cohort", "批次"),
    ),
    empty=findings.NONE,
)
