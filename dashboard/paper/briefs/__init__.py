"""The registered briefs: starting points whose text is written from the facts. Adding one is a module and a line here."""

from dashboard.paper.briefs import extension, ratio, small_counties, towns
from dashboard.paper.briefs.brief import CARDS, Brief, BriefError, EmptyBriefError, Item, Template, parse_brief

BRIEFS: dict[str, Template] = {
    template.name: template for template in (small_counties.BRIEF, towns.BRIEF, extension.BRIEF, ratio.BRIEF)
}

__all__ = ["BRIEFS", "CARDS", "Brief", "BriefError", "EmptyBriefError", "Item", "Template", "parse_brief"]
