"""财政供养比: how many people stand behind one person on the public payroll."""

from dashboard.pages.page import theme_page

PAGE = theme_page(
    path="/ratio",
    nav="财政供养比",
    title="多少人对应一名财政供养人员",
    lead="统一写作 N:1。人口口径、人员口径不同的分栏列出，不排在同一条轴上。",
    theme="ratio",
)
