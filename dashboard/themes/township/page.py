"""乡镇样本: townships that published posts and people, with the traps shown; then one looked at closely."""

from dashboard.cards.page import theme_page
from dashboard.themes.township.charts import CHARTS

PAGE = theme_page(
    path="/township",
    nav="乡镇样本",
    short="乡镇",
    title="乡镇的编制用满了吗：先看公布了数的乡镇，再细看张店乡",
    lead="能比的放在一起，不能比的写明原因；张店乡有分项，逐项列出。",
    charts=CHARTS,
)
