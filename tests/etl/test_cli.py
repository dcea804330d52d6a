"""python -m etl, as a user meets it: Chinese throughout, quick help, honest exit statuses, a quiet stderr."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import app
from tests.conftest import FIXTURE

ROOT = Path(__file__).parents[2]
# What may stand in Latin letters: the command itself, its options, file names, Chinese cannot replace them.
ALLOWED = re.compile(
    r"python -m \w+|etl/sources|docs/data-dictionary\.md|exports/填报模板\.xlsx|docs/scale\.md|[\w.]+\.(?:duckdb|csv|toml)|--[a-z-]+|"
    r"\b(?:build|check|template|import|diff|show|verify|dictionary|PNG|SVG|XLSX|XLS|ODS|CSV|TOML|JSON|DOCX|PPTX|mart\.staffing|zh|"
    r"duckdb|spark|Spark|local)\b"
)
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], prog_name="python -m etl")


def python_m_etl(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "etl", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["build", "--help"],
        ["check", "--help"],
        ["template", "--help"],
        ["import", "--help"],
        ["diff", "--help"],
        ["show", "--help"],
        ["verify", "--help"],
        ["dictionary", "--help"],
    ],
)
def test_help_is_chinese_to_the_last_word(words: list[str]):
    result = run(*words)
    assert result.exit_code == 0
    assert "用法：python -m etl" in result.output
    assert "显示这份说明" in result.output
    assert ENGLISH.findall(ALLOWED.sub("", result.output)) == []


USAGE: dict[str, tuple[list[str], str]] = {
    "no command": ([], "命令："),
    "a misspelt command": (["biuld"], "build"),
    "an unknown command": (["frobnicate"], "可用：build、check、template、import、diff、show"),
    "a misspelt option": (["build", "--taget", "x"], "--target"),
    "an option without its value": (["build", "--target"], "后面要写一个值"),
    "a missing argument": (["diff", "a.duckdb"], "缺少 新文件"),
    "no file": (["check"], "缺少 文件"),
    "an argument too many": (["show", "mart.fact", "core.fact"], "多写了参数"),
}


@pytest.mark.parametrize(("words", "said"), USAGE.values(), ids=USAGE.keys())
def test_faulty_usage_is_status_2_in_chinese(words: list[str], said: str):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.output
    assert "Usage" not in result.output
    assert "Error" not in result.output


@pytest.mark.slow
def test_build_check_show_and_diff_end_to_end(sources: Path, tmp_path: Path):
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    for target in (old, new):
        built = python_m_etl("build", "--target", target, "--sources", sources, "--fingerprints", tmp_path / "prints.csv")
        assert (built.returncode, built.stderr) == (0, "")
        assert re.fullmatch(r"已生成 .+：\d+ 个事实，9 个来源，\d+ 项检查全部通过\n", built.stdout)
    assert (tmp_path / "prints.csv").is_file()
    same = python_m_etl("diff", old, new)
    assert (same.returncode, same.stdout, same.stderr) == (0, "两个数据仓库的事实完全相同\n", "")
    shown = python_m_etl("show", "zh.编制与实有", "--warehouse", new)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "满编率" in shown.stdout
    checked = python_m_etl("check", sources, sources / "facts" / "ratio.csv", "--sources", sources)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout.count("没有问题") == 2


def test_faulty_input_is_status_1_with_every_problem(sources: Path, tmp_path: Path):
    path = sources / "facts" / "ratio.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("shanxi-anon", "shanxi-annon"), encoding="utf-8")
    for command in (["check", path], ["build", "--target", tmp_path / "w.duckdb"]):
        result = run(*command, "--sources", sources)
        assert result.exit_code == 1
        assert result.output.count("没有登记过的地区") == 3
        assert "第 2 行 “ref_area”列" in result.output
        assert "是否想写“shanxi-anon”" in result.output
    assert not (tmp_path / "w.duckdb").exists()


def test_show_finds_tables_by_any_name_and_keeps_internal_facts_to_itself(warehouse: Path):
    assert "满编率" in run("show", "staffing", "--warehouse", warehouse).output
    facts = run("show", "core.fact", "--warehouse", warehouse)
    assert "原文：来源里的原话" in facts.output.replace("\n", "")
    assert "内部台账" not in facts.output
    assert "mart.staffing" in run("show", "stafing", "--warehouse", warehouse).output
    assert run("show", "fact", "--warehouse", warehouse).exit_code == 1
    assert run("show", "core.fact", "--warehouse", FIXTURE / "areas.csv").exit_code == 1
    assert run("show", "core.fact", "--warehouse", "nowhere.duckdb").exit_code == 1


def test_the_command_line_loads_without_the_heavy_libraries():
    heavy = {"polars", "duckdb", "dataframely", "rich.table"}
    code = f"import sys, etl.__main__; print({heavy} & set(sys.modules) or 'none')"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "none"
