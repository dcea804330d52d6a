"""财政供养比."""

from dashboard.paper.briefs.brief import Item, Template, closing, figure, heading, paragraph, table, told
from dashboard.warehouse import Warehouse


def _write(db: Warehouse) -> tuple[Item, ...]:
    return (
        heading("怎么算、怎么读"),
        paragraph(
            "财政供养比是总人口与财政供养人数之比，写作“N:1”，读作“N个人对应1名财政供养人员”。人口口径、人员口径不同，比值不能并列。"
        ),
        heading("各地、各口径的比值"),
        told(db, "ratio-by-scope", mention="{下图}"),
        told(db, "ratio-table", mention="{下表}"),  # before the picture, which would leave a third of the first page blank
        figure("ratio-by-scope"),
        table("ratio-table"),
        closing(),
    )


BRIEF = Template(
    name="ratio",
    title="财政供养比情况对比",
    lead="公布了比值的试点县与全国，各地、各口径的比值与复算。",
    write=_write,
)
