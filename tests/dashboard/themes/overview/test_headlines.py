"""What stands large at the top of 总览 can be relied on: a value in doubt is told in the sentence below it."""

import polars as pl
import pytest

from dashboard.charts import HEADLINES
from dashboard.language.sentence import NOTHING_PUBLISHED

BY_ID = {headline.id: headline for headline in HEADLINES}


@pytest.mark.parametrize("headline", HEADLINES, ids=lambda headline: headline.id)
def test_no_figure_rests_on_a_fact_that_is_in_doubt(shipped, headline):
    figure = headline.figure(headline.rows(shipped))
    assert figure is not NOTHING_PUBLISHED
    facts = shipped.table("mart.fact").filter(pl.col("fact_id").is_in(list(figure.fact_ids()))).collect()
    assert facts.height
    assert facts.filter(pl.col("doubt").is_not_null() | pl.col("to_check").is_not_null()).is_empty()


def test_the_doubtful_end_of_a_ratio_is_left_to_the_sentence(shipped):
    headline = BY_ID["ratio"]
    rows = headline.rows(shipped)
    assert headline.figure(rows).plain() == "改革前 32:1"
    assert headline.finding(rows).plain() == (
        "河曲县由2020年32:1提高到2022年40:1（人均负担减轻，疑为消化超编后的目标值，未证实），原文未注明口径；"
        "全国2020年约20.6:1（含离退休与编外，论文估算）不与县级并列。"
    )
    settled = rows.with_columns(doubt=pl.lit(None, pl.String))
    assert headline.figure(settled).plain() == "32:1→40:1"
    two_scopes = settled.with_columns(axis_key=pl.concat_str("axis_key", "phase"))
    assert headline.figure(two_scopes).plain() == "改革前 32:1"


def test_a_tile_says_whose_figure_it_is_and_in_which_scope_from_its_rows(shipped):
    told = {headline.id: headline.subject(headline.rows(shipped)) for headline in HEADLINES}
    assert told["ratio"] == "河曲县 · 财政供养比（人口未注明、人员未注明）"
    assert told["take-up"] == "驻马店市6镇合并 · 赋权事项承接率"
    assert told["bodies"] == "河曲县 · 党政机构（实设）"
    assert all(told.values())


def test_the_scope_above_a_ratio_is_that_of_the_figure_whatever_row_comes_first(shipped):
    headline = BY_ID["ratio"]
    rows = headline.rows(shipped)
    other = rows.head(1).with_columns(population_basis=pl.lit("户籍"), axis_key=pl.lit("another"), obs_value=pl.lit(36.0))
    both = pl.concat([other, rows])
    assert headline.subject(both) == headline.subject(rows)
    assert headline.figure(both).plain() == headline.figure(rows).plain()
