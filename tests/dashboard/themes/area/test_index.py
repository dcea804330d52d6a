"""地区档案: what the list holds, also with the townships of a whole country."""

from dashboard.themes.area.index import MOST_LISTED, _listed


def place(ref_area: str, level: str, cohort: str | None = None):
    return {"ref_area": ref_area, "level": level, "cohort": cohort}


def test_the_townships_of_a_whole_country_are_not_listed_one_by_one():
    towns = [place(f"{number:09}", "township") for number in range(MOST_LISTED)]
    kept = [place("140930", "county"), place("zhangdian", "township", "乡镇样本")]
    listed, said = _listed([*kept, *towns])
    assert listed == kept
    assert f"另有{MOST_LISTED}个乡镇" in said.replace(" ", "").replace("\u2009", "").replace("\u202f", "").replace(",", "")
    assert _listed(towns) == (towns, "")
