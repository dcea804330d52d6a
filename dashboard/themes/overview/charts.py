"""总览: one telling card of every theme, and the headline figures above them."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from dashboard.cards.chart import Chart, Headline
from dashboard.language import words
from dashboard.language.pick import Row, one
from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, number, say, valued
from dashboard.themes.extension import rows as extension_queries
from dashboard.themes.extension import sentences as extension_findings
from dashboard.themes.extension.charts import LUSHAN
from dashboard.themes.ratio import rows as ratio_queries
from dashboard.themes.ratio import sentences as ratio_findings
from dashboard.themes.ratio.charts import BY_SCOPE
from dashboard.themes.small_counties import rows as small_county_queries
from dashboard.themes.small_counties import sentences as small_county_findings
from dashboard.themes.small_counties.charts import BODIES, POSTS_AND_PEOPLE
from dashboard.themes.small_counties.pilots.charts import SHORT_TABLE
from dashboard.themes.small_counties.size_bands.charts import LADDER, TILES
from dashboard.themes.towns import rows as town_queries
from dashboard.themes.towns import sentences as town_findings
from dashboard.themes.towns.charts import TAKE_UP
from dashboard.warehouse.tables import RECOMPUTED

HEQU = "140930"

# A card stands on two pages: its parts need an id of their own on each.
CHARTS: tuple[Chart, ...] = (
    replace(SHORT_TABLE, id="overview-pilots"),
    replace(BODIES, id="overview-bodies"),
    replace(BY_SCOPE, id="overview-ratio"),
    replace(POSTS_AND_PEOPLE, id="overview-posts-people"),
    replace(TAKE_UP, id="overview-take-up"),
    replace(LUSHAN, id="overview-extension"),
    replace(TILES, id="overview-tiles", province="led"),
    replace(LADDER, id="overview-ladder"),
)


def _of_hequ(what: str) -> Callable[[pl.DataFrame], str]:
    """The subject of a tile about 河曲县; blank where nothing is published of it."""

    def subject(rows: pl.DataFrame) -> str:
        row = next(iter(rows.filter(ref_area=HEQU).to_dicts()), None)
        return f"{row['area_name']} · {what.format_map(row)}" if row else ""

    return subject


def _merged_towns(rows: pl.DataFrame) -> str:
    row = one(rows, grouping="merged")
    return f"{row['area_name']}{row['towns']}镇合并 · 赋权事项承接率" if row else ""


def _bodies(rows: pl.DataFrame) -> Finding:
    row = one(rows, ref_area=HEQU)
    return (
        say(number(f"{words.value(row['before'])}→{words.value(row['after'], '个')}", row["fact_ids"]))
        if row
        else NOTHING_PUBLISHED
    )


def _bodies_said(rows: pl.DataFrame) -> Finding:
    row = one(rows, ref_area=HEQU)
    if row is None:
        return small_county_findings.bodies(rows)
    fell = number(words.change(row["before"], row["after"], "个"), row["fact_ids"])
    same = [
        other["area_name"]
        for other in rows.filter((pl.col("axis_key") == row["axis_key"]) & (pl.col("ref_area") != HEQU)).to_dicts()
        if other["after"] == row["after"] and other["before"] is not None
    ]
    tail = f"；{words.listing(same)}同到{words.value(row['after'], '个')}" if same else ""
    return say(f"{row['area_name']}党政机构", fell, f"{tail}。")


def _ratio_ends(rows: pl.DataFrame) -> tuple[Row | None, Row | None]:
    """What the tile of the ratio is about: before and after on one axis, or what a source states of before alone."""
    local = rows.filter((pl.col("ref_area") != "CN") & (pl.col("basis") != RECOMPUTED))
    return ratio_findings.pair(local.to_dicts()) or (one(local, phase="before"), None)


def _ratio_of(rows: pl.DataFrame) -> str:
    row, _after = _ratio_ends(rows)
    return f"{row['area_name']} · 财政供养比（人口{row['population_basis']}、人员{row['staff_scope']}）" if row else ""


def _ratio(rows: pl.DataFrame) -> Finding:
    """Before and after on one axis; an end that is in doubt is no headline and is left to the sentence."""
    before, after = _ratio_ends(rows)
    if before is None or ratio_findings.doubts(before):
        return NOTHING_PUBLISHED
    if after is None or ratio_findings.doubts(after):
        return say("改革前 ", ratio_findings.stated(before))
    return say(ratio_findings.stated(before), "→", ratio_findings.stated(after))


def _take_up(rows: pl.DataFrame) -> Finding:
    row = one(rows, grouping="merged")
    return say(number(words.percent(row["take_up"]), row["fact_ids"])) if row else NOTHING_PUBLISHED


def _staffing(rows: pl.DataFrame) -> Finding:
    row = one(rows, tier="_T")
    if row is None:
        return NOTHING_PUBLISHED
    actual = valued(row, "actual", ids="actual_fact_ids")
    return say(actual, " / ", valued(row, "authorised", ids="authorised_fact_ids"))


def _people(rows: pl.DataFrame) -> Finding:
    row = one(rows, ref_area=HEQU)
    return say(valued(row, "over", "人", ids="fact_ids_over")) if row else NOTHING_PUBLISHED


def _duties(rows: pl.DataFrame) -> Finding:
    row = one(rows, ref_area="CN")
    if row is None or row["kept"] is None:
        return NOTHING_PUBLISHED
    return say("保留", valued(row, "kept", "项", ids="list_fact_ids"))


HEADLINES: tuple[Headline, ...] = (
    Headline(
        id="bodies", theme="人口小县", path="/small-counties", rows=small_county_queries.bodies,
        subject=_of_hequ("{scope}"), figure=_bodies, finding=_bodies_said,
    ),
    Headline(
        id="ratio", theme="财政供养比", path="/ratio",
        rows=lambda db: ratio_queries.foremost(ratio_queries.pilots_and_nation(db)),
        subject=_ratio_of, figure=_ratio, finding=ratio_findings.lead,
    ),
    Headline(
        id="take-up", theme="经济发达镇", path="/towns", rows=town_queries.take_up,
        subject=_merged_towns, figure=_take_up, finding=town_findings.take_up,
    ),
    Headline(
        id="staffing", theme="农技推广", path="/extension", rows=extension_queries.by_tier,
        subject=lambda rows: f"{rows['area_name'][0]} · 农技推广，实有／编制", figure=_staffing,
        finding=extension_findings.by_tier,
    ),
    Headline(
        id="people", theme="编制与人", path="/small-counties", rows=small_county_queries.posts_and_people,
        subject=_of_hequ("核减编制后仍超编"), figure=_people, finding=small_county_findings.posts_and_people,
    ),
    Headline(
        id="duties", theme="履职清单", path="/towns", rows=town_queries.duty_lists,
        subject=lambda _rows: "全国乡镇（街道） · 平均每个保留的履职事项", figure=_duties, finding=town_findings.duty_lists,
    ),
)  # fmt: skip
