"""The benchmarks say what they hold, in Chinese, and the runner finds them. Nothing is timed here."""

from __future__ import annotations

import importlib
import re

import duckdb
import pytest

from bench import __main__ as runner
from bench.load import http
from bench.many_facts import write
from bench.report import Line, percentile, tell
from bench.ten_million import step

CHINESE = re.compile("[一-鿿]")


@pytest.mark.parametrize("name", runner.names())
def test_a_benchmark_states_its_budget(name):
    module = importlib.import_module(f"bench.{name}")
    assert CHINESE.search(module.NAME)
    assert CHINESE.search(module.BUDGET)
    assert callable(module.main)


def test_the_budgets_of_the_design_are_all_held():
    assert {"page_weight", "first_chart", "callbacks", "ten_million"} <= set(runner.names())


def test_an_unknown_benchmark_is_refused():
    assert runner.main(["no-such"]) == 2


def test_a_missed_budget_is_exit_status_1(capsys):
    line = Line(item="重量", measured="冷 2 MB", budget="≤ 1.5 MB", kept=False)
    assert tell([line]) == 1
    said = capsys.readouterr().out
    assert all(word in said for word in ("项目", "实测", "预算", "是否达标", "未达标"))
    assert tell([Line(item="重量", measured="冷 1 MB", kept=True), Line(item="仅供参考", measured="1")]) == 0


def test_helpers():
    assert percentile([4, 1, 3, 2], 0.95) == 4
    assert http("POST", "/x", b"{}").endswith(b"Content-Length: 2\r\n\r\n{}")


def test_generated_facts_are_the_same_at_every_run(warehouse, tmp_path):
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        [path] = write(tmp_path / name, 400, warehouse)
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_generated_facts_are_loaded_as_the_build_loads_them(warehouse, tmp_path):
    """They have every column that the build's own SQL reads."""
    write(tmp_path, 400, warehouse)
    step("load", tmp_path)
    with duckdb.connect(str(tmp_path / "loaded.duckdb"), read_only=True) as db:
        assert db.execute("select count(*) from core.fact").fetchall() == [(400,)]
