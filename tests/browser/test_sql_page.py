"""What an analyst does on the page 分析: type, complete, run, chart, download, cancel, copy the address, come back."""

from __future__ import annotations

import io
import json
from urllib.parse import parse_qs, urlsplit

import openpyxl
import polars as pl
import pytest

from dashboard.settings import ROOT, Settings
from dashboard.web.app import create_app
from tests.browser.conftest import REDRAWN, served, visitor

pytestmark = pytest.mark.browser

SHIPPED = ROOT / "warehouse.duckdb"
ROWS = "document.querySelectorAll('.sql__grid .ag-center-cols-container .ag-row').length > 0"
READY = "document.querySelectorAll('#sql-saved .sql__item').length > 0 && document.querySelectorAll('#sql-schema .sql__table').length > 0"
SHOWN = "!document.querySelector('#sql-results').hidden && !document.querySelector('#sql-run').disabled"
EDITOR = ".cm-content"


@pytest.fixture(scope="module")
def desk(warehouse):
    """A server with patience: what is tested is the page, not the machine."""
    path = SHIPPED if SHIPPED.is_file() else warehouse
    with served(create_app(settings=Settings(warehouse=path, sql_seconds=30))) as found:
        yield found


@pytest.fixture(scope="module")
def seat(browser, desk):
    with visitor(browser) as start:
        yield start(desk)


@pytest.fixture
def sitting(seat):
    yield seat
    seat.forget()


def open_page(sitting, path="/sql"):
    page = sitting.open(path)
    sitting.until(READY, 30)
    return page


def write(page, sql):
    page.locator(EDITOR).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(sql)


def run(sitting, sql):
    write(sitting.page, sql)
    sitting.page.keyboard.press("Control+Enter")
    sitting.until(SHOWN, 40)


def fragment(page):
    return parse_qs(urlsplit(page.url).fragment)


def test_type_complete_run(sitting):
    page = open_page(sitting)
    write(page, "select source_id, obs_value from mart.fac")
    page.keyboard.press("Control+Space")
    page.locator(".cm-tooltip-autocomplete li", has_text="fact").first.wait_for()
    assert "事实总表" in page.locator(".cm-tooltip-autocomplete").inner_text()
    page.wait_for_timeout(200)  # the editor takes no Enter in the first moment, so that nobody completes by accident
    page.keyboard.press("Enter")
    page.keyboard.insert_text(" order by fact_id limit 7")
    page.keyboard.press("Control+Enter")
    sitting.until(SHOWN, 40)
    sitting.until(ROWS)
    assert "共 7 行，全部列出" in page.locator("#sql-banner").inner_text()
    assert "资料来源（" in page.locator("#sql-sources").inner_text()
    assert sitting.complaints == []
    assert sitting.foreign == []


def test_the_cap_is_stated(sitting):
    page = open_page(sitting)
    run(sitting, "select range as n from range(1000000)")
    assert "只取了前 10000 行（已达上限）" in page.locator("#sql-banner").inner_text()


@pytest.mark.parametrize(("columns", "printed", "wide"), [(5, 5, False), (12, 12, True), (40, 16, True)])
def test_paper_has_as_many_columns_as_it_holds_and_says_what_it_leaves_out(sitting, columns, printed, wide):
    page = open_page(sitting)
    run(sitting, "select " + ", ".join(f"'值{number}' as c{number}" for number in range(columns)))
    paper = page.locator(".sql__paper")
    assert paper.locator("thead th").count() == printed
    assert paper.locator("tbody td").count() == printed
    assert ("sql__paper--wide" in paper.get_attribute("class")) is wide
    cut = f"只印前 {printed} 列（共 {columns} 列），全部请下载 Excel。"
    assert paper.locator("caption").all_text_contents() == ([cut] if columns > printed else [])
    window = page.viewport_size
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1024 if wide else 695, "height": 1038})
    fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="null")  # the others sit at the same page
    page.set_viewport_size(window)
    assert fits


def test_a_saved_query_becomes_a_form_and_its_value_counts(sitting):
    page = open_page(sitting)
    page.locator("#sql-saved summary", has_text="农技推广").click()
    page.locator("#sql-saved .sql__item", has_text="鲁山县农技推广").click()
    sitting.until(SHOWN, 40)
    assert page.get_by_label("县名").input_value() == "鲁山县"
    page.get_by_label("县名").fill("没有这个县")
    page.get_by_label("县名").press("Enter")
    sitting.until("document.querySelector('#sql-banner').innerText.includes('共 0 行')", 40)
    assert fragment(page) == {"q": ["extension_1_lushan"], "p.county": ["没有这个县"]}
    page.reload()
    sitting.until(READY, 30)
    assert page.get_by_label("县名").input_value() == "没有这个县"


def test_own_parameters_become_fields_of_text_or_number(sitting):
    page = open_page(sitting)
    write(page, "select $a as a, $b + 1 as b -- $c\n, '$d' as d")
    assert page.locator("#sql-params label").count() == 2
    page.locator("#sql-params input[name=a]").fill("甲")
    page.locator("#sql-params input[name=b]").fill("41")
    page.get_by_label("$b 的类型").select_option("数字")
    page.locator("#sql-run").click()
    sitting.until(ROWS, 40)
    assert page.locator(".sql__grid .ag-row [col-id=c1]").first.inner_text() == "42"


def test_a_query_in_the_address_is_opened_and_not_run_by_itself(sitting):
    page = open_page(sitting, "/sql#sql=select%20%24a%20as%20a&p.a=%E7%94%B2")
    assert page.locator(EDITOR).inner_text().strip() == "select $a as a"
    assert page.locator("#sql-params input").input_value() == "甲"
    assert page.locator("#sql-results").is_hidden()


def test_one_click_makes_a_chart_and_a_mark_opens_its_fact(sitting):
    page = open_page(sitting, "/sql#q=extension_1_lushan")
    sitting.until(SHOWN, 40)
    page.get_by_role("tab", name="成图").click()
    sitting.until("document.querySelectorAll('#graph-sql .point').length > 0", 40)
    assert page.get_by_label("数值").input_value()
    page.get_by_label("数值").select_option(label="实有")
    sitting.until("document.querySelector('#graph-sql').innerText.includes('183')", 40)
    sitting.rest(REDRAWN)
    hovered = "document.querySelector('#graph-sql .js-plotly-plot, #graph-sql.js-plotly-plot')._hoverdata"  # a click is on what is hovered
    for _ in range(
        20
    ):  # the mark is sought where it stands now: another drawing may still take the place of the one that was seen
        page.locator("#graph-sql .point path").first.scroll_into_view_if_needed()
        row = page.locator("#graph-sql .point path").first.bounding_box()  # each value alone in its scope: a row without an axis
        page.mouse.move(row["x"] + row["width"] / 2 - 8, row["y"] + row["height"] / 2)
        page.mouse.move(row["x"] + row["width"] / 2, row["y"] + row["height"] / 2)
        if sitting.holds(hovered, 0.5):
            break
    else:
        raise AssertionError(
            f"no mark is hovered at {row}, {page.evaluate('[scrollX, scrollY, document.documentElement.outerHTML.length]')}"
        )
    page.mouse.click(row["x"] + row["width"] / 2, row["y"] + row["height"] / 2)
    sitting.until("document.querySelector('#fact-drawer-body').innerText.includes('《河南农业')", 20)
    assert "fact=F" in page.url
    assert sitting.complaints == []


def test_scopes_are_kept_apart_in_the_chart(sitting):
    page = open_page(sitting, "/sql#q=small_01_bodies")
    sitting.until(SHOWN, 40)
    page.get_by_role("tab", name="成图").click()
    sitting.until("document.querySelector('#sql-picture-notes').innerText.includes('分栏')", 40)
    assert page.locator("#graph-sql .main-svg").first.is_visible()


@pytest.mark.parametrize("form", ["Excel", "CSV", "Parquet"])
def test_the_result_is_downloaded_with_its_sources(sitting, form):
    page = open_page(sitting, "/sql#q=extension_1_lushan")
    sitting.until(SHOWN, 40)
    with page.expect_download(timeout=40_000) as started:
        page.get_by_role("button", name=form, exact=True).click()
    data = started.value.path().read_bytes()
    if form == "Excel":
        book = openpyxl.load_workbook(io.BytesIO(data))
        words = str([[cell.value for cell in row] for row in book["说明与来源"].iter_rows()])
        assert "from mart.staffing" in words
        assert "《" in words
    elif form == "CSV":
        assert data.startswith(b"\xef\xbb\xbf")
    else:
        assert "来源编号" in pl.read_parquet(io.BytesIO(data)).columns


def test_a_long_query_is_cancelled_and_the_next_one_runs(sitting):
    page = open_page(sitting)
    write(page, "select count(*) from range(1000000) a, range(1000000) b")
    page.locator("#sql-run").click()
    sitting.until("document.querySelector('#sql-status').innerText.includes('正在运行')")
    page.wait_for_timeout(800)
    page.locator("#sql-cancel").click()
    sitting.until("document.querySelector('#sql-status').innerText.includes('已取消')", 20)
    run(sitting, "select 1 as a")
    assert "共 1 行" in page.locator("#sql-banner").inner_text()


def test_a_fault_is_shown_where_it_is_with_a_hint(sitting):
    page = open_page(sitting)
    write(page, "select area_name,\n  obs_valu\nfrom mart.fact")
    page.locator("#sql-run").click()
    sitting.until("document.querySelector('#sql-fault').innerText.includes('没有 obs_valu 这一列')", 40)
    said = page.locator("#sql-fault").inner_text()
    assert "第 2 行，第 3 个字符" in said
    assert "obs_value" in said
    assert page.locator(".sql-fault").inner_text() == "obs_valu"


TITLE = "#sql-results-title"


def test_rows_of_another_run_never_pass_for_the_answer(sitting):
    page = open_page(sitting)
    run(sitting, "select 1 as a")
    assert page.locator(TITLE).inner_text() == "结果"
    assert page.locator("#sql-former").is_hidden()
    page.locator("#sql-run").click()
    sitting.until(SHOWN, 40)
    assert page.locator(TITLE).inner_text() == "结果"
    run(sitting, "select nothing_like_it")
    assert page.locator("#sql-fault").inner_text()
    assert page.locator(TITLE).inner_text() == "上一次的结果"
    assert "上一次运行" in page.locator("#sql-former").inner_text()
    run(sitting, "select 2 as a")
    assert page.locator(TITLE).inner_text() == "结果"


def test_a_changed_statement_or_value_makes_the_rows_former_ones(sitting):
    page = open_page(sitting)
    write(page, "select $a as a")
    page.locator("#sql-params input[name=a]").fill("甲")
    page.locator("#sql-run").click()
    sitting.until(SHOWN, 40)
    page.locator("#sql-params input[name=a]").fill("乙")
    assert page.locator(TITLE).inner_text() == "上一次的结果"
    page.locator("#sql-params input[name=a]").fill("甲")
    assert page.locator(TITLE).inner_text() == "结果"
    write(page, "select $a as b")
    assert page.locator(TITLE).inner_text() == "上一次的结果"


def test_a_cancelled_query_leaves_rows_that_are_named_former(sitting):
    page = open_page(sitting)
    run(sitting, "select 1 as a")
    write(page, "select count(*) from range(1000000) a, range(1000000) b")
    page.locator("#sql-run").click()
    sitting.until("document.querySelector('#sql-status').innerText.includes('正在运行')")
    page.locator("#sql-cancel").click()
    sitting.until("document.querySelector('#sql-status').innerText.includes('已取消')", 20)
    sitting.until("document.querySelector('#sql-results-title').innerText === '上一次的结果'")


def test_what_a_query_returns_is_text_and_never_markup(sitting):
    page = open_page(sitting)
    run(sitting, "select '<img src=x onerror=alert(1)>' as \"<b>a</b>\", '<script>x</script>' as b")
    sitting.until(ROWS)
    assert page.locator(".sql__grid img").count() == 0
    assert "<img src=x" in page.locator(".sql__grid .ag-row").first.inner_text()
    assert page.locator(".sql__grid .ag-header").inner_text().count("<b>a</b>") == 1
    assert sitting.complaints == []


def test_a_column_of_names_sorts_by_pinyin_and_one_of_numbers_by_size(sitting):
    page = open_page(sitting)
    run(sitting, "select * from (values ('重庆', 10), ('安徽', 9), ('河曲', 100)) as found(name, n)")
    for column, shown in (("c0", ["安徽", "重庆", "河曲"]), ("c1", ["9", "10", "100"])):
        page.locator(f".sql__grid .ag-header-cell[col-id={column}] .ag-header-cell-label").click()
        sitting.until(f"document.querySelector('.sql__grid .ag-header-cell[col-id={column}]').ariaSort === 'ascending'")
        sitting.rest()
        cells = f".sql__grid .ag-center-cols-container .ag-row [col-id={column}]"
        told = page.locator(cells).evaluate_all(
            "cells => cells.map(cell => [Number(cell.closest('.ag-row').getAttribute('row-index')), cell.innerText])"
        )
        assert [text for _, text in sorted(told)] == shown


def test_history_stays_in_the_browser(sitting):
    page = open_page(sitting)
    run(sitting, "select 'unverwechselbar' as a")
    page.reload()
    sitting.until(READY, 30)
    page.locator("#sql-tab-history").click()
    page.locator("#sql-history .sql__item", has_text="unverwechselbar").click()
    assert "unverwechselbar" in page.locator(EDITOR).inner_text()
    kept = json.loads(page.evaluate("localStorage.getItem('sql-history')"))
    assert kept[0]["sql"] == "select 'unverwechselbar' as a"
    page.locator("#sql-tab-history").click()
    page.get_by_role("button", name="清空历史").click()
    assert page.evaluate("localStorage.getItem('sql-history')") is None


def test_the_tree_finds_tables_by_their_words_and_inserts_them(sitting):
    page = open_page(sitting)
    write(page, "select * from ")
    page.locator("#sql-tab-schema").click()
    page.get_by_label("查找表、列或说明").fill("赋权承接")
    page.locator("#sql-schema .sql__table:visible summary", has_text="mart.delegation").click()
    page.locator("#sql-schema .sql__table:visible .sql__item", has_text="插入表名").first.click()
    assert "from mart.delegation" in page.locator(EDITOR).inner_text()


def test_without_the_editor_a_plain_field_does_the_work(visit_of, desk):
    sitting = visit_of(desk)
    sitting.page.route("**/codemirror.lazy.js*", lambda route: route.abort())
    page = open_page(sitting)
    page.locator("#sql-text").fill("select 40 + $n as a")
    page.locator("#sql-params input").fill("2")
    page.get_by_label("$n 的类型").select_option("数字")
    page.locator("#sql-text").press("Control+Enter")
    sitting.until(ROWS, 40)
    assert page.locator(".sql__grid .ag-row [col-id=c0]").first.inner_text() == "42"


def test_no_other_page_carries_the_editor(sitting):
    sitting.open("/extension")
    assert [url for url in sitting.requests if ".lazy." in url] == []


# --- the editor ---


def enter(page):
    """To the page as readers come to it: by the menu."""
    page.locator("nav a", has_text="分析").first.click()


def offered(page, sql):
    """What the completion offers where `|` stands: names, and what is written beside them."""
    before, _, after = sql.partition("|")
    write(page, before + after)
    for _step in after:
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Space")
    page.locator(".cm-tooltip-autocomplete li").first.wait_for()
    return page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()


def complete(page, sql, name):
    """The statement after the offer of this name has been taken."""
    offered(page, sql)
    page.locator(".cm-tooltip-autocomplete li", has_text=name).first.click()
    return page.locator(EDITOR).inner_text().strip()


@pytest.fixture(scope="module")
def writing(seat):
    page = seat.open("/")
    enter(page)
    seat.until(READY, 30)
    yield page
    seat.forget()


@pytest.mark.parametrize(
    ("sql", "name", "written"),
    [
        ("select * from mart.staffing where auth|", "authorised", "select * from mart.staffing where authorised"),
        ("select area_n| from staffing", "area_name", "select area_name from staffing"),
        ("select * from mart.fact as 事实 where 事实.sco|", "scope", "select * from mart.fact as 事实 where 事实.scope"),
        ("select 事| from mart.fact as 事实", "事实", "select 事实 from mart.fact as 事实"),
        ("select * from zh.编制与实有 where 满|", "满编率", "select * from zh.编制与实有 where 满编率"),
        ("select 表.满| from zh.编制与实有 as 表", "满编率", "select 表.满编率 from zh.编制与实有 as 表"),
        ("select * from zh.编制|", "编制与实有", "select * from zh.编制与实有"),
        ("select * from mart.fact where area_name = '河|'", "河曲县", "select * from mart.fact where area_name = '河曲县'"),
        ("select * from mart.fact where area_name = 河|", "河曲县", "select * from mart.fact where area_name = '河曲县'"),
        ("select * from mart.fact as f where f.phase in ('after', 'be|')", "before", "select * from mart.fact as f where f.phase in ('after', 'before')"),
        ("select * from fact where scope = '党政机构|'", "党政机构（实设）", "select * from fact where scope = '党政机构（实设）'"),
        ("select * from zh.编制与实有 where 地区 = '鲁山|'", "鲁山县", "select * from zh.编制与实有 where 地区 = '鲁山县'"),
        ("describe mart.staf|", "staffing", "describe mart.staffing"),
    ],
)  # fmt: skip
def test_the_completion_knows_tables_columns_and_values(writing, sql, name, written):
    assert complete(writing, sql, name) == written


def test_a_code_is_offered_with_its_name(writing):
    offered(writing, "select * from mart.fact where phase = '|'")
    assert "改革前" in writing.locator(".cm-tooltip-autocomplete").inner_text()


def test_in_a_text_that_is_compared_with_nothing_and_in_a_comment_nothing_is_offered(writing):
    for sql in ("select 'area_n", "select 1 -- area_n"):
        write(writing, sql)
        writing.keyboard.press("Control+Space")
        writing.wait_for_timeout(300)
        assert writing.locator(".cm-tooltip-autocomplete li").count() == 0


@pytest.mark.parametrize(
    ("sql", "mended"),
    [
        ("select count(*） as n from mart.fact", "select count(*) as n from mart.fact"),
        ("select 1 as a， 2 as b", "select 1 as a, 2 as b"),
        ("select 1 as a where ‘河曲县’ ＝ '河曲县'", "select 1 as a where '河曲县' = '河曲县'"),
        ("select area_name from mart.fact where area_name = “河曲县” limit 1", "select area_name from mart.fact where area_name = '河曲县' limit 1"),
        ("select “area_name” from mart.fact limit 1；", 'select "area_name" from mart.fact limit 1;'),
        ("select '，（“甲”）' as a, 1，2", "select '，（“甲”）' as a, 1,2"),
    ],
)  # fmt: skip
def test_full_width_signs_are_mended_with_one_click(sitting, sql, mended):
    page = sitting.open("/")
    enter(page)
    sitting.until(READY, 30)
    write(page, sql)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="换成半角再运行").click(timeout=40_000)
    sitting.until(
        "document.querySelector('#sql-banner').innerText.includes('行') && !document.querySelector('#sql-run').disabled", 40
    )
    assert page.locator(EDITOR).inner_text().strip() == mended
    sitting.until(
        "document.querySelector('#sql-fault').innerText === '' && document.querySelector('#sql-notes').innerText === ''", 40
    )


def test_a_value_without_quotes_is_told_so_and_tables_are_shown(sitting):
    page = open_page(sitting)
    write(page, "select * from mart.fact where area_name=河曲县")
    page.keyboard.press("Control+Enter")
    sitting.until("document.querySelector('#sql-fault').innerText.includes(\"'河曲县'\")", 40)
    run(sitting, "show tables")
    sitting.until(ROWS)
    assert "fact" in page.locator(".sql__grid").inner_text()
    run(sitting, "describe staffing")
    sitting.until("document.querySelector('.sql__grid').innerText.includes('authorised')", 20)
