"""The shipped facts: the figures that the project was built from, each one short query away, and every promise kept."""

import pytest


def test_there_are_enough_facts_each_with_a_source_and_a_place_in_it(shipped):
    ((facts, cited),) = shipped("select count(*), count(coalesce(locator, url)) from mart.fact where source_id is not null")
    assert facts >= 950
    assert cited == facts


def test_there_are_at_least_thirty_promises_and_all_hold(shipped):
    rows = shipped("select status, count(*) from quality.check_result group by status")
    assert [status for status, _ in rows] == ["passed"]
    assert rows[0][1] >= 30


@pytest.mark.parametrize(
    ("tier", "figures"), [("_T", (143, 183, 40, 127.97)), ("县级", (55, 64, 9, 116.36)), ("乡级", (88, 119, 31, 135.23))]
)
def test_lushans_extension_staff(shipped, tier: str, figures: tuple[float, ...]):
    rows = shipped(f"""select authorised, actual, difference, fill_rate from mart.staffing
        where area_name = '鲁山县' and sector = '农技推广' and post_type = '_T' and tier = '{tier}'""")
    assert rows == [pytest.approx(figures, abs=0.005)]


@pytest.mark.parametrize(
    ("post", "figures"),
    [("行政", (34, 29, -5, 85.29)), ("工勤", (4, 3, -1, None)), ("事业", (35, 32, -3, 91.43)), ("_T", (73, 64, -9, 87.67))],
)
def test_zhangdians_staff(shipped, post: str, figures: tuple[float | None, ...]):
    ((*counts, rate),) = shipped(f"""select authorised, actual, difference, fill_rate from mart.staffing
        where area_name = '张店乡' and org_unit = '_T' and post_type = '{post}'""")
    assert tuple(counts) == figures[:3]
    assert rate == (None if figures[3] is None else pytest.approx(figures[3], abs=0.005))


def test_zhumadians_six_towns_and_their_take_up(shipped):
    towns = dict(shipped("select area_name, accepted from mart.delegation where catalogue_items = 185"))
    assert towns == {"嵖岈山镇": 141, "黄埠镇": 138, "黄楼镇": 185, "东和店镇": 140, "刘店镇": 141, "马谷田镇": 141}
    rows = shipped("select accepted, catalogue_items, take_up from mart.delegation_merged order by towns desc")
    assert rows == [(886, 1110, pytest.approx(79.82, abs=0.005)), (701, 925, pytest.approx(75.78, abs=0.005))]


def test_609_and_22_stand_on_different_axes(shipped):
    rows = {
        name: (axis, stated, recomputed, low, high, agrees)
        for name, axis, stated, recomputed, low, high, agrees in shipped(
            """select area_name, axis_key, ratio_stated, ratio_recomputed, ratio_low, ratio_high, agrees
            from mart.population_staff_ratio where area_name = '张店乡' or (anonymous and ratio_stated = 22)"""
        )
    }
    (county,) = rows.keys() - {"张店乡"}
    assert rows[county][1:] == (22, None, pytest.approx(21.67, abs=0.005), None, True)
    assert rows["张店乡"][2] == pytest.approx(609.4, abs=0.05)
    assert rows["张店乡"][0] != rows[county][0]


@pytest.mark.parametrize(
    ("county", "indicator", "before", "after"),
    [
        ("河曲县", "party_gov_bodies", 36, 22), ("河曲县", "public_institutions", 186, 40), ("河曲县", "institution_posts", 1964, 659),
        ("浮山县", "party_gov_bodies", 35, 22), ("浮山县", "institution_posts", 1944, 970), ("玛多县", "party_gov_bodies", 25, 20),
        ("娄烦县", "party_gov_bodies", 35, 22), ("古丈县", "party_gov_bodies", 33, 23), ("河曲县", "population_per_fiscal_staff", 32, 40),
    ],
)  # fmt: skip
def test_reform_before_and_after(shipped, county: str, indicator: str, before: float, after: float):
    rows = shipped(f"""select before, after, change from mart.institution_change
        where area_name = '{county}' and indicator = '{indicator}'""")
    assert (before, after, after - before) in rows


def test_hequs_posts_in_two_scopes_are_a_conflict_of_two_rows(shipped):
    rows = shipped(
        "select before, after from mart.institution_change where area_name = '河曲县' and indicator = 'leadership_posts'"
    )
    assert set(rows) >= {(135, 114), (151, 128)}
    claims = shipped(
        "select phase, obs_value, rule_zh from mart.conflict where area_name = '河曲县' and indicator = 'leadership_posts'"
    )
    assert {(phase, value) for phase, value, _ in claims} >= {("before", 135), ("before", 151), ("after", 114), ("after", 128)}
    assert {rule for *_, rule in claims} == {"口径不同，分列展示，不互相替代"}


def test_a_ratio_of_everyone_paid_and_one_over_people_probably_registered_have_axes_of_their_own(shipped):
    """Two places are of no stated scope at all, by two sources: the scopes are alike in words and two axes all the same."""
    axes = dict(
        shipped(
            """select population_basis || '·' || staff_scope, (count(distinct ref_area), count(distinct axis_key))
            from mart.population_staff_ratio group by 1"""
        )
    )
    assert axes["未注明·含全部供养"] == (1, 1)
    assert axes["疑户籍·未注明"] == (1, 1)
    assert axes["未注明·未注明"] == (2, 2)


def test_the_small_county_counts_and_lushans_census_are_conflicts_with_one_shown(shipped):
    counts = {
        value for (value,) in shipped("select obs_value from mart.conflict where area_name = '全国' and size_band = '<20万'")
    }
    assert counts >= {434, 546, 414}
    rows = shipped("select obs_value, shown from mart.conflict where area_name = '鲁山县' and indicator = 'population_census'")
    assert set(rows) == {(788472, True), (787109, False)}


def test_nothing_illustrative_is_in_an_aggregate_or_a_conflict(shipped):
    assert shipped("select count(*) from mart.fact where illustrative")[0][0] > 0
    assert shipped("select count(*) from mart.conflict join mart.fact using (fact_id) where illustrative") == [(0,)]
    assert shipped("select count(*) from mart.delegation where illustrative") == [(0,)]
