"""批次对比简报: what at least two places of a cohort published, one figure each; what stands in no figure is named."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from dashboard.paper.briefs import EmptyBriefError
from dashboard.paper.briefs.cohort import MOST, cohort_brief
from dashboard.paper.composition import compose
from dashboard.warehouse.places import members
from dashboard.web.app import create_app


def test_the_first_batch_stands_side_by_side(shipped):
    brief = cohort_brief(shipped, "山西第一批试点")
    assert brief.title == "山西第一批试点对比简报"
    titles = [item.text for item in brief.items if item.kind == "h1"]
    assert titles[:2] == ["党政机构数", "财政供养比"]
    assert not {"试点批次", "七普常住人口"} & set(titles)
    assert len(titles) == len([item for item in brief.items if item.kind == "fig"]) <= MOST
    composed = compose(shipped, brief)
    said = " ".join(str(block) for block in composed.blocks)
    assert "河曲" in said
    assert "浮山" in said


@pytest.mark.parametrize("name", ["驻马店经济发达镇", "普通县区（2019年机构改革）", "乡镇样本", "桐庐乡镇（街道）"])
def test_every_cohort_that_can_be_compared_composes(shipped, name):
    assert compose(shipped, cohort_brief(shipped, name)).figures


def test_what_has_no_room_is_named(shipped):
    brief = cohort_brief(shipped, "乡镇样本")
    assert len([item for item in brief.items if item.kind == "fig"]) == MOST
    [told] = [item.text for item in brief.items if item.kind == "p" and "限于篇幅" in item.text]
    assert told.startswith("两地以上公布、限于篇幅没有列入的：财政供养比")


def test_what_cannot_be_compared_is_refused_in_words(shipped):
    with pytest.raises(EmptyBriefError, match="现有：山西第一批试点、"):
        cohort_brief(shipped, "山西第九批试点")
    for alone in ("青海试点", "安徽试点"):
        with pytest.raises(EmptyBriefError, match="没有两地都公布的数"):
            cohort_brief(shipped, alone)


class Unnamed:
    """The shipped tables, in which one cohort holds a county and the unnamed place that is this county."""

    def __init__(self, db, cohort, county, twin):
        self._db, self._cohort, self._pair = db, cohort, (county, twin)

    def __getattr__(self, name):
        return getattr(self._db, name)

    def table(self, name, **keys):
        if name != "core.ref_area" or "cohort" in keys:
            return self._db.table(name, **keys)
        alone = pl.when(pl.col("ref_area").is_in(self._pair)).then(pl.lit(self._cohort))
        others = pl.when(pl.col("cohort") != self._cohort).then("cohort")
        return self._db.table(name, **keys).with_columns(pl.coalesce(alone, others).alias("cohort"))


def test_a_county_and_the_same_county_unnamed_are_no_comparison(shipped):
    both: Any = Unnamed(shipped, "青海试点", "433126", "anon-central-smallest")
    assert set(members(both, (), ("青海试点",))) == {"433126", "anon-central-smallest"}
    with pytest.raises(EmptyBriefError, match="没有两地都公布的数"):
        cohort_brief(both, "青海试点")


def test_a_button_fetches_it(shipped_file):
    client = create_app(shipped_file).server.test_client()
    assert client.get("/download/brief/cohort/山西第一批试点.json").json["title"] == "山西第一批试点对比简报"
    assert client.get("/download/brief/cohort/nowhere.json").status_code == 404
