"""乡镇样本: one township looked at closely, others with their traps shown."""

from dashboard.cards.page import theme_page
from dashboard.themes.township.charts import CHARTS

PAGE = theme_page(
    path="/township",
    nav="乡镇样本",
    short="乡镇",
    title="一个乡镇有多少机构、编制和人：以张店乡为例",
    lead="其他乡镇的公开数放在后面，逐一说明哪些能比、哪些不能。",
    charts=CHARTS,
)
