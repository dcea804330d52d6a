"""The overview in Vizro: waitress-serve bench.rivals.vizro_app:application."""

from typing import Any

import vizro.models as vm
from vizro import Vizro
from vizro.managers import data_manager
from vizro.models.types import capture
from vizro.tables import dash_ag_grid

from bench.rivals import content


@capture("graph")
def drawn(data_frame: Any, which: str = "") -> Any:
    """One of the charts from its rows."""
    return content.CHARTS[which][1](data_frame)


def _page() -> vm.Page:
    for name, (query, _draw) in content.CHARTS.items():
        data_manager[name] = lambda query=query: content.rows(query)
    data_manager["table"] = content.table
    graphs = [vm.Graph(figure=drawn(name, which=name)) for name in content.CHARTS]
    return vm.Page(title="改革走到哪一步，人和机构变了多少", components=[*graphs, vm.Table(figure=dash_ag_grid("table"))])


application = Vizro().build(vm.Dashboard(pages=[_page()])).dash.server
