"""图题 and units: what a chart says of itself, and what an office puts over it."""

import pytest

from dashboard.charts import CHARTS
from dashboard.paper.document import DocumentSettingsError
from dashboard.paper.titles import read_titles, titled


def titles_of(tmp_path, text):
    path = tmp_path / "titles.toml"
    path.write_text(text, encoding="utf-8")
    return read_titles(path)


def test_what_the_file_says_of_a_chart_stands_over_the_charts_own_words(tmp_path):
    chart = CHARTS["extension-lushan"]
    titles = titles_of(
        tmp_path, '[extension-lushan]\ntitle = "我县农技推广"\nunit = ""\n[overview-extension]\nsame_as = "extension-lushan"\n'
    )
    ours = titled(chart, titles)
    assert (ours.title, ours.unit, ours.computed) == ("我县农技推广", "", chart.computed)
    assert titled(CHARTS["overview-extension"], titles) == ours
    assert titled(CHARTS["towns-held"], titles).title == CHARTS["towns-held"].title


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[extension-lushen]\ntitle = "题"', "没有名为“extension-lushen”的图表"),
        ('[towns-held]\nsame_as = "towns-hold"', "没有名为“towns-hold”的图表"),
        ('[towns-held]\ntitel = "题"', r"towns-held\.titel（没有这一项设置）"),
        ("[towns-held]\ntitle = 3", r"towns-held\.title"),
        ("[towns-held", "无法读取"),
    ],
)
def test_a_faulty_file_is_refused_with_chart_and_key(tmp_path, text, message):
    with pytest.raises(DocumentSettingsError, match=message):
        titles_of(tmp_path, text)


def test_the_file_of_this_installation_can_be_read():
    assert read_titles()
