"""What a place did: the register measures.csv, its checks, and the tables that are made of it."""

from pathlib import Path

import duckdb
import pytest

from etl.read.inputs import check_file

BAD_ROWS: dict[str, tuple[str, str, int, str, str]] = {
    # text replaced, by, line, column, words
    "unknown place": ("410423,2012", "410424,2012", 3, "ref_area", "410423"),
    "unknown source": ("weekly2022", "weekly2021", 2, "source_id", "weekly2022"),
    "unknown code": ("merge_bodies", "merge_bodis", 2, "measure", "merge_bodies"),
    "the word in place of its code": ("merge_bodies", "机构整合", 2, "measure", "代码是 merge_bodies"),
    "a code that nobody registered": ("merge_bodies", "zzzz", 2, "measure", "codes.csv"),
    "a Chinese date": ("140930,2022-08,", "140930,2022年8月,", 2, "date", "2022-08"),
    "a date finer than its precision": ("2022-08,,month", "2022-08,,year", 2, "date_precision", "month"),
    "no date, yet a precision": ("2022-08,,month", "_U,,month", 2, "date_precision", "unstated"),
    "an end before the beginning": ("2012,2013", "2012,2011", 3, "date_end", "晚于"),
    "an end of another precision": ("2012,2013", "2012,2013-05", 3, "date_end", "同样的精度"),
    "an end without a beginning": ("2012,2013,year", "_U,2013,unstated", 3, "date_end", "留空"),
    "a yes that is no yes": (",yes,", ",也许,", 3, "proposed", "yes"),
    "a passage in place of a sentence": ("拟建9个区域农技站", "拟建9个区域农技站" * 8, 3, "statement_zh", "自己的话"),
    "nothing said": ("党政机构由36个并为22个", "", 2, "statement_zh", "不能为空"),
    "no place in a source without address": (",正文,", ",,", 3, "locator", "写明出处位置"),
}  # fmt: skip


def check(sources: Path, old: str, new: str) -> dict[tuple[int | None, str | None], str]:
    """What is wrong with the fixture's measures.csv once `old` is `new`: line and column → the words."""
    path = sources / "measures.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    _, problems = check_file(path, sources)
    return {(problem.line, problem.column): str(problem) for problem in problems}


@pytest.mark.parametrize("fault", BAD_ROWS)
def test_a_bad_row_is_named_with_its_remedy(sources: Path, fault: str):
    old, new, line, column, words = BAD_ROWS[fault]
    found = check(sources, old, new)
    assert words in found.get((line, column), str(found))


def test_a_row_entered_twice_is_named(sources: Path):
    path = sources / "measures.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    _, problems = check_file(path, sources)
    (problem,) = problems
    assert (problem.line, problem.column) == (4, "ref_area")
    assert "与第 2 行重复" in str(problem)


def test_the_sound_register_is_accepted_and_counted(sources: Path):
    assert check_file(sources / "measures.csv", sources) == ("2 条登记", [])


def test_a_span_of_years_keeps_both_ends_and_a_plan_is_marked(warehouse: Path):
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(
            "select area_name, measure_zh, year, cast(period_start as varchar), cast(period_end as varchar), proposed, url is null "
            "from mart.measure order by ref_area"
        ).fetchall()
    assert rows == [
        ("河曲县", "机构整合", 2022, "2022-08-01", "2022-08-31", False, False),
        ("鲁山县", "农技体系", 2012, "2012-01-01", "2013-12-31", True, True),
    ]
