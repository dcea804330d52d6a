"""The scope gate (口径闸): golden cases of what must never meet on one axis, and of the notes that must be printed."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.gate.comparability import axes, compare, kept_apart, ranks, unranked, with_axis
from dashboard.gate.judged import UnjudgeableError
from tests.dashboard.gate.frames import judged_rows

UNSTATED = "未注明"


def ratios(*rows):
    """(area, population basis, staff scope, N, year[, more]) as rows of the ratio mart: an unstated side is the source's own."""
    listed = []
    for area, basis, staff, value, year, *more in rows:
        unstated = UNSTATED in {basis, staff}
        row = {
            "area_name": area,
            "population_basis": basis,
            "staff_scope": staff,
            "scope": f"{basis}{staff}",
            "value": float(value),
            "year": year,
            "precision": "exact",
            "unstated": unstated,
            "may_rank": not unstated,
            "withheld_zh": "原文没有写明口径" if unstated else None,
            "axis_key": f"{basis}|{staff}{f'|来源 {area}' if unstated else ''}",
        }
        listed.append(row | (more[0] if more else {}))
    return judged_rows(listed)


def together(comparison, first, second):
    return any({first, second} <= set(panel.rows["area_name"].to_list()) for panel in comparison.panels)


ZHANGDIAN = ("张店乡", "未注明", "仅乡镇本级在职", 609, 2019)
SOMEWHERE = ("山西某县", "未注明", "未注明", 22, 2019, {"anonymous": True})
HEQU = ("河曲县", "未注明", "未注明", 32, 2020)
NATION = ("全国", "未注明", "含离退休与编外", 20.6, 2020)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ZHANGDIAN, SOMEWHERE),
        (HEQU, NATION),
        (("浮山县", "常住", "未注明", 17, 2020), ("甲县", "户籍", "未注明", 22, 2020)),
        (("古丈县", "常住", "在编", 25.4, 2023), ("浮山县", "常住", "未注明", 17, 2020)),
    ],
)
def test_different_scopes_never_share_an_axis_and_the_note_says_so(first, second):
    comparison = compare(ratios(first, second), value="value")
    assert len(comparison.panels) == 2
    assert not together(comparison, first[0], second[0])
    assert "scope" in comparison.codes
    [note] = [note for note in comparison.notes if note.code == "scope"]
    assert note.level == "block"
    for _, basis, staff, *_ in (first, second):
        assert f"人口：{basis}、人员：{staff}" in note.text


def test_two_unstated_scopes_are_not_one_and_neither_is_ranked():
    comparison = compare(ratios(HEQU, SOMEWHERE), value="value")
    assert not together(comparison, "河曲县", "山西某县")
    assert [panel.label for panel in comparison.panels] == [
        "人口：未注明　人员：未注明（河曲县）",
        "人口：未注明　人员：未注明（山西某县）",
    ]
    assert {"unstated", "anonymous"} <= set(comparison.codes)
    with pytest.raises(ValueError, match="不能排名：原文没有写明口径"):
        ranks(comparison.panels[0], value="value")


def test_before_and_after_of_one_source_share_the_axis_that_its_scope_leaves_open():
    after = ("河曲县", "未注明", "未注明", 40, 2022)
    assert together(compare(ratios(HEQU, after), value="value"), "河曲县", "河曲县")
    assert with_axis(ratios(HEQU, after))["axis"].n_unique() == 1


def test_words_over_axes_differ_even_for_two_sources_of_one_place_and_year():
    rows = ratios(HEQU, HEQU, (*HEQU[:4], 2010)).with_columns(axis_key=pl.Series(["a", "b", "c"]))
    assert with_axis(rows)["axis"].n_unique() == 3


def test_what_differs_within_an_axis_is_no_part_of_its_name():
    rows = judged_rows(
        [
            {"area_name": name, "axis_key": key, "scope": "占比", "level_zh": level, "sector": sector}
            for name, key, level, sector in (
                ("甲", "x", "县级", "_T"),
                ("乙", "x", "乡镇", "_T"),
                ("丙", "y", "县级", "农技推广"),
            )
        ]
    )
    assert with_axis(rows)["axis"].to_list() == ["占比", "占比", "农技推广·占比"]


def test_parts_of_one_whole_share_an_axis_only_where_nothing_else_is_there():
    parts = [{"area_name": "甲", "axis_key": f"x|{kind}", "whole_key": "甲|x"} for kind in ("行政", "事业")]
    assert len(set(axes(judged_rows(parts)))) == 1
    other = {"area_name": "乙", "axis_key": "x|行政", "whole_key": "乙|x"}
    assert len(set(axes(judged_rows([*parts, other])))) == 2


def test_rows_that_nobody_judged_are_refused_and_the_columns_are_named():
    with pytest.raises(UnjudgeableError, match="axis_key"):
        compare(ratios(HEQU).drop("axis_key"), value="value")


def institutions(*rows):
    """(area, scope, year, cohort, value); None as scope: the place published nothing and stands on no axis."""
    return judged_rows(
        [
            {"area_name": area, "scope": scope, "axis_key": scope, "year": year, "cohort": cohort, "obs_value": value}
            for area, scope, year, cohort, value in rows
        ]
    ).with_columns(pl.col("year").cast(pl.Int64), pl.col("obs_value").cast(pl.Float64), pl.col("cohort").cast(pl.String))


def test_batches_of_2020_and_2024_warn_twice_and_block_nothing():
    rows = institutions(
        ("河曲县", "党政机构（实设）", 2020, "山西第一批试点", 22), ("甲县", "党政机构（实设）", 2024, "云南试点", 23)
    )
    comparison = compare(rows)
    assert [note.code for note in comparison.notes if note.level == "warn"] == ["year", "cohort"]
    assert [note.code for note in comparison.notes if note.level == "block"] == []
    assert comparison.texts[0] == "年份不同，只看方向和量级：2020年、2024年。"
    assert comparison.texts[1] == "批次不同，改革起点和时长不一：山西第一批试点、云南试点。"


def test_a_quota_is_no_count():
    rows = institutions(("古丈县", "机构限额", 2024, None, 23), ("河曲县", "党政机构（实设）", 2024, None, 22))
    assert len(compare(rows).panels) == 2


def test_one_scope_one_year_one_batch_has_nothing_to_warn_of():
    rows = institutions(("甲县", "党政机构（实设）", 2019, "普通", 35), ("乙县", "党政机构（实设）", 2019, "普通", 36))
    assert compare(rows).codes == ("n",)


def test_one_place_over_time_is_a_course_and_not_a_difference_of_years():
    rows = institutions(("甲县", "党政机构（实设）", 2019, None, 35), ("甲县", "党政机构（实设）", 2022, None, 22))
    assert "year" not in compare(rows).codes


def test_illustrative_places_are_left_out_and_named():
    comparison = compare(ratios(HEQU, ("Y市", "未注明", "未注明", 9, 2022, {"illustrative": True})), value="value")
    assert all("Y市" not in panel.rows["area_name"].to_list() for panel in comparison.panels)
    assert comparison.texts[0] == "考题和范本不参与比较：Y市。"


def test_a_place_without_data_is_listed_and_never_ranked():
    rows = institutions(("甲县", "实设", 2019, None, 35), ("乙县", "实设", 2019, None, 36), ("丙县", None, None, None, None))
    comparison = compare(rows)
    assert "未公布，不排名、不按零计：丙县。" in comparison.texts
    assert unranked(rows, "obs_value") == ("丙县",)
    assert [(rank.area_name, rank.n) for rank in ranks(comparison.panels[0], value="obs_value")] == [("乙县", 2), ("甲县", 2)]


def ranked(*places, best_high=True):
    rows = judged_rows(
        [
            {"area_name": name, "scope": "实设", "value": float(value), "low": low, "high": high}
            for name, value, low, high in places
        ]
    )
    [panel] = compare(rows, value="value").panels
    found = ranks(panel, value="value", low="low", high="high", best_high=best_high)
    return {rank.area_name: rank.text for rank in found}


def test_ties_share_a_place_and_intervals_give_a_range():
    assert ranked(("甲", 5, 5, 5), ("乙", 5, 5, 5), ("丙", 3, 3, 3)) == {
        "甲": "从多到少并列第1位（n＝3）", "乙": "从多到少并列第1位（n＝3）", "丙": "从多到少第3位（n＝3）",
    }  # fmt: skip
    overlapping = ranked(("甲", 9, 9, 9), ("乙", 6, 5, 7), ("丙", 6.5, 6, 8), ("丁", 1, 1, 1))
    assert overlapping == {
        "甲": "从多到少第1位（n＝4）",
        "乙": "从多到少第2～3位（n＝4）",
        "丙": "从多到少第2～3位（n＝4）",
        "丁": "从多到少第4位（n＝4）",
    }


def test_an_open_end_can_stand_anywhere_above_its_bound():
    assert ranked(("甲", 22, 21.7, None), ("乙", 32, 32, 32), ("丙", 17, 17, 17)) == {
        "甲": "从多到少第1～2位（n＝3）", "乙": "从多到少第1～2位（n＝3）", "丙": "从多到少第3位（n＝3）",
    }  # fmt: skip


def test_less_can_be_better():
    assert ranked(("甲", 1, 1, 1), ("乙", 2, 2, 2), best_high=False) == {
        "甲": "从少到多第1位（n＝2）",
        "乙": "从少到多第2位（n＝2）",
    }


def test_what_is_kept_apart_is_said_in_a_note_of_its_own():
    note = kept_apart("全县供养比", "张店乡609:1", "只含乡镇本级")
    assert note.text == "不并列：张店乡609:1只含乡镇本级，与全县供养比口径不同 → 另图。"


SCOPES = st.tuples(
    st.sampled_from(["常住", "户籍", "七普", "未注明"]), st.sampled_from(["在编", "未注明", "含离退休", "仅乡镇本级在职"])
)


@given(st.lists(st.tuples(SCOPES, st.integers(1, 900), st.integers(2000, 2025)), min_size=1, max_size=25))
def test_whatever_is_chosen_every_axis_has_one_key_a_name_of_its_own_and_no_row_is_lost(chosen):
    rows = ratios(*((f"县{index}", basis, staff, value, year) for index, ((basis, staff), value, year) in enumerate(chosen)))
    panels = compare(rows, value="value").panels
    assert sum(panel.rows.height for panel in panels) == rows.height
    assert len({panel.label for panel in panels}) == len(panels) == rows["axis_key"].n_unique()
    for panel in panels:
        assert panel.rows["axis_key"].n_unique() == 1


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5)), min_size=1, max_size=12))
def test_ranks_cover_every_place_and_their_intervals_stay_within_n(intervals):
    rows = judged_rows(
        [
            {"area_name": f"县{index}", "scope": "实设", "value": float(low), "low": float(low), "high": float(low + width)}
            for index, (low, width) in enumerate(intervals)
        ]
    )
    [panel] = compare(rows, value="value").panels
    found = ranks(panel, value="value", low="low", high="high")
    assert {rank.area_name for rank in found} == set(rows["area_name"].to_list())
    assert all(1 <= rank.low <= rank.high <= len(intervals) for rank in found)
    assert min(rank.low for rank in found) == 1
