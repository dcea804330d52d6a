"""财政供养比."""

from dashboard.paper.briefs.brief import Item, Template, closing, figure, heading, paragraph, table, told
from dashboard.warehouse import Warehouse


def _write(db: Warehouse) -> tuple[Item, ...]:
    return (
        paragraph(
            "财政供养比是总人口与财政供养人数之比，写作“N:1”，读作“N个人对应1名财政供养人员”。人口口径、人员口径不同，比值不能并列。"
        ),
        heading("县级比值"),
        told(db, "ratio-by-scope", mention="{下图}"),
        told(db, "ratio-recomputed", mention="{下表}"),
        table("ratio-recomputed"),
        figure("ratio-by-scope"),
        heading("全国比值"),
        told(db, "ratio-nation", mention="{下图}"),
        figure("ratio-nation"),
        heading("乡镇本级"),
        told(db, "ratio-township", mention="{下表}"),
        table("ratio-township"),
        closing(),
    )


BRIEF = Template(
    name="ratio",
    title="财政供养比情况对比",
    lead="按口径分列的县级比值、原文与复算、全国、乡镇本级。",
    write=_write,
)
