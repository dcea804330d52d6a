"""乡镇样本: one township looked at closely, others with their traps shown."""

from dashboard.cards.page import theme_page
from dashboard.themes.township.charts import CHARTS

PAGE = theme_page(
    path="/township",
    nav="乡镇样本",
    short="乡镇",
    title="解剖一个乡镇：张店乡的机构、编制与人",
    lead="其他乡镇的公开数放在后面，逐一说明哪些能比、哪些不能。",
    charts=CHARTS,
)
