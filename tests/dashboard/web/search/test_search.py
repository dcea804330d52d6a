"""One search: an answer with its receipt comes before the place, the place before what is only named like it; nothing is guessed."""

from __future__ import annotations

import pytest

from dashboard.pages import PAGES
from dashboard.web.app import create_app
from dashboard.web.search.found import MOST, found


def hits(shipped, text: str) -> list[tuple[str, str, str]]:
    return [(hit.kind, hit.title, hit.href) for hit in found(shipped, PAGES, text)]


@pytest.mark.parametrize("text", ["河曲 编制", "河曲编制", "hequ bianzhi", "河曲县 事业编制数", "　河曲　编制 "])
def test_a_place_and_what_is_asked_of_it_give_the_figure_and_its_receipt(shipped, text):
    told = found(shipped, PAGES, text)
    assert [hit.title for hit in told if hit.kind == "数字"] == [
        "河曲县事业编制数（改革前）：1964名",
        "河曲县事业编制数（改革后）：659名",
    ]
    assert told[0].href.startswith("/area/140930?fact=F")
    assert "涉改事业" in told[0].about
    assert [hit.title for hit in told if hit.kind == "地区"] == ["河曲县"]


def test_a_doubtful_figure_says_so(shipped):
    told = [hit.title for hit in found(shipped, PAGES, "河曲 供养比") if hit.kind == "数字"]
    assert any("32" in title and "存疑" not in title for title in told)
    assert any("40" in title and "（存疑）" in title for title in told)


@pytest.mark.parametrize("text", ["兰考", "兰考县", "lankao", "蘭考縣", "410225", "４１０２２５", "河南省兰考县"])
def test_a_place_without_figures_is_found_and_says_so(shipped, text):
    [place] = [hit for hit in found(shipped, PAGES, text) if hit.kind == "地区"]
    assert (place.title, place.href) == ("兰考县", "/area/410225")
    assert "未收录" in place.about


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("供养比", ("页面", "财政供养比", "/ratio")),
        ("gyb", ("页面", "财政供养比", "/ratio")),
        ("简报", ("页面", "简报", "/brief")),
        ("六个镇把放", ("图表", "六个镇把放下来的权接住了多少？", "/towns#card-towns-take-up")),
        ("党政机构数", ("指标", "党政机构数", "/compare?i=party_gov_bodies")),
    ],
)
def test_pages_cards_and_indicators_are_found_by_their_names(shipped, text, first):
    assert hits(shipped, text)[0] == first


@pytest.mark.parametrize("text", ["满编率", "manbianlv", "mbl"])
def test_a_term_is_found_after_the_indicators_and_says_what_it_means(shipped, text):
    told = found(shipped, PAGES, text)
    [term] = [hit for hit in told if hit.kind == "术语"]
    assert (term.title, term.href) == ("满编率", "/data?t=terms")
    assert "除以" in term.about
    kinds = list(dict.fromkeys(hit.kind for hit in told))
    assert "指标" not in kinds or kinds.index("术语") == kinds.index("指标") + 1


def test_a_term_is_found_by_its_other_spelling(shipped):
    assert ("术语", "七普", "/data?t=terms") in hits(shipped, "第七次全国人口普查")


def test_words_for_other_things_name_no_place_that_only_sounds_alike(shipped):
    for text in ("编制", "供养比", "机构", "南方周末"):
        assert [hit for hit in hits(shipped, text) if hit[0] == "地区"] == []
    assert [hit[0] for hit in hits(shipped, "南方周末")] == ["来源"] * MOST["来源"]


def test_a_slip_of_the_pen_still_leads_somewhere(shipped):
    assert ("地区", "河曲县", "/area/140930") in hits(shipped, "河屈县")


@pytest.mark.parametrize("text", ["", "   ", "%%%", "<script>", "'; drop table", "zzzzzz", "河" * 500])
def test_junk_finds_nothing_and_breaks_nothing(shipped, text):
    assert len(found(shipped, PAGES, text)) <= sum(MOST.values())


def test_the_route_answers_with_the_same(shipped_file):
    client = create_app(shipped_file).server.test_client()
    answer = client.get("/search.json", query_string={"q": "兰考"}).json
    assert [hit["title"] for hit in answer["hits"]] == ["兰考县"]
    assert client.get("/search.json").json == {"hits": []}
