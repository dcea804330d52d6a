"""人口小县: pilots before and after, and what an ordinary county looks like."""

from dashboard.cards.page import theme_page
from dashboard.themes.small_counties.charts import CHARTS

PAGE = theme_page(
    path="/small-counties",
    nav="人口小县",
    title="人口小县机构改革：减了什么，减了多少",
    lead="同一县、同一口径的改革前后相比；不同县只看各自的变化，不排名。",
    charts=CHARTS,
)
