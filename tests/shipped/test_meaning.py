"""What the shipped figures may be compared with, added to, ranked by, and why not: the answers that a reader must not get wrong."""

from itertools import combinations

import pytest

# --- sums that count everything once ---


def test_the_bands_of_the_provinces_add_up_to_the_counties_of_the_census_scope(shipped):
    (row,) = shipped("""select sum(counties), count(distinct ref_area), count(distinct axis_key) from mart.county_size_band
        where is_partition and area_level = 'province' and scope = '常住·全部县域（普查分县资料）'""")
    assert row == (1872, 28, 1)


def test_a_few_bands_with_a_gap_between_them_are_no_distribution(shipped):
    """江苏's fewer than 200,000 and more than 1,000,000 leave out everything between: no sum, no share."""
    rows = shipped("""select size_band, base, share, is_partition from mart.county_size_band
        where area_name = '江苏省' and size_band in ('<20万', '>100万') order by size_band""")
    assert [band for band, *_ in rows] == ["<20万", ">100万"]
    assert {row[1:] for row in rows} == {(None, None, False)}


def test_items_accepted_are_counted_once(shipped):
    assert shipped("select sum(accepted), count(*), count(distinct ref_area) from mart.delegation") == [(1198, 7, 7)]


@pytest.mark.parametrize(("unnamed", "named"), [("anon-central-smallest", "古丈县"), ("anon-qingnianbao-2019", "佛坪县")])
def test_a_place_that_its_features_identify_is_counted_as_that_place(shipped, unnamed: str, named: str):
    (row,) = shipped(f"""select distinct n.name_zh, f.anonymous, bool_or(f.may_rank) over () from mart.fact as f
        join core.ref_area as n on n.ref_area = f.counted_as where f.ref_area = '{unnamed}'""")
    assert row == (named, True, False)


# --- sources whose own sums do not come out ---

UNCLOSED = {
    "花桥镇": ("32＋53＋0＋2＝87", "合计印79"), "中畈乡": ("26＋33＋21＝80", "合计印61"), "新湾镇": ("66＋38＋14＝118", "合计印128"),
    "江上乡": ("合计42未含自收自支13", "19＋23＝42"),
}  # fmt: skip
VERDICTS = """select '编制' as mart, comparable, may_rank, withheld_zh, unclosed_zh, difference, fill_rate from mart.staffing
    where area_name = '{place}' union all
    select '供养比', comparable, may_rank, withheld_zh, unclosed_zh, null, null from mart.population_staff_ratio
    where area_name = '{place}'"""


@pytest.mark.parametrize("place", UNCLOSED)
def test_a_source_that_contradicts_itself_gets_no_verdict_and_its_sums_are_the_reason(shipped, place: str):
    rows = shipped(VERDICTS.format(place=place))
    assert rows
    for _, comparable, may_rank, withheld, unclosed, difference, fill_rate in rows:
        assert (comparable, may_rank, difference, fill_rate) == (False, False, None, None)
        assert withheld == f"来源分项与合计不符：{unclosed}"
        assert all(sum_ in withheld for sum_ in UNCLOSED[place])


def test_the_two_of_them_that_state_a_population_are_withheld_as_ratios_too(shipped):
    rows = shipped("select area_name from mart.population_staff_ratio where unclosed_zh is not null order by 1")
    assert rows == [("新湾镇",), ("花桥镇",)]


def test_zhangdians_source_adds_up_and_its_posts_and_people_are_divided(shipped):
    rows = shipped("select post_type, comparable, unclosed_zh from mart.staffing where area_name = '张店乡' and org_unit = '_T'")
    assert len(rows) == 4
    assert {row[1:] for row in rows} == {(True, None)}


# --- axes ---

RATIOS = {
    "某县": "anonymous and obs_value = 22", "河曲": "area_name = '河曲县'", "浮山": "area_name = '浮山县' and obs_value = 17",
    "全国": "area_name = '全国' and abs(obs_value - 20.6) < 0.05", "张店乡": "area_name = '张店乡'",
}  # fmt: skip


def test_no_two_of_the_ratios_that_everybody_quotes_share_an_axis(shipped):
    axes = {
        place: [key for (key,) in shipped(f"select axis_key from mart.population_staff_ratio where {where}")]
        for place, where in RATIOS.items()
    }
    assert {place: len(keys) for place, keys in axes.items()} == {"某县": 1, "河曲": 2, "浮山": 1, "全国": 1, "张店乡": 1}
    assert len(set(axes["河曲"])) == 1, "32 and 40 are of one source: before and after stand together"
    for one, other in combinations(axes, 2):
        assert set(axes[one]).isdisjoint(axes[other]), (one, other)


def test_the_state_after_hequs_reform_is_doubtful_and_no_rank(shipped):
    ((doubt, may_rank, withheld),) = shipped("""select doubt, may_rank, withheld_zh from mart.population_staff_ratio
        where area_name = '河曲县' and ratio_stated = 40""")
    assert "目标值" in doubt
    assert (may_rank, withheld is None) == (False, False)
    assert shipped("select may_rank from mart.fact where obs_value = 40 and area_name = '河曲县'"
                   " and indicator = 'population_per_fiscal_staff'") == [(False,)]  # fmt: skip


def test_a_ratio_of_two_facts_doubts_what_they_doubt(shipped):
    rows = shipped("select doubt from mart.population_staff_ratio where population_basis = '疑户籍'")
    assert rows == [("推断为户籍口径，页面未写明",)]


# --- scopes ---


def test_loufans_institutions_are_doubtful_in_both_scopes(shipped):
    rows = shipped("""select before, after, doubt is null from mart.institution_change
        where area_name = '娄烦县' and indicator = 'public_institutions' order by before desc""")
    assert rows == [(133, 104, False), (62, 40, False)]


def test_every_figure_of_a_scope_that_is_only_presumed_is_doubtful(shipped):
    rows = shipped("select doubt from mart.fact where scope like '%疑%'")
    assert len(rows) >= 10
    assert (None,) not in rows


NARROW = {
    "石楼县, of the party": ("area_name = '石楼县' and indicator = 'party_bodies' and phase = 'after' and obs_value = 6", "党政机构（只计正科级）"),
    "石楼县, of the government": ("area_name = '石楼县' and indicator = 'gov_bodies' and phase = 'after' and obs_value = 16",
                                  "党政机构（只计正科级）"),
    "石楼县, both": ("area_name = '石楼县' and indicator = 'party_gov_bodies' and obs_value = 22", "党政机构（只计正科级）"),
    "内蒙古党委编办": ("area_name = '内蒙古自治区' and indicator = 'staff_authorised' and obs_value = 49", "单位编制"),
}  # fmt: skip


@pytest.mark.parametrize(("where", "scope"), NARROW.values(), ids=NARROW.keys())
def test_a_figure_keeps_the_narrow_scope_of_its_source(shipped, where: str, scope: str):
    assert shipped(f"select scope from mart.fact where {where}") == [(scope,)]


def test_posts_of_all_townships_of_a_county_say_that_they_are(shipped):
    rows = shipped("select authorised, authorised_coverage from mart.staffing where area_name = '肥城市' and post_type = '_T'")
    assert rows == [(1130, "乡镇合计")]


# --- time and place that no source states ---


def test_the_second_batch_of_pilots_has_no_date(shipped):
    rows = shipped(
        "select area_name, time_period, year, period_start from mart.fact where indicator = 'pilot_batch' and obs_value = 2"
    )
    assert {name for name, *_ in rows} == {"娄烦县", "黎城县", "榆社县", "石楼县"}
    assert {row[1:] for row in rows} == {("_U", None, None)}
    assert shipped("select named from core.cohort where cohort = '山西第二批试点'") == [(None,)]


def test_places_of_an_exam_lie_in_no_province(shipped):
    rows = shipped(
        "select distinct province, prefecture, county, adcode, cohort, may_rank, comparable from mart.fact where illustrative"
    )
    assert rows == [(None, None, None, None, None, False, False)]


# --- ranks ---


def test_no_count_of_institutions_posts_or_people_paid_may_be_ranked(shipped):
    """Twelve bodies in each of six towns are no sixth place, and fewer is not better."""
    rows = shipped("""select distinct indicator from mart.fact where may_rank
        and (indicator like '%bodies%' or indicator like '%institution%' or indicator like '%posts%' or indicator like 'staff%')
        union all select distinct indicator from mart.institution_change where may_rank
        and (indicator like '%bodies%' or indicator like '%institution%' or indicator like '%posts%' or indicator like 'staff%')
        union all select distinct 'staffing' from mart.staffing where may_rank""")
    assert rows == []
    assert shipped("select count(*) > 100 from mart.fact where may_rank") == [(True,)]


def test_a_place_stands_once_among_what_may_be_ranked_of_one_period(shipped):
    """A place that stands twice would outrank itself."""
    rows = shipped("""select axis_key, counted_as, phase, period_start, count(*) from mart.fact
        where may_rank and year is not null group by all having count(*) > 1""")
    assert rows == []
