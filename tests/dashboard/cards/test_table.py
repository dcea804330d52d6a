"""The 表格 tab: cells that open facts of their own, and what nobody published in grey."""

import polars as pl

from dashboard.cards.chart import Column
from dashboard.cards.markup import markup
from dashboard.cards.table import MOST_ROWS, rows_table

COLUMNS = (
    Column("area_name", "地区", "place"),
    Column("bodies", "机构", fact_ids="bodies_fact_ids"),
    Column("source", "来源", url="url"),
)


def row(**more):
    return {
        "ref_area": "1", "area_name": "甲县", "bodies": "36→22个", "bodies_fact_ids": "F1,F2", "fact_ids": "F1,F2,F3", "source": "某报",
        "url": "https://example.org/a", "source_ids": "s1",
    } | more  # fmt: skip


def written(columns, *rows):
    return markup(rows_table(pl.DataFrame(list(rows)), columns, "题"))


def test_a_cell_opens_its_own_facts_and_no_column_opens_those_of_the_row():
    made = written(COLUMNS, row())
    assert 'data-facts="F1,F2"' in made
    assert 'aria-label="甲县机构36→22个：查看出处"' in made
    assert "F3" not in made
    assert '<td class="table__cell" data-label="机构">' in made


def test_without_such_cells_the_row_opens_its_facts():
    made = written(COLUMNS[:1], row())
    assert 'data-facts="F1,F2,F3"' in made
    assert "data-label" not in made


MANY = tuple(Column(f"c{number}", f"列{number}") for number in range(6))


def test_a_row_of_many_cells_can_become_a_paragraph_of_labelled_cells():
    values = {column.name: "值" for column in MANY} | {"c5": None}
    made = written(MANY, values)
    assert 'class="table table--folding"' in made
    assert 'data-label="列1">值</td>' in made
    assert 'table__cell--nothing nowrap" data-label="列5">—</td>' in made
    assert "table--folding" not in written(MANY[:5], values)


def test_a_table_that_is_not_to_fold_does_not():
    made = markup(rows_table(pl.DataFrame([{column.name: "值" for column in MANY}]), MANY, "题", folds=False))
    assert "table--folding" not in made
    assert "data-label" not in made


def test_what_was_not_published_is_grey_and_no_link():
    made = written(COLUMNS, row(bodies="未公布", bodies_fact_ids=""))
    assert '<td class="table__cell table__cell--missing nowrap" data-label="机构">未公布</td>' in made


def test_only_an_address_of_the_web_is_a_link():
    assert 'href="https://example.org/a"' in written(COLUMNS, row())
    assert "javascript:" not in written(COLUMNS, row(url="javascript:alert(1)"))
    assert ">某报</td>" in written(COLUMNS, row(url=""))


def test_a_table_of_a_whole_country_lists_what_a_browser_can_bear_and_says_how_many_there_are():
    many = [row(area_name=f"{number}号县") for number in range(MOST_ROWS + 1)]
    made = written(COLUMNS, *many)
    assert made.count("<tr") == MOST_ROWS + 2  # head and foot
    assert f"共{MOST_ROWS + 1}行，这里列出前{MOST_ROWS}行" in made
    assert "这里列出" not in written(COLUMNS, *many[:-1])
