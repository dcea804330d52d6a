"""The pages, in the order of the header. Adding one is a module and a line here."""

from dashboard.pages import data, extension, overview, ratio, small_counties, towns, township
from dashboard.pages.page import Page

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    ratio.PAGE,
    small_counties.PAGE,
    towns.PAGE,
    extension.PAGE,
    township.PAGE,
    data.PAGE,
)
