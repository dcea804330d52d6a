"""Sentences with receipts: every number knows its facts, and a corrected fact changes the sentence."""

import polars as pl
import pytest

from dashboard.findings import extension, ratio, small_counties, towns, township
from dashboard.findings.sentence import NOTHING_PUBLISHED, Finding, Number, Text, join, number, receipts, say


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
        "ref_area": "140930", "area_name": "河曲县", "panel": "未注明·未注明", "staff_scope": "未注明", "stated": True, "precision": "exact",
        "as_stated": "", "time_period": "2020", "year": 2020, "agrees": None, "check_low": None, "check_high": None,
    }  # fmt: skip
    before = row | {"phase": "before", "value": 32.0, "fact_ids": "F1"} | more
    return pl.DataFrame([before, row | {"phase": "after", "value": 40.0, "fact_ids": "F2", "time_period": "2022", "year": 2022}])


def test_the_ratio_moves_in_the_direction_of_its_numbers():
    assert "河曲县由32:1提高到40:1" in ratio.counties(ratios()).plain()
    assert "河曲县由50:1下降到40:1" in ratio.counties(ratios(value=50.0)).plain()


def test_two_scopes_of_one_county_are_no_change():
    assert "提高" not in ratio.counties(ratios(panel="常住·未注明")).plain()


def test_ratios_that_do_not_agree_are_named():
    rows = ratios(agrees=False, check_low=21.67).head(1)
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
    said = "2021年驻马店市6镇合并承接886项，承接率79.8%；不含全部承接的黄楼镇为75.8%；收回数未见。"
    assert towns.take_up(take_up()).plain() == said
    assert "收回数未见" not in towns.take_up(take_up(revoked=9.0)).plain()
    assert "承接率80.2%" in towns.take_up(take_up(890.0)).plain()


def test_posts_and_people_keep_their_units_apart():
    rows = pl.DataFrame(
        {"area_name": ["河曲县"], "before": [1964.0], "after": [659.0], "over": [903.0], "years": [5.0], "posts_fact_ids": ["F1,F2"],
         "fact_ids_over": ["F3"], "years_fact_ids": ["F4"], "fact_ids": ["F1,F2,F3,F4"]}
    )  # fmt: skip
    finding = small_counties.posts_and_people(rows)
    assert finding.plain() == "河曲县核减事业编制1305名，仍有903人超编，过渡期5年：编制一次减下来，人要逐年消化。"
    receipts_of = {part.text: part.fact_ids for part in finding.parts if isinstance(part, Number)}
    assert receipts_of == {"1305名": ("F1", "F2"), "903人": ("F3",), "5年": ("F4",)}


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
        small_counties.provinces,
        small_counties.ladder,
        towns.bodies,
        towns.revoked,
        township.fill_rates,
        ratio.nation,
    ],
)
def test_nothing_is_invented_from_no_rows(finding):
    columns = [
        "obs_value",
        "indicator",
        "small",
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
