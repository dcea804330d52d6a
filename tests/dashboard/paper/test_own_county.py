"""我县对标简报: of what a reader typed, or of what is published of a county; the answer first, then tables with sources."""

from __future__ import annotations

import pytest

from dashboard.cards.own import OWN_SOURCE
from dashboard.paper.briefs.own_county import TYPED, EmptyBriefError, county_brief, own_brief
from dashboard.paper.composition import compose
from tests.dashboard.themes.mine.given import FULL, PART, PLANS, SILLY, chosen


def test_a_covered_county_has_a_brief_of_facts_alone(shipped):
    brief = county_brief(shipped, "140930")
    assert brief.title == "河曲县对标简报"
    assert brief == county_brief(shipped, "河曲县")
    texts = [item.text for item in brief.items if item.kind == "p"]
    assert texts[0].startswith("河曲县：党政机构22个")
    assert TYPED not in texts
    composed = compose(shipped, brief)
    assert len(composed.figures) == 1
    said = " ".join(citation.text for block in composed.blocks if hasattr(block, "caption") for citation in block.caption.sources)
    assert OWN_SOURCE not in said
    assert "河曲" in said


@pytest.mark.parametrize("sets", [[FULL], [PART], PLANS], ids=["full", "part", "plans"])
def test_a_reader_takes_a_brief_of_whatever_was_typed(shipped, sets):
    brief = own_brief(shipped, chosen(*sets))
    assert all(item.own for item in brief.items if item.chart_id)
    composed = compose(shipped, brief)
    assert [block for block in composed.blocks if hasattr(block, "caption") and OWN_SOURCE in str(block.caption.sources)]
    assert TYPED in [item.text for item in brief.items]


def test_nothing_is_written_about_nothing(shipped):
    with pytest.raises(EmptyBriefError, match="还没有填"):
        own_brief(shipped, chosen(SILLY))
    for place, why in (("山西省", "不是收录的县级地方"), ("兰考", "没有可以对标的公布数"), ("鼓楼区", "县级的代码")):
        with pytest.raises(EmptyBriefError, match=why):
            county_brief(shipped, place)
