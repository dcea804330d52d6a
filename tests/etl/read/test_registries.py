"""Registries and indicators are checked like facts: what is wrong, where, and the likely fix."""

from pathlib import Path
from typing import get_args

import pytest

from etl import codes
from etl.read.facts import DISCLOSURES, PHASES, PRECISIONS
from etl.read.inputs import check_file
from etl.read.registry import DIMENSIONS
from etl.read.sources import SHIPPED_CODES, Registries, read_registry

REGISTRY: dict[str, tuple[str, str, str, int, str, str]] = {
    # file, text replaced, by, line, column, words
    "unknown grade": ("sources.csv", ",A,,", ",甲,,", 3, "grade", "A、B、C、S"),
    "a url with blanks": ("sources.csv", "https://example.org/xiaokang", "见 附件", 5, "url", "不是网址"),
    "unknown level": ("areas.csv", "鲁山县,county", "鲁山县,conty", 5, "level", "county"),
    "unknown parent": ("areas.csv", "张店乡,township,410423", "张店乡,township,410424", 9, "parent", "410423"),
    "a parent that is its own child": ("areas.csv", "鲁山县,county,410000", "鲁山县,county,410423", 5, "parent", "成环"),
    "no parent": ("areas.csv", "河南省,province,CN", "河南省,province,", 3, "parent", "只有全国"),
    "a yes that is no yes": ("areas.csv", "山西某县,county,140000,山西省,,,,yes", "山西某县,county,140000,山西省,,,,也许", 8,
                             "anonymous", "yes"),
    "the same area twice": ("areas.csv", "410000,河南省", "CN,河南省", 3, "ref_area", "重复"),
    "an adcode of five digits": ("areas.csv", "鲁山县,410423", "鲁山县,41042", 5, "adcode", "6 位"),
    "unknown population basis": ("scopes.csv", "常住人口,常住", "常住人口,长住", 7, "population_basis", "常住"),
    "a date finer than said": ("events.csv", "2020-04,month", "2020-04,day", 2, "date_precision", "精度"),
    "unknown event kind": ("events.csv", "pilot_named", "pilot_name", 2, "kind", "pilot_named"),
    "an event without a source": ("events.csv", "weekly2022", "weekly2020", 2, "source_id", "weekly2022"),
    "a coefficient that is no number": ("identity_terms.csv", "lhs,1,410423", "lhs,一,410423", 2, "coefficient", "数字"),
    "a term of no identity": ("identity_terms.csv", "hequ-posts,rhs", "hequ-post,rhs", 13, "identity_id", "hequ-posts"),
    "a sum without its other side": ("identity_terms.csv", "hequ-posts,rhs", "hequ-posts,lhs", 6, "relation", "rhs"),
    "an unknown cohort": ("areas.csv", "忻州市,河曲县,140930,,山西第一批试点", "忻州市,河曲县,140930,,山西第一批", 6, "cohort", "山西第一批试点"),
    "an unknown role": ("cohorts.csv", "试点,pilot", "试点,piolt", 2, "role", "pilot"),
    "a cohort without a place in the list": ("cohorts.csv", "2020-04,1,", "2020-04,,", 2, "position", "不能为空"),
    "a cohort twice": ("cohorts.csv", "乡镇样本", "山西第一批试点", 3, "cohort", "第 2 行重复"),
    "a term without a meaning": ("terms.csv", "在编实有除以编制。", "", 3, "definition_zh", "不能为空"),
    "a term that takes a page to explain": ("terms.csv", "在编实有除以编制。", "长" * 81, 3, "definition_zh", "不超过 80 个字"),
    "a term twice": ("terms.csv", "满编率", "编制", 3, "term", "第 2 行重复"),
    "a spelling of two terms": ("terms.csv", "实有人数；实有人员", "实有人数；人员编制", 4, "aliases", "“人员编制”已经是“编制”的写法"),
    "the same as an unknown place": ("areas.csv", "按特征是河曲县,140930", "按特征是河曲县,140931", 16, "same_as", "140930"),
    "a named place that is another": ("areas.csv", "140926,,,,没有事实的地区,", "140926,,,,没有事实的地区,140930", 7, "same_as",
                                      "anonymous 填 yes"),
    "the same as a place without a name": ("areas.csv", "按特征是河曲县,140930", "按特征是河曲县,shanxi-anon", 16, "same_as",
                                           "点了名"),
    "unknown nature of a scope": ("scopes.csv", "党政机构,limit", "党政机构,limits", 16, "nature", "limit"),
    "unknown fault": ("identities.csv", "between_sources", "between_source", 6, "fault", "between_sources"),
    "the same event twice": ("events.csv", "2022-08-31,day,completed", "2020-04,month,pilot_named", 3, "ref_area", "全同的行只能有一行"),
    "a conflict over an unknown scope": ("conflict_topics.csv", "户籍人口;七普", "户籍人数;七普", 3, "members", "户籍人口"),
}  # fmt: skip


@pytest.mark.parametrize("case", REGISTRY.values(), ids=REGISTRY.keys())
def test_registries_are_checked(sources: Path, case: tuple[str, str, str, int, str, str]):
    file, old, new, line, column, words = case
    path = sources / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, problems = check_file(sources, sources)
    places = {(problem.line, problem.column): str(problem) for problem in problems}
    assert column in {place[1] for place in places}, places
    assert words in places.get((line, column), str(places))


TOML: dict[str, tuple[str, str, str | None, str]] = {
    "no unit": ('unit_measure = "人"\n', "", "unit_measure", "不能为空"),
    "an unknown key": ('unit_measure = "人"', 'unit_measure = "人"\nunits = "人"', "units", "不认识"),
    "an unknown direction": ('direction = "neutral"', 'direction = "netural"', "direction", "neutral"),
    "decimals as text": ("decimals = 0", 'decimals = "零"', "decimals", "整数"),
    "a rank that does not say which way": ("decimals = 0\n", "decimals = 0\nrankable = true\n", "direction_zh", "数字大负担轻"),
    "a way to rank what is not ranked": (
        "decimals = 0\n",
        'decimals = 0\ndirection_zh = "数字大人口多"\n',
        "direction_zh",
        "加上 rankable = true",
    ),
    "a rank in words": ("decimals = 0\n", 'decimals = 0\nrankable = "是"\n', "rankable", "不加引号"),
    "a string never closed": ('name_zh = "常住人口"', 'name_zh = "常住人口', None, "引号"),
    "a capital slug": ("[population_resident]", "[Population]", "indicator", "小写"),
}


@pytest.mark.parametrize(("old", "new", "column", "words"), TOML.values(), ids=TOML.keys())
def test_indicators_are_checked(sources: Path, old: str, new: str, column: str | None, words: str):
    path = sources / "indicators.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    _, problems = check_file(path, sources)
    problem = next(problem for problem in problems if problem.column == column)
    assert words in str(problem)
    assert problem.line is not None
    assert problem.line <= 10


CODE_LISTS = {
    "phase": codes.Phase, "precision": codes.Precision, "grade": codes.Grade, "disclosure": codes.Disclosure,
    "level": codes.Level, "direction": codes.Direction, "nature": codes.Nature, "role": codes.Role,
    "event_kind": codes.EventKind, "fault": codes.Fault,
}  # fmt: skip


def test_every_code_has_a_word_and_every_word_a_code():
    registries = Registries()
    read_registry(SHIPPED_CODES, "code", registries)
    words: dict[str, set[str]] = {}
    for word in registries.records("code"):
        words.setdefault(word.code_list, set()).add(word.code)
    assert registries.problems == []
    del words["measure"]  # a vocabulary of its own: a measure is checked against the register, not against a type
    del words["standing"]  # made by SQL, not written by hand: how a claim stands to the others of its contest
    del words["filed"]  # made by SQL as well: whether a county was reported of
    assert words == {name: set(get_args(type_)) for name, type_ in CODE_LISTS.items()} | {"dimension": set(DIMENSIONS)}


def test_a_fact_may_hold_the_codes_and_no_others():
    lists = map(get_args, (codes.Phase, codes.Precision, codes.Disclosure))
    assert tuple(lists) == (PHASES, PRECISIONS, DISCLOSURES)


def test_a_code_that_stands_twice_is_refused(sources: Path):
    text = SHIPPED_CODES.read_text(encoding="utf-8")
    (sources / "codes.csv").write_text(text + "phase,before,以前,9\n", encoding="utf-8")
    _, problems = check_file(sources, sources)
    assert "code_list、code 全同的行只能有一行" in "\n".join(map(str, problems))


def test_a_scope_that_leaves_out_an_unknown_place_is_named_with_a_likely_one(sources: Path):
    head, first, *others = (sources / "scopes.csv").read_text(encoding="utf-8").splitlines()
    spoilt = [f"{head},left_out", f"{first},410000;410424", *(f"{line}," for line in others)]
    (sources / "scopes.csv").write_text("\n".join([*spoilt, ""]), encoding="utf-8")
    _, problems = check_file(sources, sources)
    [told] = [problem for problem in problems if problem.column == "left_out"]
    assert told.line == 2
    assert "没有登记过的地区“410424”" in str(told)
    assert "410423" in str(told)


def test_a_misspelt_registry_is_not_ignored(sources: Path):
    (sources / "source.csv").write_text("x", encoding="utf-8")
    _, problems = check_file(sources, sources)
    assert "sources.csv" in str(problems[0])


def test_a_folder_in_the_place_of_a_file_is_said(sources: Path):
    (sources / "scopes.csv").unlink()
    (sources / "scopes.csv").mkdir()
    _, problems = check_file(sources, sources)
    assert "scopes.csv：这是一个文件夹" in "\n".join(map(str, problems))
