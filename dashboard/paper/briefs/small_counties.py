"""人口小县改革对比."""

import polars as pl

from dashboard.language import words
from dashboard.paper.briefs.brief import Item, Template, closing, figure, heading, table, told
from dashboard.themes.small_counties import rows as queries
from dashboard.warehouse import Warehouse


def _opening(db: Warehouse) -> Item:
    rows = queries.bodies_and_ordinary(db)
    pilots = rows.filter(~pl.col("control"))
    names = words.listing(pilots["area_name"].to_list())
    facts = tuple(fact for listed in pilots["fact_ids"].drop_nulls().to_list() for fact in listed.split(",") if fact)
    ordinary = rows.filter(pl.col("control"))["counted_as"].n_unique()
    return Item(
        kind="p",
        text=f"本简报汇集{names}已公布的人口小县机构改革数字，并与{ordinary}个普通县区对照。口径不同的分列，不并列、不排名。",
        facts=facts,
    )


def _write(db: Warehouse) -> tuple[Item, ...]:
    return (
        _opening(db),
        heading("人口小县有多少"),
        told(db, "small-counties-counts", mention="{下表}"),
        table("small-counties-counts"),
        heading("试点进展情况"),
        told(db, "overview-pilots", mention="{下表}"),
        table("overview-pilots"),
        heading("党政机构精简情况"),
        told(db, "small-counties-bodies", mention="{下图}"),
        told(db, "small-counties-clock", mention="{下表}"),
        table("small-counties-clock"),
        # The tallest picture comes last: before its text it would leave half a page blank.
        figure("small-counties-bodies"),
        heading("事业机构和编制精简情况"),
        told(db, "small-counties-cuts", mention="{下图}"),
        figure("small-counties-cuts"),
        told(db, "small-counties-control"),
        heading("编制与人员"),
        told(db, "small-counties-posts-people", mention="{下图}"),
        figure("small-counties-posts-people"),
        closing(),
    )


BRIEF = Template(
    name="small-counties",
    title="人口小县机构改革情况对比",
    lead="试点县改革前后、与普通县区对照、编制与人员、三个全国数。",
    write=_write,
)
