"""The pages, in the groups and the order of the header. Adding one is a folder in themes/ and a line here."""

from dashboard.cards.page import Page
from dashboard.themes.area import page as area
from dashboard.themes.compare import page as compare
from dashboard.themes.data import page as data
from dashboard.themes.extension import page as extension
from dashboard.themes.mine import page as mine
from dashboard.themes.overview import page as overview
from dashboard.themes.ratio import page as ratio
from dashboard.themes.small_counties import page as small_counties
from dashboard.themes.towns import page as towns
from dashboard.themes.township import page as township
from dashboard.tools.brief import page as brief
from dashboard.tools.sql import page as sql

# What one does with them: read what is known, set something beside it, take it along.
GROUPS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    ("看", (overview.PAGE, small_counties.PAGE, towns.PAGE, extension.PAGE, township.PAGE, ratio.PAGE)),
    ("比", (mine.PAGE, compare.PAGE, area.PAGE)),
    ("用", (brief.PAGE, data.PAGE, sql.PAGE)),
)
PAGES: tuple[Page, ...] = tuple(page for _name, pages in GROUPS for page in pages)
UNLISTED: tuple[Page, ...] = (area.PROFILE,)  # pages without a word in the header
