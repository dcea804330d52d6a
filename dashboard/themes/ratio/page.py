"""财政供养比: how many people stand behind one person on the public payroll, and what a target would mean."""

from dashboard.cards.page import theme_page
from dashboard.themes.ratio.charts import CHARTS
from dashboard.themes.ratio.what_if.calculator import calculator, wire_calculator

PAGE = theme_page(
    path="/ratio",
    nav="财政供养比",
    short="供养比",
    title="多少人对应一名财政供养人员",
    lead="统一写作 N:1。数字越大，人均负担越轻；口径不同的不排在同一条轴上。页尾可以换算和推算。",
    charts=CHARTS,
    below=calculator,
    wire=wire_calculator,
)
