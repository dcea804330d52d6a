"""The pages, in the order of the header. Adding one is a module and a line here."""

from dashboard.pages import area, brief, compare, data, extension, overview, ratio, small_counties, sql, towns, township
from dashboard.pages.page import Page

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    ratio.PAGE,
    small_counties.PAGE,
    towns.PAGE,
    extension.PAGE,
    township.PAGE,
    compare.PAGE,
    area.PAGE,
    brief.PAGE,
    data.PAGE,
    sql.PAGE,
)
UNLISTED: tuple[Page, ...] = (area.PROFILE,)  # pages without a word in the header
