"""Sentences with receipts: every number knows its facts, and a corrected fact changes the sentence."""

import polars as pl
import pytest

from dashboard.language.sentence import NOTHING_PUBLISHED, Finding, Number, Text, join, number, receipts, say
from dashboard.themes.extension import sentences as extension
from dashboard.themes.ratio import sentences as ratio
from dashboard.themes.small_counties import sentences as small_counties
from dashboard.themes.small_counties.size_bands import sentences as size_bands
from dashboard.themes.towns import sentences as towns
from dashboard.themes.township import sentences as township


def test_a_sentence_reads_plain_and_lists_its_receipts_once():
    finding = say("实有", number("183人", "F2"), "，编制", number("143名", ["F1"]), "，超出", number("40人", "F2,F1"), "。")
    assert finding.plain() == "实有183人，编制143名，超出40人。"
    assert finding.fact_ids() == ("F2", "F1")


def test_words_join_and_nothing_is_dropped_silently():
    assert say("甲", None, "乙", say("丙")).parts == (Text("甲乙丙"),)
    assert join([number("1个", "F1"), number("2个", "F2")]).plain() == "1个、2个"
    assert not say()


def test_a_number_without_a_fact_is_refused():
    with pytest.raises(ValueError, match="没有依据"):
        Number("40人", ())
    with pytest.raises(ValueError, match="没有依据"):
        number("40人", None, "")


def test_receipts_take_comma_lists_and_collections():
    assert receipts("F1, F2,", None, ["F3", "F1"]) == ("F1", "F2", "F3")


def staffing(actual=183.0):
    rows = [("_T", 143.0, actual), ("县级", 55.0, 64.0), ("乡级", 88.0, 119.0)]
    return pl.DataFrame(
        [
            {"area_name": "鲁山县", "tier": tier, "time_period": "2013", "authorised": posts, "actual": people, "difference": people - posts,
             "authorised_fact_ids": f"A{tier}", "actual_fact_ids": f"B{tier}", "fact_ids": f"A{tier},B{tier}"}
            for tier, posts, people in rows
        ]
    )  # fmt: skip


def test_a_corrected_fact_changes_the_sentence():
    before, after = extension.by_tier(staffing()), extension.by_tier(staffing(actual=150.0))
    assert before.plain() == "2013年鲁山县实有183人，编制143名，超出40人（28.0%）；其中乡级超出31人（35.2%）。"
    assert after.plain() == "2013年鲁山县实有150人，编制143名，超出7人（4.9%）；其中乡级超出31人（35.2%）。"
    assert before.fact_ids() == after.fact_ids()


def test_a_vacancy_is_said_in_the_same_place():
    assert "空编3名" in extension.by_tier(staffing(actual=140.0)).plain()


def test_the_sentence_does_without_a_row_that_is_not_there():
    assert extension.by_tier(staffing().filter(pl.col("tier") != "_T")) is NOTHING_PUBLISHED
    only_total = extension.by_tier(staffing().filter(pl.col("tier") == "_T"))
    assert only_total.plain() == "2013年鲁山县实有183人，编制143名，超出40人（28.0%）。"


def ratios(**more):
    row = {
        "ref_area": "140930", "area_name": "河曲县", "axis_key": "未注明·未注明", "staff_scope": "未注明", "basis": "stated", "precision": "exact",
        "as_stated": "", "time_period": "2020", "year": 2020, "agrees": None, "ratio_low": None, "ratio_high": None,
    }  # fmt: skip
    before = row | {"phase": "before", "obs_value": 32.0, "fact_ids": "F1"} | more
    return pl.DataFrame(
        [before, row | {"phase": "after", "obs_value": 40.0, "fact_ids": "F2", "time_period": "2022", "year": 2022}]
    )


def test_the_ratio_moves_in_the_direction_of_its_numbers():
    assert "河曲县由2020年32:1提高到2022年40:1" in ratio.lead(ratios()).plain()
    assert "河曲县由2020年50:1下降到2022年40:1" in ratio.lead(ratios(obs_value=50.0)).plain()


def test_a_target_that_may_be_meant_is_said_to_be_one():
    after = ratios().with_columns(doubt=pl.when(phase="after").then(pl.lit("疑为目标值，未证实")))
    assert ratio.lead(after).plain() == "河曲县由2020年32:1提高到2022年40:1（人均负担减轻，疑为目标值，未证实），原文未注明口径。"
    known = ratios().with_columns(staff_scope=pl.lit("在编"))
    assert "未注明" not in ratio.lead(known).plain()


def test_leaving_out_the_retired_is_computed_and_not_remembered():
    row = ratios().head(1).with_columns(obs_value=pl.lit(20.0), retired=pl.lit(0.5))
    assert ratio.retired(row).startswith(
        "全国2020年供养人员中离退休占50.0%：不含离退休，人员少50.0%，比值由20:1升到约40:1（高100%）。"
    )
    assert ratio.retired(ratios()) == ""


def test_two_scopes_of_one_county_are_no_change():
    assert "提高" not in ratio.lead(ratios(axis_key="常住·未注明")).plain()


def test_ratios_that_do_not_agree_are_named():
    rows = ratios(agrees=False, ratio_low=21.67).head(1)
    assert "其中河曲县与原文不符" in ratio.agreement(rows).plain()


def take_up(accepted=886.0, revoked=None):
    rows = [
        ("黄楼镇", "town", 1, 185.0, 185.0),
        ("驻马店市", "merged", 6, accepted, 1110.0),
        ("驻马店市", "merged_without_full", 5, 701.0, 925.0),
    ]
    return pl.DataFrame(
        [
            {
                "area_name": name,
                "grouping": grouping,
                "towns": n,
                "accepted": done,
                "take_up": done / items * 100,
                "fact_ids": f"F{grouping}",
                "time_period": "2021",
                "revoked": revoked,
            }
            for name, grouping, n, done, items in rows
        ]
    )


def test_take_up_is_said_with_and_without_the_full_town():
    said = "2021年驻马店市6镇合并承接886项，承接率79.8%；不含全部承接的黄楼镇为75.8%；收回数未公布。"
    assert towns.take_up(take_up()).plain() == said
    assert "收回数未公布" not in towns.take_up(take_up(revoked=9.0)).plain()
    assert "承接率80.2%" in towns.take_up(take_up(890.0)).plain()


def test_posts_and_people_keep_their_units_apart():
    rows = pl.DataFrame(
        {"area_name": ["河曲县"], "before": [1964.0], "after": [659.0], "over": [903.0], "years": [5.0], "posts_fact_ids": ["F1,F2"],
         "fact_ids_over": ["F3"], "years_fact_ids": ["F4"], "target_low": [3.0], "target_high": [5.0], "target_fact_ids": ["F5,F6"],
         "fact_ids": ["F1,F2,F3,F4,F5,F6"]}
    )  # fmt: skip
    finding = small_counties.posts_and_people(rows)
    assert finding.plain() == (
        "河曲县核减事业编制1305名，仍有903人超编，过渡期5年（另有目标年限3～5年的说法）：编制一次减下来，人要逐年消化。"
    )
    receipts_of = {part.text: part.fact_ids for part in finding.parts if isinstance(part, Number)}
    assert receipts_of == {"1305名": ("F1", "F2"), "903人": ("F3",), "5年": ("F4",), "3～5年": ("F5", "F6")}
    alone = small_counties.posts_and_people(rows.with_columns(target_low=None)).plain()
    assert "过渡期5年：编制" in alone


def cut(name, change, *, before=None, after=None, scope=small_counties.REFORMED, control=False, **more):
    return {
        "scope_coverage": None,
        "pilots_held": None,
        "area_name": name,
        "obs_value": change,
        "before": before,
        "after": after,
        "scope": scope,
        "control": control,
        "fact_ids": "F",
    } | more


def test_a_total_that_holds_a_pilot_is_no_control_group():
    pilot = cut("河曲县", -78.5, before=186.0, after=40.0)
    held = {"scope": "事业单位（县级合计）", "scope_coverage": "县级合计", "pilots_held": "榆社县"}
    total = cut("晋中市", -54.0, before=2086.0, after=960.0, control=True, **held)
    said = small_counties.control(pl.DataFrame([pilot, total])).plain()
    assert said == "河曲县下降78.5%；同期晋中市各县合计（含试点榆社县）由2086个减到960个、下降54.0%：试点县的降幅不能全归于试点。"
    assert small_counties.control(pl.DataFrame([pilot])).plain() == "河曲县下降78.5%。"


def test_a_body_that_fell_elsewhere_too_is_not_the_pilots_doing():
    rows = [cut("古丈县", -92.3), cut("乌拉特中旗", -85.4, control=True)]
    assert "不是试点独有" in small_counties.deliberative(pl.DataFrame(rows)).plain()
    assert small_counties.deliberative(pl.DataFrame(rows[:1])).plain() == "古丈县下降92.3%。"


def side(name, party, gov, party_before=None, gov_before=None, scope=small_counties.ACTUAL_BODIES):
    known = None not in (party_before, gov_before)
    return {
        "area_name": name, "scope": scope, "party": party, "gov": gov, "party_before": party_before, "gov_before": gov_before,
        "total_before": party_before + gov_before if known else None, "fact_ids": f"F{name}",
    }  # fmt: skip


def test_each_side_is_said_before_and_after_where_both_are_published():
    narrower = side("石楼县", 6.0, 16.0, scope="党政机构（只计正科级）")
    said = small_counties.halves(pl.DataFrame([side("娄烦县", 6.0, 16.0, 9.0, 26.0), narrower])).plain()
    assert said == (
        "娄烦县党委机构9→6个，减少3个、下降33.3%；政府机构26→16个，减少10个、下降38.5%。只公布改革后数的（党委＋政府）：石楼县6＋16个，口径为党政机构（只计正科级）。"
    )


def national(basis, scope, counties, **more):
    row = {
        "population_basis": basis, "scope": scope, "counties": counties, "doubt": None, "fact_ids": f"F{counties:.0f}", "left_out": None,
        "left_out_names": None, "left_out_fact_ids": None,
    }  # fmt: skip
    return row | more


@pytest.mark.parametrize(("left_out", "verdict"), [(118.0, "剔除西藏、新疆不能全部解释"), (132.0, "正好相抵")])
def test_a_scope_explains_a_difference_only_as_far_as_the_numbers_do(left_out, verdict):
    parts = {"left_out": left_out, "left_out_names": "西藏自治区,新疆维吾尔自治区", "left_out_fact_ids": "T1,T2"}
    rows = pl.DataFrame(
        [national("常住", "常住·全部", 546.0), national("常住", "常住·剔除", 414.0, **parts)], infer_schema_length=None
    )
    finding = size_bands.national_counts(rows)
    assert finding.plain().endswith(f"546与414个相差132个，西藏、新疆在本库分县表中共{left_out:.0f}个，{verdict}。")
    assert {"T1", "T2"} <= set(finding.fact_ids())


def test_a_share_never_stands_without_its_base():
    rows = pl.DataFrame(
        {
            "post_type": ["事业"],
            "category": ["45岁以上"],
            "persons": [17.0],
            "share": [53.125],
            "base": [32.0],
            "fact_ids": ["F1"],
        }
    )
    assert township.structure(rows).plain() == "事业45岁以上17人，占53.1%（n＝32）。"


@pytest.mark.parametrize(
    "finding",
    [
        small_counties.cuts,
        size_bands.provinces,
        size_bands.ladder,
        towns.bodies,
        towns.revoked,
        township.fill_rates,
    ],
)
def test_nothing_is_invented_from_no_rows(finding):
    columns = [
        "obs_value",
        "indicator",
        "small",
        "is_small",
        "note",
        "ref_area",
        "size_band",
        "counties",
        "base",
        "total",
        "fill_rate",
        "staff_scope",
        "fact_ids",
        "year",
    ]
    assert finding(pl.DataFrame(schema=dict.fromkeys(columns, pl.Float64))) == Finding((Text("未公布。"),))


def test_of_many_places_a_sentence_names_some_and_says_how_many_more():
    names = [f"{number}号县" for number in range(ratio.MOST_SAID + 3)]
    said = ratio.lead(pl.concat([ratios().with_columns(area_name=pl.lit(name), ref_area=pl.lit(name)) for name in names])).plain()
    assert f"{names[ratio.MOST_SAID - 1]}由2020年32:1" in said
    assert names[ratio.MOST_SAID] not in said
    assert "另有3个见表" in said


def test_the_newest_ratio_of_the_nation_is_set_apart_from_the_level_of_the_places_beside_it():
    nation = [
        {"ref_area": "CN", "area_name": "全国", "staff_scope": "在编", "year": year, "time_period": str(year), "obs_value": value,
         "fact_ids": str(year), "precision": "exact", "basis": "stated", "phase": "point", "extent_zh": "全国"}
        for year, value in ((2020, 20.6), (2023, 19.0), (2010, 23.0))
    ]  # fmt: skip
    rows = pl.concat([ratios().with_columns(extent_zh=pl.lit("地级")), pl.DataFrame(nation)], how="diagonal_relaxed")
    assert ratio.lead(rows).plain().endswith("；全国2023年19:1（在编）不与地级并列。")
    assert ratio.lead(rows.filter(ref_area="CN")).plain() == "全国2023年19:1（在编）。"


def test_a_place_of_which_only_the_start_is_stated_says_its_year():
    assert ratio.lead(ratios().head(1)).plain() == "河曲县2020年（改革前）32:1，改革后未公布。"
    assert ratio.head(ratios()).plain().endswith("。数字越大，人均负担越轻。")


def test_two_places_of_one_name_are_no_before_and_after():
    rows = ratios().with_columns(area_name=pl.lit("新华区"), ref_area=pl.Series(["130104", "130902"]))
    assert "提高到" not in ratio.lead(rows).plain()
