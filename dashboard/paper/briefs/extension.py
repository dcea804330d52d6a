"""农技推广编制."""

from dashboard.paper.briefs.brief import Item, Template, closing, figure, heading, paragraph, table, told
from dashboard.warehouse import Warehouse


def _write(db: Warehouse) -> tuple[Item, ...]:
    return (
        paragraph("基层农技推广机构编制与实有人员情况，按已公布资料整理如下。年份、口径不同的分列，不排名。"),
        heading("县乡两级编制与实有人员"),
        told(db, "extension-lushan", mention="{下图}"),
        figure("extension-lushan"),
        told(db, "extension-peers", mention="{下表}"),
        table("extension-peers"),
        heading("全国参照"),
        told(db, "extension-national", mention="{下图}"),
        figure("extension-national"),
        heading("河南省区域站建设"),
        told(db, "extension-stations", mention="{下图}"),
        figure("extension-stations"),
        closing(),
    )


BRIEF = Template(
    name="extension",
    title="基层农技推广机构编制情况",
    lead="鲁山县分层级、同类县、全国口径、河南省区域站。",
    write=_write,
)
