"""经济发达镇: delegated items taken up, bodies set up, powers taken back."""

from dashboard.cards.page import theme_page
from dashboard.themes.towns.charts import CHARTS

PAGE = theme_page(
    path="/towns",
    nav="经济发达镇",
    short="发达镇",
    title="经济发达镇：放下来的权，接住了多少",
    lead="承接率只在同一份目录内比较；目录数、承接数、办件数是三回事。",
    charts=CHARTS,
)
