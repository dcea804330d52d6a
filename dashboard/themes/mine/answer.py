"""The answer on top of the page, or what to do for one."""

from typing import Any

from dash import html

from dashboard.cards.selection import Selection
from dashboard.cards.sentence import sentence
from dashboard.themes.mine.standing import standings
from dashboard.themes.mine.typed.reading import read_sets
from dashboard.warehouse import Warehouse

START = "先填您的县，再填一两个数：人口、财政供养人员、党政机构，有什么填什么。"
MEND = "填的数还看不懂，照各栏下面的提示改好，就能比了。"


def answers(db: Warehouse, selection: Selection) -> list[Any]:
    """A paragraph for each set; what to do where there is none."""
    told = standings(db, selection)
    if not told:
        unread = any(one.problems for one in read_sets(db, selection.own))
        return [html.P(MEND if unread else START, className="mine__start")]
    return [html.P(sentence(finding), className="mine__standing") for finding in told]
