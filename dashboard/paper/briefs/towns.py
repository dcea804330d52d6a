"""经济发达镇放权."""

from dashboard.paper.briefs.brief import Item, Template, closing, figure, heading, paragraph, table, told
from dashboard.warehouse import Warehouse


def _write(db: Warehouse) -> tuple[Item, ...]:
    return (
        paragraph(
            "经济发达镇放权，关键看放下来的事项接不接得住、用不用得好。现将已公布的情况整理如下；各地目录的类型、粒度、层级不同，不作跨地区排名。"
        ),
        heading("承接情况"),
        told(db, "towns-take-up", mention="{下图}"),
        figure("towns-take-up"),
        heading("机构设置"),
        told(db, "towns-bodies", mention="{下图}"),
        figure("towns-bodies"),
        heading("事项调整和收回"),
        told(db, "towns-held", mention="{下图}"),
        figure("towns-held"),
        told(db, "towns-revoked", mention="{下表}"),
        table("towns-revoked"),
        heading("履职事项清单"),
        told(db, "towns-duties", mention="{下图}"),
        figure("towns-duties"),
        heading("各地目录"),
        told(db, "towns-catalogues", mention="{下表}"),
        table("towns-catalogues"),
        closing(),
    )


BRIEF = Template(
    name="towns",
    title="经济发达镇放权情况",
    lead="承接率、机构设置、下放与收回、履职事项清单、各地目录。",
    write=_write,
)
