"""我们县站在哪里: what the cards say of each set, in a sentence with the county's name."""

from typing import Any

from dash import html

from dashboard.cards.selection import Selection
from dashboard.cards.sentence import sentence
from dashboard.cards.shown import shown
from dashboard.themes.mine import sentences
from dashboard.themes.mine.charts import BODIES, POSTS, RATIO
from dashboard.themes.mine.size.charts import THRESHOLDS
from dashboard.themes.mine.size.sentences import small_by
from dashboard.themes.mine.typed.reading import labels, read_sets
from dashboard.warehouse import Warehouse

START = "先填您的县，再填一两个数：人口、财政供养人员、党政机构，有什么填什么。"
MEND = "填的数还看不懂，照各栏下面的提示改好，就能比了。"


def answers(db: Warehouse, selection: Selection) -> list[Any]:
    """A paragraph for each set; what to do where there is none."""
    read = read_sets(db, selection.own)
    sets = [one for one in read if not one.is_empty]
    if not sets:
        return [html.P(MEND if any(one.problems for one in read) else START, className="mine__start")]
    named = labels(read)
    frames = [shown(db, chart, selection).rows for chart in (RATIO, BODIES, POSTS)]
    thresholds = shown(db, THRESHOLDS, selection).rows
    told = []
    for one in sets:
        name = named[one.number]
        finding = sentences.standing(name, one.number, frames, small_by(name, thresholds))
        told.append(html.P(sentence(finding), className="mine__standing"))
    return told
