"""What stays on one line, what is said once: sentences, table cells, the source of a fact."""

from __future__ import annotations

import pytest

from dashboard.cards.fact import fact_block
from dashboard.cards.markup import markup
from dashboard.cards.sentence import sentence
from dashboard.language.sentence import Finding, Number, Text
from dashboard.warehouse.catalog import FactSheet


def test_short_numbers_stay_on_one_line_and_long_ones_may_wrap():
    said = markup(sentence(Finding((Number("35～37个", ("F1",)), Text("；"), Number("在职48人、退休15人、聘用5人", ("F2",))))))
    short, long = said.split("；")
    assert "receipt--short" in short
    assert "receipt--short" not in long


def test_a_count_of_cases_is_not_torn_apart():
    said = markup(sentence(Finding((Text("占53.1%（n＝32）；行政"),))))
    assert said == '占53.1%<span class="nowrap">（n＝32）</span>；行政'


@pytest.mark.parametrize(
    ("locator", "cited"),
    [
        ("中国新闻周刊 2022-09-26（未附可用链接）", "，中国新闻周刊，2022-09-26，未附可用链接"),
        ("中国新闻周刊·第2页（未附可用链接）", "，中国新闻周刊，2022-09-26，第2页（未附可用链接）"),
        ("一（一）", "，中国新闻周刊，2022-09-26，一（一）"),
        (None, "，中国新闻周刊，2022-09-26"),
    ],
)
def test_a_source_names_publisher_and_date_once(locator, cited):
    fact = {
        "fact_id": "F0123456789", "area_name": "河曲县", "ref_area": "140930", "indicator_zh": "党政机构数", "phase": "after", "obs_value": 22.0,
        "unit_measure": "个", "source_title": "小县大改革", "grade": "B", "publisher": "中国新闻周刊", "published": "2022-09-26", "locator": locator,
    }  # fmt: skip
    names = {"phase": {"after": "改革后"}, "precision": {}, "grade": {"B": "报刊、论文"}, "dimension": {}}
    block = fact_block(FactSheet(fact=fact, claims=(), names=names))
    source = next(part for part in block._traverse() if getattr(part, "className", "") == "fact__source")
    assert f"《小县大改革》{cited} " in markup(source)
