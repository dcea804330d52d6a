"""Every kind of broken input is read correctly or explained in Chinese with file, row and column; never a traceback."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from etl.__main__ import app
from etl.facts import COLUMNS
from etl.inputs import check_file
from tests.conftest import FIXTURE

ROW = {
    "ref_area": "140926",
    "indicator": "party_gov_bodies",
    "phase": "before",
    "time_period": "2020",
    "obs_value": "36",
    "unit_measure": "个",
    "precision": "exact",
    "as_stated": "党政机构36个",
    "scope": "党政机构",
    "source_id": "weekly2022",
    "locator": "第3段",
}
AFTER = ROW | {"phase": "after", "obs_value": "22", "as_stated": "精简为22个"}


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, end: str = "\n", **dialect: Any) -> str:
    """CSV text of facts; ROW and AFTER when no row is given."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator=end, **dialect)
    writer.writeheader()
    writer.writerows(rows or (ROW, AFTER))
    return text.getvalue()


def changed(**cells: str) -> str:
    """Two rows, the second (line 3) with some cells changed."""
    return table(ROW, AFTER | cells)


CODECS = ["utf-8", "gb18030", "utf-16", "utf-16-le"]
HEADER, FIRST, SECOND = table().splitlines()
WITHOUT_SCOPE = tuple(column for column in COLUMNS if column != "scope")

READ: dict[str, bytes] = {
    "plain UTF-8": table().encode(),
    "UTF-8 with byte-order mark": table().encode("utf-8-sig"),
    "GB18030": table().encode("gb18030"),
    "GBK as saved by a Chinese spreadsheet": table(end="\r\n").encode("gbk"),
    "UTF-16 with mark, tabs: Excel's Unicode text": table(delimiter="\t", end="\r\n").encode("utf-16"),
    "UTF-16 big-endian with mark": b"\xfe\xff" + table().encode("utf-16-be"),
    "UTF-16 without mark": table().encode("utf-16-le"),
    "CRLF": table(end="\r\n").encode(),
    "CR only": table(end="\r").encode(),
    "no newline at the end": table().rstrip("\n").encode(),
    "blank lines before, between and after": f"\n\n{HEADER}\n\n{FIRST}\n,,,\n{SECOND}\n\n\n\n".encode(),
    "semicolons": table(delimiter=";").encode(),
    "columns in another order": table(columns=tuple(reversed(COLUMNS))).encode(),
    "header in capitals, with blanks around": table().replace("ref_area,indicator", " REF_AREA , Indicator ").encode(),
    "empty columns to the right, left by a spreadsheet": "\n".join(line + ",,," for line in table().splitlines()).encode(),
    "every cell quoted": table(quoting=csv.QUOTE_ALL).encode(),
    "a comma and a line break inside quotes": changed(note="甲，乙,\n丙").encode(),
    "full-width digits": changed(obs_value="２２", time_period="２０２２－０８", ref_area="１４０９２６").encode(),
    "a real minus sign": changed(phase="change", obs_value="−14", as_stated="减少14个").encode(),
    "full-width blanks around cells": changed(ref_area="　140926 ", unit_measure="个　").encode(),
    "non-breaking and zero-width blanks": changed(scope="\u00a0党政机构\u200b").encode(),
    "period not stated": changed(time_period="_U").encode(),
}

# bytes, line, column, words of the message or the fix
REFUSED: dict[str, tuple[bytes, int | None, str | None, str]] = {
    "empty file": (b"", None, None, "文件是空的"),
    "only blanks": (b" \n\n \r\n", None, None, "文件是空的"),
    "a byte-order mark and nothing else": (b"\xef\xbb\xbf", None, None, "文件是空的"),
    "NUL bytes": (table().replace("exact", "ex\x00ct", 1).encode(), 2, None, "NUL"),
    "an Excel workbook": (b"PK\x03\x04" + bytes(200), None, None, "Excel"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0" + bytes(200), None, None, "Excel"),
    "a PDF": (b"%PDF-1.7\n" + bytes(50), None, None, "PDF"),
    "one broken byte in a UTF-8 file": (
        "\n".join([HEADER, FIRST, *[SECOND] * 3]).encode().replace("精简".encode(), b"\xe7\xb2", 1), 3, None, "UTF-8"
    ),
    "neither UTF-8 nor GB18030": (HEADER.encode() + b"\n" + b"\xff\xff\x80\xff," * 22 + b"\n", 2, None, "编码无法识别"),
    "a 10 MB line": ((HEADER + "\n" + "字" * 3_500_000 + "\n" + SECOND).encode(), 2, None, "不像是表格的一行"),
    "a 10 kB cell": (changed(note="字" * 10_000).encode(), 3, "note", "超过"),
    "no header": (f"{FIRST}\n{SECOND}\n".encode(), 1, "ref_area", "缺少这一列"),
    "a header and nothing known": (b"a,b,c\n1,2,3\n", 1, "ref_area", "缺少这一列"),
    "missing column": (table(columns=WITHOUT_SCOPE).encode(), 1, "scope", "缺少这一列"),
    "misspelt column": (table().replace("obs_value", "obs_vaule", 1).encode(), 1, "obs_value", "obs_vaule"),
    "extra column": (table(columns=(*COLUMNS, "remark")).encode(), 1, "remark", "不认识的列"),
    "duplicate column": (table().replace(",note", ",scope", 1).encode(), 1, "scope", "出现了两次"),
    "a column without a name": (table().replace(",note", "", 1).replace(",", ",,", 1).encode(), 1, None, "没有列名"),
    "a row too short": (f"{HEADER}\n{FIRST}\n140926,party_gov_bodies\n".encode(), 3, None, "少 20 格"),
    "a row too long": (f"{HEADER}\n{FIRST}\n{SECOND},多余\n".encode(), 3, None, "多出 1 格"),
    "a quote never closed": (f'{HEADER}\n"{FIRST}\n{SECOND}\n'.encode(), 2, None, "引号不配对"),
    "text after a closing quote": (f'{HEADER}\n{FIRST}\n"140926"x{SECOND[6:]}\n'.encode(), 3, None, "引号"),
    "unknown area": (changed(ref_area="140927").encode(), 3, "ref_area", "140926"),
    "a name in place of a code": (changed(ref_area="静乐县").encode(), 3, "ref_area", "没有登记过的地区"),
    "unknown indicator": (changed(indicator="party_gov_body").encode(), 3, "indicator", "party_gov_bodies"),
    "unknown scope": (changed(scope="党政机关").encode(), 3, "scope", "党政机构"),
    "unknown source": (changed(source_id="weekly2021").encode(), 3, "source_id", "weekly2022"),
    "unknown unit": (changed(unit_measure="家").encode(), 3, "unit_measure", "个"),
    "text in a number": (changed(obs_value="约22").encode(), 3, "obs_value", "不是数字"),
    "thousands separators": (changed(obs_value="1,964").encode(), 3, "obs_value", "写成 1964"),
    "a percent sign in a number": (changed(obs_value="38%").encode(), 3, "obs_value", "只写 38"),
    "万 in a number": (changed(obs_value="3.9万").encode(), 3, "obs_value", "完整数字"),
    "scientific notation": (changed(obs_value="1e3").encode(), 3, "obs_value", "不是数字"),
    "nan": (changed(obs_value="nan").encode(), 3, "obs_value", "不是数字"),
    "no value": (changed(obs_value="").encode(), 3, "obs_value", "不能写 0"),
    "a day that does not exist": (changed(time_period="2022-02-30").encode(), 3, "time_period", "没有这一天"),
    "a Chinese date": (changed(time_period="2022年8月").encode(), 3, "time_period", "2022-08"),
    "a year of another age": (changed(time_period="20222").encode(), 3, "time_period", "日期要写成"),
    "no period": (changed(time_period="").encode(), 3, "time_period", "_U"),
    "unknown phase": (changed(phase="aftr").encode(), 3, "phase", "after"),
    "no phase": (changed(phase="").encode(), 3, "phase", "point"),
    "unknown precision": (changed(precision="约数").encode(), 3, "precision", "approx"),
    "unknown disclosure": (changed(disclosure="秘密").encode(), 3, "disclosure", "internal"),
    "no locator, and the source has no address": (changed(source_id="census2020", locator="").encode(), 3, "locator", "出处"),
    "the wording gainsays the precision": (changed(as_stated="近22个", precision="at_least").encode(), 3, "as_stated", "精度"),
    "the same fact twice": (table(ROW, AFTER, AFTER).encode(), 4, "ref_area", "第 3 行"),
}  # fmt: skip


@pytest.fixture
def draft(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "来稿.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("content", READ.values(), ids=READ.keys())
def test_read_correctly(draft, content: bytes):
    words, problems = check_file(draft(content), FIXTURE)
    assert problems == []
    assert words == "2 个事实"


@pytest.mark.parametrize(("content", "line", "column", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_row_column_and_fix(draft, content: bytes, line: int | None, column: str | None, words: str):
    _, problems = check_file(draft(content), FIXTURE)
    found = [problem for problem in problems if words in str(problem)]
    assert found, [str(problem) for problem in problems]
    problem = found[0]
    assert problem.file.endswith("来稿.csv")
    assert (problem.line, problem.column) == (line, column)
    assert problem.fix
    assert len(str(problem)) < 500


def test_there_are_at_least_forty_kinds():
    assert len(REFUSED) >= 40


def test_full_width_digits_are_the_number_itself(draft):
    from etl.inputs import check_facts
    from etl.sources import read_registries

    path = draft(READ["full-width digits"])
    facts = check_facts({"来稿.csv": path}, read_registries(FIXTURE), [])
    assert facts.filter(facts["phase"] == "after")["obs_value"].to_list() == [22.0]
    assert facts["time_period"].to_list() == ["2020", "2022-08"]


def test_all_errors_of_a_file_are_told_at_once(draft):
    content = table(
        ROW | {"ref_area": "140927", "obs_value": "三十六"}, AFTER | {"unit_measure": "家", "time_period": "2022-13"}
    ).encode()
    _, problems = check_file(draft(content), FIXTURE)
    assert {(problem.line, problem.column) for problem in problems} >= {
        (2, "ref_area"), (2, "obs_value"), (3, "unit_measure"), (3, "time_period"),
    }  # fmt: skip


def test_a_quote_never_closed_spoils_one_row_only(draft):
    content = f'{HEADER}\n"{FIRST}\n{SECOND}\n{SECOND.replace("2020", "2020-13")}\n'.encode()
    _, problems = check_file(draft(content), FIXTURE)
    assert {problem.line for problem in problems} == {2, 4}


def test_a_fact_that_the_sources_already_hold_is_a_duplicate(draft):
    original = (FIXTURE / "facts" / "ratio.csv").read_bytes()
    _, problems = check_file(draft(original), FIXTURE)
    assert len(problems) == 6
    assert "facts/ratio.csv 第 2 行" in str(problems[0])


@pytest.mark.parametrize(
    ("kind", "words"), [("missing", "不存在"), ("folder", "没有找到"), ("pipe", "普通文件"), ("closed", "权限")]
)
def test_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, words: str):
    path = tmp_path / "facts.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "closed":  # no file is closed to root, who may be running this
        path.write_text(table(), encoding="utf-8")
        reading = Path.read_bytes
        monkeypatch.setattr(Path, "read_bytes", lambda self: refuse() if self == path else reading(self))
    _, problems = check_file(path, FIXTURE)
    assert any(words in str(problem) for problem in problems)


def refuse() -> bytes:
    raise PermissionError(13, "Permission denied")


def test_a_folder_in_the_place_of_a_file_is_said(sources: Path):
    (sources / "scopes.csv").unlink()
    (sources / "scopes.csv").mkdir()
    _, problems = check_file(sources, sources)
    assert "scopes.csv：这是一个文件夹" in "\n".join(map(str, problems))


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(
    content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode), at=st.integers(0, 600), codec=st.sampled_from(CODECS)
)
def test_whatever_the_bytes_there_is_an_answer(tmp_path_factory, content: bytes, at: int, codec: str):
    """Random bytes, alone and spliced into a sound file: rows or problems that can be printed, never an exception."""
    sound = table().encode(codec)
    path = tmp_path_factory.getbasetemp() / "fuzzed.csv"
    for spoilt in (content, sound[:at] + content + sound[at:], sound[:at] + content + sound[at + len(content) :]):
        path.write_bytes(spoilt)
        _, problems = check_file(path, FIXTURE)
        assert all(problem.message and "\n" not in str(problem) for problem in problems)


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


def test_a_misspelt_registry_is_not_ignored(sources: Path):
    (sources / "source.csv").write_text("x", encoding="utf-8")
    _, problems = check_file(sources, sources)
    assert "sources.csv" in str(problems[0])


@pytest.mark.parametrize("kind", ["a 10 MB line", "UTF-16 without mark", "NUL bytes", "neither UTF-8 nor GB18030", "empty file"])
def test_the_command_line_never_shows_a_traceback(draft, kind: str):
    content = READ.get(kind) or REFUSED[kind][0]
    result = CliRunner().invoke(app, ["check", str(draft(content)), "--sources", str(FIXTURE)])
    assert result.exit_code == (0 if kind in READ else 1)
    assert "Traceback" not in result.output
    assert "来稿.csv" in result.output
