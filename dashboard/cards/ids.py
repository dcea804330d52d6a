"""Ids of components: static, made in one place, so that a layout and its callbacks cannot disagree."""

LOCATION = "location"
PAGE = "page"
CHOSEN = "chosen"  # the page's one store: path, title, build, selection
OF_BUILD = "of-build"  # store: the build alone, for what no choice changes
SPOKEN = "spoken"  # the page's path once address and title speak for it
VERSION = "version"
NOTICE = "notice"
PROVINCE, ALL_PROVINCES = "province", "all-provinces"  # the control for the chosen province, and the way back from it
FACT = "fact"  # store: comma list of the facts that the drawer shows
DRAWER = "fact-drawer"
DRAWER_BODY = "fact-drawer-body"


def card_id(chart_id: str) -> str:
    """The card of a chart."""
    return f"card-{chart_id}"


def graph_id(chart_id: str) -> str:
    """The drawing."""
    return f"graph-{chart_id}"


def part_id(chart_id: str, part: str) -> str:
    """Another part of a card: title, finding, table, gist, fine, problem, written, alternative."""
    return f"{part}-{chart_id}"
