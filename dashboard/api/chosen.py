"""The selection that an address of a chart's data or file asks for, checked against what there is."""

from collections.abc import Collection

from dashboard.api.asked import unknown
from dashboard.cards.asked import SelectionError, asked_selection
from dashboard.cards.selection import Selection
from dashboard.themes.compare.measures import COMBINED
from dashboard.warehouse import Warehouse
from dashboard.warehouse.known import known_values, remedy


def chosen_selection(db: Warehouse, query: str, *, also: Collection[str] = (), only: Collection[str] | None = None) -> Selection:
    """`asked_selection` whose indicator and cohorts are known ones; SelectionError with the nearest that is."""
    selection = asked_selection(db, query, frozenset(also), only=only)
    indicators = {slug: made.name_zh for slug, made in COMBINED.items()} | dict(known_values(db)["indicator"])
    if selection.indicator and selection.indicator not in indicators:
        instead = remedy(selection.indicator, indicators)
        raise SelectionError(unknown("i", selection.indicator, "指标", instead, "全部见 /api/indicators。"))
    cohorts = known_values(db)["cohort"]
    for cohort in selection.cohorts:
        if cohort not in cohorts:
            raise SelectionError(unknown("c", cohort, "批次", remedy(cohort, cohorts), ""))
    return selection
