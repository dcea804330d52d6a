"""The audit log: nothing is changed, taken out, put in or cut off unnoticed; a loss of power is no alarm."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.access import audit as logs
from dashboard.access.audit import AuditError, AuditLog
from dashboard.settings import ROOT


@pytest.fixture
def log(tmp_path):
    made = AuditLog(tmp_path / "audit")
    for number in range(5):
        made.add("queried", who="张三", where="10.0.0.8", sql=f"select {number}")
    return made


def only(log) -> logs.Path:
    [path] = log._paths()
    return path


def test_lines_say_who_did_what_when_and_from_where(log):
    first = next(log.lines())
    assert (first["who"], first["what"], first["where"], first["details"]) == ("张三", "queried", "10.0.0.8", {"sql": "select 0"})
    assert first["at"].endswith("+00:00")
    assert log.checked() == 5


def changed(lines):
    lines[2] = lines[2].replace("select 2", "select 9")
    return lines


def forged(lines):
    line = json.loads(lines[2])
    line["who"] = "李四"
    del line["digest"]
    line["digest"] = logs._digest(line)
    return [*lines[:2], logs._text(line), *lines[3:]]


@pytest.mark.parametrize(
    ("spoil", "at"),
    [
        (changed, 3), (forged, 4), (lambda lines: [*lines[:2], *lines[3:]], 3), (lambda lines: [*lines[:3], lines[2], *lines[3:]], 4),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1), (lambda lines: [*lines[:2], "{}", *lines[2:]], 3),
        (lambda lines: [*lines[:2], "x", *lines[2:]], 3), (lambda lines: [*lines[:2], "[1]", *lines[2:]], 3),
    ],
    ids=["changed", "forged", "taken out", "twice", "other order", "empty", "no json", "a list"],
)  # fmt: skip
def test_a_change_is_found_at_its_line(log, spoil, at):
    path = only(log)
    path.write_text("".join(f"{line}\n" for line in spoil(path.read_text().splitlines())))
    with pytest.raises(AuditError, match=f"第 {at} 行"):
        log.checked()


def test_lines_cut_off_at_the_end_are_missed(log):
    path = only(log)
    path.write_text("".join(f"{line}\n" for line in path.read_text().splitlines()[:3]))
    with pytest.raises(AuditError, match="应有 5 行，现有 3 行"):
        log.checked()


def test_a_whole_file_that_is_gone_is_missed(log):
    only(log).unlink()
    with pytest.raises(AuditError, match="应有 5 行，现有 0 行"):
        log.checked()


def test_power_that_went_before_the_note_of_a_line_is_no_alarm(log, tmp_path):
    head = tmp_path / "audit" / "head"
    before = head.read_text()
    log.add("queried", who="张三")
    head.write_text(before)
    assert log.checked() == 6
    log.add("queried", who="张三")
    assert log.checked() == 7


def test_half_a_line_of_a_lost_power_is_taken_away_by_the_next(log):
    path = only(log)
    with path.open("a") as file:
        file.write('{"number": 6, "wh')
    log.add("signed_out", who="张三")
    assert log.checked() == 6
    assert [line["number"] for line in log.lines()] == [1, 2, 3, 4, 5, 6]


def test_the_chain_goes_on_over_files(tmp_path):
    log = AuditLog(tmp_path / "audit", largest=600)
    for number in range(12):
        log.add("queried", who="张三", sql="x" * number)
    assert len(log._paths()) > 3
    assert log.checked() == 12
    log._paths()[1].unlink()
    with pytest.raises(AuditError, match="接不上"):
        log.checked()


def test_many_hands_write_one_chain(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: AuditLog(tmp_path / "audit").add("queried", who=str(number)), range(60)))
    log = AuditLog(tmp_path / "audit")
    assert log.checked() == 60
    assert sorted(int(line["who"]) for line in log.lines()) == list(range(60))


def test_a_long_detail_is_bounded_and_says_so(log):
    log.add("queried", who="张三", sql="字" * 90_000)
    *_, last = log.lines()
    assert last["details"]["sql"].endswith("（原长 90000 字符）")
    assert log.checked() == 6


def test_text_of_any_kind_is_one_line(log):
    log.add("failed", who='a"\n\u2028\ud800\x00', where="::1", path="/%0a\r\n")
    assert log.checked() == 6


def test_a_log_that_cannot_be_written_is_a_sentence(log, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logs.os, "fsync", full)
    with pytest.raises(AuditError, match="写不进去"):
        log.add("queried", who="张三")


def test_everything_that_is_logged_has_a_word():
    """Of the code: the deeds and details that are named where something is logged."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "dashboard").rglob("*.py"))
    calls = re.findall(r"(?:\btold|_note|audit\.add|\.add)\(\s*\"(\w+)\",([^()]*(?:\([^()]*\)[^()]*)*)\)", code)
    logged = {deed: set(re.findall(r"(\w+)=", rest)) - {"who", "where"} for deed, rest in calls if deed in logs.DEEDS}
    assert logged.keys() >= {"exported", "queried", "checked", "administered", "signed_in", "refused"}
    assert set().union(*logged.values()) <= logs.DETAILS.keys()


def test_a_line_in_words(log):
    log.add("exported", who="张三", where="10.0.0.8", card="x", facts=["F1", "F2"], everywhere=True, newer=1)
    *_, last = log.lines()
    told = logs.in_words(last)
    assert (told.who, told.what, told.where) == ("张三", "导出", "10.0.0.8")
    assert told.details == (("图表", "x"), ("事实", "F1、F2"), ("所有地方", "是"), ("newer", "1"))
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", told.at)
    assert logs.in_words({"details": [1]}).details == ()


def test_time_is_told_by_the_clock_on_the_wall(monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert logs.in_words({"at": "2026-12-01T16:30:05.123+00:00"}).at == "2026-12-02 00:30:05"
        assert logs.in_words({"at": "昨天"}).at == "昨天"
    finally:
        monkeypatch.undo()
        time.tzset()
