"""地区档案 on the shipped facts: bands, figures and gaps of places that we know, and nothing that breaks for any of them."""

import pytest

from dashboard.cards.selection import Selection
from dashboard.themes.area import rows as queries
from dashboard.themes.area import sentences as findings
from dashboard.themes.area.charts import CHARTS, worded_conflicts, worded_facts
from dashboard.themes.ratio.charts import with_words
from dashboard.warehouse.codes import codes


def place_of(shipped, ref_area):
    """A place that exists."""
    found = queries.place(shipped, ref_area)
    assert found is not None
    return found


def tiles(shipped, ref_area):
    facts, staffing = queries.facts_of(shipped, ref_area), queries.staffing_of(shipped, ref_area)
    found = findings.tiles(facts, queries.changes_of(shipped, ref_area), staffing, queries.ratios_of(shipped, ref_area))
    return {tile.name: (tile.figure.plain(), tile.detail) for tile in found}


def gaps(shipped, ref_area):
    place, facts = place_of(shipped, ref_area), queries.facts_of(shipped, ref_area)
    missing = queries.missing_of(place["level"], facts)
    return {gap.name: gap.says for gap in findings.gaps(place, missing, queries.half_known(shipped, ref_area))}


def test_hequ_in_four_figures(shipped):
    found = tiles(shipped, "140930")
    assert found["人口（普查常住）"] == ("12.35万人", "2020年11月1日")
    assert found["党政机构，改革前→改革后"][0] == "36→22 个"
    # 40:1 is in doubt: it is told beside the figure and is none itself.
    told = "人口、人员口径均未注明；改革后40:1疑为消化超编后的目标值，未证实"
    assert found["财政供养比，改革前"] == ("32:1", told)


def test_a_thing_in_two_scopes_counts_once_and_what_is_to_be_checked_says_so(shipped):
    changes = queries.changes_of(shipped, "140930")
    said = findings.changed(changes).plain()
    assert said.startswith("4项（领导职数分口径各列一条）改革前后都减少")
    assert "领导职数（党政群机关科级领导职数，待核）" in said
    [chart] = [chart for chart in CHARTS if chart.id == "area-changes"]
    assert any(note.startswith("待核：领导职数（党政群机关科级领导职数）：") for note in chart.note(changes))


def test_ratios_over_other_people_say_over_whom(shipped):
    said = findings.ratio(with_words(queries.ratios_of(shipped, "141027"), codes(shipped))).plain()
    assert "约22:1（人口疑户籍，推算，两个来源相除，推断为户籍口径，页面未写明）" in said
    assert "约17:1（人口常住）" in said


def test_claims_of_other_scopes_stand_side_by_side(shipped):
    hequ = queries.conflicts_of(shipped, "140930")
    posts = hequ.filter(indicator="leadership_posts")
    assert set(worded_conflicts(posts, codes(shipped))["standing_zh"]) == {"并列"}
    assert findings.claims_kept(posts) == "几种说法都保留：口径或时点不同的并列，不互相替代。"
    people = worded_conflicts(hequ.filter(indicator="population_total"), codes(shipped))
    assert dict(people.select("as_stated", "standing_zh").rows()) == {"12.4万": "并列", "14.7万": "并列", "不足13万": "备考"}
    lushan = queries.conflicts_of(shipped, "410423")
    assert set(worded_conflicts(lushan, codes(shipped))["standing_zh"]) == {"采用", "备考"}
    assert findings.claims_kept(lushan) == "几种说法都保留。同一口径、同一时点的采用一种，规则：来源等级：取等级较高者。"


def test_what_a_county_says_of_its_permits_is_no_matter_of_townships(shipped):
    assert "乡镇" not in queries.facts_of(shipped, "140930")["theme"].to_list()


def test_a_township_s_ratio_is_not_called_that_of_a_county(shipped):
    found = tiles(shipped, "410423-zhangdian")
    assert "财政供养比" not in found
    assert found["每名本级在职人员对应人口"] == ("约609:1", "人口未注明，人员仅乡镇本级在职，2019年，推算")
    assert found["实有 / 编制"] == ("64 / 73", "空编9名，2019年")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (123505, 123505, "10万～20万人"), (98833, 98833, "5万～10万人"), (90000, 100000, "5万～10万人"), (14479, 14479, "不足5万人"),
        (2_000_000, 2_000_000, "100万人以上"), (95_000, 105_000, ""), (None, 100_000, ""), (80_000, None, ""), (100_000, 100_000, "10万～20万人"),
    ],
)  # fmt: skip
def test_a_band_is_named_only_when_the_whole_interval_lies_in_it(low, high, said):
    assert findings.band({"value_low": low, "value_high": high}) == said


def test_gaps_are_named_and_never_filled(shipped):
    assert gaps(shipped, "411729-huanglou")["地区生产总值"] == "六个镇的地区生产总值都没有见到，应向县统计部门取数。"
    assert "改革后的财政供养人员数" in gaps(shipped, "140930")["财政供养人员"]
    assert gaps(shipped, "140721")["党政机构数"] == "改革前、改革后的数字都没有见到。"
    lushan = gaps(shipped, "410423")
    assert {"编制总数", "实有人数", "地区生产总值"} <= set(lushan)
    assert "人口" not in lushan


def test_the_way_up_the_way_down_and_the_cohort(shipped):
    place = place_of(shipped, "140930")
    assert [parent["name_zh"] for parent in place["chain"]] == ["全国", "山西省", "忻州市"]
    assert queries.children_of(shipped, "410423")["label"].to_list() == ["张店乡（鲁山县）"]
    assert queries.peers_of(shipped, "140930", place["cohort"])["name_zh"].to_list() == ["浮山县"]
    assert queries.peers_of(shipped, "410423", None).is_empty()
    assert queries.place(shipped, "nowhere") is None


def test_facts_that_a_better_claim_replaced_are_kept_and_marked(shipped):
    rows = worded_facts(queries.facts_of(shipped, "410423"), codes(shipped))
    assert rows.height == place_of(shipped, "410423")["facts"]
    assert [what for what in rows["what"].to_list() if "［未采用］" in what] == ["普查常住人口［未采用］"]
    first = [name for name in queries.THEMES if name in rows["theme"].to_list()]
    assert list(dict.fromkeys(rows["theme"].to_list())) == first


@pytest.mark.slow
def test_no_place_breaks_its_own_page(shipped):
    for row in queries.every_place(shipped).to_dicts():
        chosen = Selection(places=(row["ref_area"],))
        for chart in CHARTS:
            rows = chart.rows(shipped, chosen)
            if rows.height:
                assert chart.draw is None or chart.draw(rows)["layout"]["height"] > 20
                assert chart.finding(rows).plain().endswith("。")
                assert all(note.endswith("。") for note in chart.note(rows))
