"""The comparison page's chart on the shipped facts: golden pairs stay apart and the reader is told why; ranks only where allowed."""

import random

import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.cards.selection import Selection
from dashboard.gate.notes import APART, code_of
from dashboard.language.sentence import Number
from dashboard.themes.compare import picker
from dashboard.themes.compare.charts import COMPARE, ORDER_OF_PARTS, title
from dashboard.themes.compare.measures import measures, published
from dashboard.themes.compare.start import EXAMPLES
from dashboard.warehouse.places import every_place
from tests.dashboard.drawing.rendered import boxes
from tests.dashboard.language.faults import faults

ZHANGDIAN, SOMEWHERE, HEQU, NATION = "410423-zhangdian", "anon-shanxi-2019", "140930", "CN"
RATIO = "population_per_fiscal_staff"


def drawn(rows):
    assert COMPARE.draw is not None
    return COMPARE.draw(rows)


def axes_of(figure):
    """The x axes on which each place has a mark."""
    found: dict[str, set[str]] = {}
    for trace in figure["data"]:
        for text in trace["hovertext"]:
            found.setdefault(text.split("<br>")[0].split(" ")[0], set()).add(trace["xaxis"])
    return found


def apart(notes):
    return " ".join(note for note in notes if code_of(note) == APART)


def test_609_and_22_stand_in_panels_of_their_own_and_the_reader_is_told_why(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator=RATIO, places=(ZHANGDIAN, SOMEWHERE)))
    axes = axes_of(drawn(rows))
    assert not axes["张店乡"] & axes["山西某县"]
    assert "张店乡约609:1只算乡镇本级在职人员" in apart(COMPARE.note(rows))
    assert "山西某县22:1" in apart(COMPARE.note(rows))
    assert not any(rows["rank"])


def test_hequ_and_the_nation_stand_in_panels_of_their_own_and_the_reader_is_told_why(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator=RATIO, places=(HEQU, NATION)))
    axes = axes_of(drawn(rows))
    assert not axes["河曲县"] & axes["全国"]
    said = apart(COMPARE.note(rows))
    assert "河曲县40:1没有写明人员是否含离退休、编外，全国约20.6:1写明了（含离退休与编外，论文估算）" in said


def test_residents_and_registered_people_stand_in_panels_of_their_own_and_the_reader_is_told_why(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="population", places=("610631", "610730", "433126")))
    for axis, members in rows.group_by("axis"):
        assert members["population_basis"].n_unique() == 1, axis
    assert {"常住", "户籍", "七普"} <= set(rows["population_basis"].to_list())
    said = apart(COMPARE.note(rows))
    assert "人口口径不同" in said
    assert "户籍（黄龙县）" in said


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.question)
def test_an_example_shows_what_it_promises(shipped, example):
    rows = COMPARE.rows(shipped, example.selection)
    assert rows.filter(~rows["obs_value"].is_null()).height >= 3
    assert COMPARE.finding(rows).fact_ids()
    query = example.selection.to_query()
    assert Selection.from_query(query) == (example.selection, ())


@pytest.mark.parametrize(
    ("indicator", "cohort"),
    [
        ("party_gov_bodies", "普通县区（2019年机构改革）"),
        ("public_institutions", "驻马店经济发达镇"),
        ("party_gov_bodies", "驻马店经济发达镇"),
    ],
)
def test_institutions_are_counted_and_never_ranked_and_the_note_says_why(shipped, indicator, cohort):
    rows = COMPARE.rows(shipped, Selection(indicator=indicator, cohorts=(cohort,)))
    assert rows.height
    assert not any(rows["rank"])
    assert any(note.startswith("不排名：") and "只看量级" in note for note in COMPARE.note(rows))


def test_a_census_of_one_day_is_ranked_from_the_largest_and_the_note_says_what_large_means(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="population_census", places=(HEQU, "141027", "610730", "433126")))
    ranked = rows.filter(rows["axis"].str.contains("七普"))
    assert ranked["rank"].to_list()[0] == "从多到少第1位（n＝4）"
    assert ranked["obs_value"].is_sorted(descending=True)
    assert any("位次按数值从多到少（数字大人口多）" in note for note in COMPARE.note(ranked))


def test_two_sources_that_state_no_scope_are_two_axes_with_two_names(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator=RATIO, places=(HEQU, SOMEWHERE)))
    axes = axes_of(drawn(rows))
    assert not axes["河曲县"] & axes["山西某县"]
    assert rows["axis"].n_unique() == rows["axis_key"].n_unique() == 2


def test_a_doubtful_ratio_is_drawn_open_and_carries_its_doubt(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator=RATIO, places=(HEQU,)))
    said = "".join(text["text"] for text in drawn(rows)["layout"]["annotations"]).replace("<br>", "")
    assert "40:1（存疑）" in said
    assert "疑为消化超编后的目标值，未证实" in said
    assert "约数或存疑" in said
    assert "40:1（疑为消化超编后的目标值，未证实）" in COMPARE.finding(rows).plain()


@pytest.mark.parametrize(("place", "scope"), [("370983", "全市乡镇合计"), ("610730", "全县编制")])
def test_posts_without_a_headcount_say_whose_posts_they_are(shipped, place, scope):
    rows = COMPARE.rows(shipped, Selection(indicator="staffing", places=(place, ZHANGDIAN)))
    assert rows.filter(ref_area=place)["axis"].str.contains(scope).all()


def test_towns_are_not_counted_a_second_time_with_the_place_that_holds_them(shipped):
    together = Selection(indicator="take_up", places=("411700",), cohorts=("驻马店经济发达镇",))
    assert "共6个地区有数（n＝6）。" in COMPARE.note(COMPARE.rows(shipped, together))
    alone = COMPARE.rows(shipped, Selection(indicator="take_up", places=("411700",)))
    assert alone["said"].to_list() == ["79.8%（886／1110项）"]


def test_a_thing_named_twice_is_one_place_of_a_measure(shipped):
    measure = measures(shipped)["gdp"]
    assert measure.areas == measure.n + 1  # 佛坪县 and the unnamed county that is 佛坪县


def test_different_years_forbid_a_rank_and_the_note_says_so(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="gdp", places=("140930", "141027", "141126", "433126")))
    assert not any(rows["rank"])
    assert any(note.startswith("不排名：") and "年份不同" in note for note in COMPARE.note(rows))


def test_the_payroll_with_retirees_is_not_divided_by_posts(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="staffing", places=("360724-sixia", ZHANGDIAN)))
    said = dict(rows.filter(area_name="寺下镇").select("actual", "said").rows())
    assert said[48] == "编制56名、实有48人、空编8名"
    assert said[76] == "编制56名、实有76人"
    assert "超出20" not in str(drawn(rows))
    assert any(note.startswith("不相除：寺下镇") for note in COMPARE.note(rows))


def test_a_catalogue_without_a_total_gives_no_share(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="take_up", cohorts=("驻马店经济发达镇",), places=("321282-xinqiao",)))
    assert rows.filter(area_name="新桥镇")["said"].to_list() == ["承接312项（目录总项数未公布）"]
    assert "74.6%～100%" in COMPARE.finding(rows).plain()
    assert "新桥镇" not in str(drawn(rows)["data"])


def test_parts_keep_their_colour_where_a_place_lacks_one(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="post_structure", places=(ZHANGDIAN, "430725-reshi")))
    assert rows.filter(area_name="张店乡")["category"].to_list() == ["行政", "工勤", "事业"]
    bars = [trace for trace in drawn(rows)["data"] if trace["type"] == "bar"]
    assert sorted(len(trace["x"]) for trace in bars) == [1, 2, 2]  # 工勤 once, 行政 and 事业 in both


@pytest.mark.slow
def test_every_measure_survives_an_odd_choice(shipped):
    chance = random.Random(11)
    codes = every_place(shipped).filter(illustrative=False)["ref_area"].to_list()
    for slug, known in sorted(published(shipped).items()):
        if len(known) < 2:
            continue
        chosen = (*sorted(known)[:2], *chance.sample(codes, 4))
        rows = COMPARE.rows(shipped, Selection(indicator=slug, places=chosen))
        figure = drawn(rows)
        go.Figure(figure)
        finding = COMPARE.finding(rows)
        assert any(isinstance(part, Number) for part in finding.parts), slug
        assert faults(finding.plain()) == []
        assert [note for note in COMPARE.note(rows) if faults(note)] == []
        assert title(rows).endswith("？")
        assert not [box for box in boxes(figure, 350) if box.left < -1 or box.right > 351], slug


@pytest.mark.parametrize(
    ("indicator", "column", "said"),
    [
        ("staffing", "obs_value", "各栏按实有从多到少"),
        ("take_up", "obs_value", "按承接率从高到低"),
        ("post_structure", "share", "按行政占比从高到低"),
    ],
)
def test_what_comes_in_parts_goes_by_its_value_too_and_the_drawing_says_so(shipped, indicator, column, said):
    places = sorted(published(shipped)[indicator])
    both = [COMPARE.rows(shipped, Selection(indicator=indicator, places=tuple(chosen))) for chosen in (places, places[::-1])]
    for rows in both:
        first = rows.filter(pl.col("category") == "行政") if column == "share" else rows.filter(pl.col(column).is_not_null())
        panels = first.partition_by("axis", maintain_order=True)
        assert max(panel.height for panel in panels) > 3
        for panel in panels:
            assert panel[column].is_sorted(descending=True), panel["axis"][0]
        assert any(said in text for text in words_of(drawn(rows)))
        assert ORDER_OF_PARTS.format(order=said) in COMPARE.note(rows)
    alone = COMPARE.rows(shipped, Selection(indicator=indicator, places=(places[0],)))
    assert not any("按" in text and "从" in text for text in words_of(drawn(alone)))


PILOTS = ("山西第一批试点", "山西第二批试点", "云南试点", "普通县区（2019年机构改革）")


def words_of(figure):
    return [words["text"].removeprefix("<b>").removesuffix("</b>") for words in figure["layout"]["annotations"]]


def test_places_follow_each_other_by_what_they_have_after_the_reform_and_the_drawing_says_so(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="party_gov_bodies", cohorts=PILOTS))
    panel = rows.filter(axis=rows["axis"][0])
    places = panel["ref_area"].unique(maintain_order=True).to_list()
    assert panel["ref_area"].rle().len() == len(places)  # the rows of a place stand together
    after = dict(panel.filter(phase="after").select("ref_area", "obs_value").rows())
    shown = [after.get(place) for place in places]
    known = [value for value in shown if value is not None]
    assert known == sorted(known, reverse=True)
    assert None not in shown[: len(known)]  # only the start is known: last
    assert None in shown
    assert rows["axis"].to_list()[-1] == "未公布"
    assert any("按改革后从多到少" in text for text in words_of(drawn(rows)))
    assert any(note.startswith("排列：按改革后从多到少") and note.endswith("不是名次。") for note in COMPARE.note(rows))


def test_a_county_with_both_ends_is_one_row_whatever_stands_in_other_panels(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="party_gov_bodies", places=(HEQU, "141027", ZHANGDIAN, "632626")))
    figure = drawn(rows)
    said = words_of(figure)
    assert [text for text in said if text.startswith(("河曲县", "浮山县"))] == ["河曲县", "浮山县"]
    assert "−38.9%" in said
    assert any(text.startswith("○ 改革前　● 改革后") for text in said)


def test_places_that_published_nothing_are_all_named_in_the_drawing(shipped):
    silent = ("530902", "530921", "530922", "632626", "433126")
    rows = COMPARE.rows(shipped, Selection(indicator="institution_posts", places=(HEQU, *silent)))
    said = "".join(words_of(drawn(rows))).replace("<br>", "")
    for name in rows.filter(axis="未公布")["area_name"].to_list():
        assert name in said
    assert rows.filter(axis="未公布").height > 3


def test_a_measure_that_one_chosen_place_published_says_so(shipped):
    rows = COMPARE.rows(shipped, Selection(indicator="institution_posts", places=(HEQU, "140429", "632626")))
    said = COMPARE.finding(rows).plain()
    assert said.startswith("事业编制数，所选地区中只有一地公布，河曲县由1964名到659名（")
    assert said.endswith("未公布，没有可比的地区。")
    alone = COMPARE.finding(COMPARE.rows(shipped, Selection(indicator="institution_posts", places=(HEQU,)))).plain()
    assert "只有" not in alone


def test_many_places_are_said_with_those_that_published_both_ends_first(shipped):
    said = COMPARE.finding(COMPARE.rows(shipped, Selection(indicator="party_gov_bodies", cohorts=PILOTS))).plain()
    assert "前后都公布的由35～36个到22个（n＝3），只公布改革前的33个（n＝1），只公布改革后的35～37个（n＝10）" in said


@pytest.mark.parametrize("count", [1, 2, 25, 60])
def test_any_number_of_places_has_a_figure_that_fits_a_phone(shipped, count):
    codes = every_place(shipped).filter(illustrative=False)["ref_area"].to_list()
    rows = COMPARE.rows(shipped, Selection(indicator="party_gov_bodies", places=(HEQU, *codes)[:count]))
    assert not [box for box in boxes(drawn(rows), 350) if box.left < -1 or box.right > 351]
    assert faults(COMPARE.finding(rows).plain()) == []


def test_what_is_no_place_is_left_out_and_an_exam_says_that_it_is_one(shipped):
    exam = every_place(shipped).filter("illustrative").row(0, named=True)
    answer = picker.led(shipped, Selection(indicator=RATIO, places=(exam["ref_area"], "zzz", HEQU)))
    assert answer["note"] == f"地址中的“zzz”不在库中，已略去。{exam['label']}是考题或范本，不是真实地区，不参与比较，已略去。"
    assert answer["places"] == [HEQU]
    uncovered = picker.led(shipped, Selection(indicator=RATIO, places=("140429",)))
    assert uncovered["note"] == "地址中的“武乡县（140429）”不在库中，已略去。"
    junk = tuple(f"zz{number}" for number in range(60))
    assert picker.led(shipped, Selection(indicator=RATIO, places=junk))["note"] == (
        "地址中的60项（最前的是“zz0”）不在库中，已略去。"
    )
