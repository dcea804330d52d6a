"""Signing in, in a browser: there and back, the first password, a page that is not for everybody, a session that ends under a reader."""

import pytest

from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.roles import Role
from dashboard.settings import ROOT, Settings
from dashboard.web.office import create_office
from tests.browser.conftest import served_wsgi
from tests.browser.test_axe import serious

FIRST, OWN = "Kan-ban-2026!", "Xin-kou-ling8"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Address of a server whose readers sign in, and its accounts."""
    folder = tmp_path_factory.mktemp("access")
    accounts = Accounts(folder / ACCOUNTS_FILE)
    accounts.add("张主任", {Role.ADMIN}, None)
    gate = create_office(Settings(warehouse=ROOT / "warehouse.duckdb", sign_in=True, access=folder))
    with served_wsgi(gate) as address:
        yield address, accounts


def fill(page, **fields):
    for name, value in fields.items():
        page.fill(f"#{name}", value)
    page.click("button[type=submit] >> nth=0")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_a_reader_comes_in_reads_and_is_led_back_when_the_session_ends(office, visit_of, width, height):
    address, accounts = office
    name = f"读者{width}"
    accounts.add(name, (), FIRST)
    visit = visit_of(address, width=width, height=height)
    page = visit.page
    page.goto(address + "/extension?t=extension-gap")
    assert serious(visit) == []
    fill(page, user=name, password=FIRST)
    page.wait_for_url("**/account")
    assert "请先改口令" in page.inner_text("main")
    assert serious(visit) == []
    fill(page, now=FIRST, new=OWN, again=OWN)
    page.wait_for_url("**/signin?changed")
    page.goto(address + "/extension")
    fill(page, user=name, password=OWN)
    page.wait_for_url("**/extension")
    visit.settle()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.is_visible(".account")

    page.evaluate("document.querySelector('.nav a[href=\"/sql\"]').click()")
    visit.until("document.querySelector('.page__title').textContent === '没有权限'")

    visit.rest()  # no question of this page may meet the end of the session before the reader moves on
    accounts.close_all(name)
    page.evaluate("document.querySelector('.nav a[href=\"/towns\"]').click()")
    page.wait_for_url("**/signin?next=%2Ftowns")
    fill(page, user=name, password=OWN)
    page.wait_for_url("**/towns")
    visit.until("document.querySelector('.card .main-svg')")
