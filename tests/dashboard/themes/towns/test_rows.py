"""Rows of 经济发达镇, worked out by hand on frames small enough to see."""

from dashboard.themes.towns import rows as towns
from tests.dashboard.themes.frames import Frames, change, fact


def test_townships_with_the_same_numbers_become_one_row_with_all_facts():
    rows = [
        change(area, before, after, indicator="delegated_items_held", catalogue="桐庐")
        for area, before, after in (("b", 447.0, 213.0), ("a", 447.0, 213.0), ("c", 736.0, 213.0))
    ]
    noted = fact(
        "c1", "c", "delegated_items_held", 736.0, phase="before", catalogue="桐庐", note="下放与委托合计", timing="时点未写"
    )
    found = towns.held(Frames(mart__institution_change=rows, mart__fact=[noted]))
    assert found["area_name"].to_list() == ["c", "2个乡镇（街道）"]
    assert found.select("names", "counted").rows() == [("c", "c"), ("a、b", "a、b")]
    assert found["fact_ids"].to_list() == ["c1,c2", "a1,a2,b1,b2"]
    assert found.select("places", "remark_before").rows() == [(1, "下放与委托合计；时点未写"), (2, None)]


def test_two_lists_are_never_one_row_though_their_numbers_are_equal():
    rows = [change(area, 87.0, 47.0, indicator="delegated_items_held", catalogue=area) for area in ("甲", "乙")]
    found = towns.held(Frames(mart__institution_change=rows, mart__fact=[fact("x", "x", "other", 1.0)]))
    assert found["places"].to_list() == [1, 1]
    assert found["axis"].n_unique() == 2


def delegated(area, catalogue, items, accepted, **more):
    row = {
        "ref_area": area, "area_name": area, "counted_as": area, "catalogue": catalogue, "catalogue_items": items, "accepted": accepted,
        "take_up": accepted / items * 100 if items else None, "axis_key": f"take_up|{catalogue}", "whole_key": area, "may_rank": True,
        "withheld_zh": None, "anonymous": False, "illustrative": False, "scope": "原文口径", "time_period": "2021", "fact_ids": "F",
        "source_ids": "s1",
    }  # fmt: skip
    return row | more


def test_take_up_puts_towns_first_and_needs_a_catalogue():
    rows = [
        delegated("a", "目录", 185.0, 141.0),
        delegated("b", "目录", 185.0, 185.0),
        delegated("c", "别的", None, 312.0),
        delegated("考", "目录", 185.0, 1.0, illustrative=True),
    ]
    merged = [delegated("all", "目录", 370.0, 326.0, grouping="merged", towns=2)]
    revoked = [fact("R", "a", "delegated_items_revoked", 9.0, catalogue="目录"), fact("S", "z", "delegated_items_revoked", 7.0)]
    tables = {"mart__delegation": rows, "mart__delegation_merged": merged}
    found = towns.take_up(Frames(mart__fact=revoked, **tables))
    assert found.select("ref_area", "revoked", "towns").rows() == [("b", 9.0, 1), ("a", 9.0, 1), ("all", 9.0, 2)]
    assert towns.take_up(Frames(mart__fact=revoked[1:], **tables))["revoked"].to_list() == [None, None, None]


def test_a_city_total_is_no_average_of_a_township():
    rows = [
        fact("F1", "CN", "duty_items_basic", 117.0, scope="每个乡镇（街道）平均"),
        fact("F2", "CN", "duty_items_taken_back", 124.0, scope="每个乡镇（街道）平均"),
        fact("F3", "320583", "duty_items_taken_back", 347.0, scope="全市合计"),
    ]
    found = towns.duty_lists(Frames(mart__fact=rows))
    assert found.select("ref_area", "basic", "supporting", "taken_back").rows() == [("CN", 117.0, None, 124.0)]
    assert found["fact_ids"].to_list() == ["F1,F2"]
    assert found.select("kept", "townships").rows() == [(None, None)]  # one list is missing, and so is the n


def test_what_a_township_keeps_leaves_out_what_is_taken_back_and_the_average_has_its_n():
    average = {"scope": "每个乡镇（街道）平均", "time_period": "2025-06"}
    rows = [
        fact("F1", "CN", "duty_items_basic", 117.0, **average), fact("F2", "CN", "duty_items_supporting", 99.0, **average),
        fact("F3", "CN", "duty_items_taken_back", 124.0, **average),
        fact("N", "CN", "duty_list_townships", 38000.0, phase="after", time_period="2025-06", precision="approx"),
        fact("P", "CN", "duty_list_townships", 2.0, phase="plan", time_period="2025-06"),
    ]  # fmt: skip
    [row] = towns.duty_lists(Frames(mart__fact=rows)).to_dicts()
    assert (row["kept"], row["townships_said"], row["townships_fact_ids"]) == (216.0, "约3.8万个", "N")


def test_a_total_that_we_added_up_gives_way_to_its_kinds():
    lists = {"catalogue": "清单", "indicator_zh": "赋权目录项数"}
    rows = [
        fact("A", "甲镇", "delegated_items_catalogue", 655.0, precision="derived", **lists),
        fact("B", "甲镇", "delegated_items_catalogue", 100.0, **lists | {"category": "类型=审批"}),
        fact("C", "甲镇", "delegated_items_catalogue", 555.0, **lists | {"category": "类型=执法"}),
        fact("D", "乙省", "delegated_items_catalogue", 431.0, **lists),
        fact("E", "乙省", "delegated_items_catalogue", 393.0, **lists | {"category": "部门=城管执法"}),
    ]
    found = towns.catalogues(Frames(mart__fact=rows))
    assert sorted(found.select("fact_ids", "kind").rows()) == [("B", "审批"), ("C", "执法"), ("D", "")]


def test_what_was_handed_down_and_an_earlier_list_stand_beside_what_was_taken_back():
    rows = [
        fact("R", "甲市", "delegated_items_revoked", 339.0, note="收归市级"),
        fact("A1", "甲市", "delegated_items_added", 92.0, category="行政处罚"),
        fact("A2", "甲市", "delegated_items_added", 90.0, category="行政处罚·新增事项"),
        fact("K", "乙市", "delegated_items_catalogue", 431.0, catalogue="乙市目录"), fact("S", "乙市", "delegated_items_revoked", 20.0),
        fact("U", "某地", "delegated_items_revoked", 200.0, anonymous=True),
    ]  # fmt: skip
    found = {row["ref_area"]: row for row in towns.revoked(Frames(mart__fact=rows)).to_dicts()}
    assert set(found) == {"甲市", "乙市"}
    assert found["甲市"]["context"] == "收归市级；同时新增下放行政处罚92项"
    assert found["乙市"]["context"] == "与乙市目录431项能否作比，须先核对清单是否同一"
    assert (found["甲市"]["fact_ids"], found["甲市"]["own_fact_ids"]) == ("R,A1", "R")
