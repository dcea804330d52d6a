"""我们县站在哪里: what the cards say of each set, in a sentence with the county's name."""

import json

from dashboard.cards.selection import Selection
from dashboard.cards.shown import shown
from dashboard.language.sentence import Finding
from dashboard.themes.mine import sentences
from dashboard.themes.mine.charts import BODIES, POSTS, RATIO
from dashboard.themes.mine.size.charts import THRESHOLDS
from dashboard.themes.mine.size.sentences import small_by
from dashboard.themes.mine.typed.fields import PLACE
from dashboard.themes.mine.typed.reading import labels, published, read_sets
from dashboard.warehouse import Warehouse


def standings(db: Warehouse, selection: Selection) -> list[Finding]:
    """A sentence for each set that says anything."""
    read = read_sets(db, selection.own)
    sets = [one for one in read if not one.is_empty]
    if not sets:
        return []
    named = labels(read)
    frames = [shown(db, chart, selection).rows for chart in (RATIO, BODIES, POSTS)]
    thresholds = shown(db, THRESHOLDS, selection).rows
    told = []
    for one in sets:
        name = named[one.number]
        told.append(sentences.standing(name, one.number, frames, small_by(name, thresholds)))
    return told


def of_published(db: Warehouse, code: str) -> Selection:
    """The selection of a county for which nobody typed anything: what is published of it, fields of facts."""
    known = {key: f"{row['obs_value']:.0f}" for key, row in published(db, code).items()}
    return Selection.parse({"own": json.dumps([{PLACE: code, **known}])})
