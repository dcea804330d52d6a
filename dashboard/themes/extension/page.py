"""农技推广: posts authorised and people in post, by tier."""

from dashboard.cards.page import theme_page
from dashboard.themes.extension.charts import CHARTS

PAGE = theme_page(
    path="/extension",
    nav="农技推广",
    short="农技",
    title="基层农技推广：两个县的编制与实有",
    lead="县级编制、实有都公布的只有鲁山县（2013年）、洛南县（2016年）；其余是单位、全国和河南省的数。空心框是编制，实心条是实有，斜线是超出编制的部分。",
    charts=CHARTS,
)
