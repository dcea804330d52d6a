"""Every command line of the project, as somebody meets it who makes every mistake: Chinese to the last word, with the right status."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner, Result

from bench.__main__ import benchmarks
from bench.__main__ import names as benchmark_names
from commandline.chinese import FILE, INTERRUPTED, Command, Group
from dashboard.__main__ import main as serve
from dashboard.access.commands import user
from dashboard.paper.__main__ import app as paper
from dashboard.sandbox.__main__ import main as sandbox
from dashboard.settings import ROOT
from etl.__main__ import app as etl

LINES: dict[str, click.Command] = {
    "python -m etl": etl,
    "python -m dashboard": serve,
    "python -m dashboard.paper": paper,
    "python -m dashboard.sandbox": sandbox,
    "python -m bench": benchmarks,
}
Words = tuple[str, ...]
# What Chinese has no other word for: commands, options, files and folders, tables, formats, keys.
ALLOWED = re.compile(
    r"python -m [\w.]+|--[a-z-]+|spark=local\[2\]|[\w./-]+\.(?:duckdb|csv|toml|md|xlsx|zip)\b|\b(?:etl/sources|exports|mart\.staffing|zh)\b|"
    r"\b(?:duckdb|spark|Spark|PNG|SVG|CSV|XLSX|XLS|ODS|TOML|JSON|DOCX|PPTX|PPT|PDF|Word)\b|Ctrl\+C|1<=x<=\d+|"
    rf"\b(?:{'|'.join([*etl.commands, *paper.commands, *serve.commands, *user.commands, *benchmark_names()])})\b"
)
LATIN = re.compile(r"[A-Za-z]+")


def commands() -> Iterator[tuple[str, Words, click.Command]]:
    """Line, name within it, and command; a group comes before its commands."""
    for line, command in LINES.items():
        yield from within(line, (), command)


def within(line: str, name: Words, command: click.Command) -> Iterator[tuple[str, Words, click.Command]]:
    yield line, name, command
    if isinstance(command, click.Group):
        for below, one in command.commands.items():
            yield from within(line, (*name, below), one)


COMMANDS = [pytest.param(*one, id=" ".join((one[0], *one[1]))) for one in commands()]


def run(line: str, *words: str, **environment: str) -> Result:
    return CliRunner().invoke(LINES[line], words, prog_name=line, env=environment)


def english(output: str, *typed: str) -> list[str]:
    for word in typed:
        output = output.replace(word, "")
    return LATIN.findall(ALLOWED.sub("", output))


@pytest.mark.parametrize(("line", "name", "command"), COMMANDS)
@pytest.mark.parametrize("environment", [{"LC_ALL": "C"}, {"LANG": "en_US.UTF-8", "LANGUAGE": "en"}, {"LANG": "zh_CN.UTF-8"}])
def test_help_is_chinese_whatever_the_language_of_the_system(line, name, command, environment):
    result = run(line, *name, "--help", **environment)
    assert result.exit_code == 0
    assert result.output.startswith(f"用法：{' '.join((line, *name))} [选项]")
    assert all(param.opts[0] in result.output for param in command.params if isinstance(param, click.Option))
    assert all(param.human_readable_name in result.output for param in command.params if isinstance(param, click.Argument))
    assert english(result.output) == []
    assert not re.search(r" $", result.output, re.MULTILINE)


def mistakes(name: Words, command: click.Command) -> Iterator[tuple[Words, str]]:
    """What one can type wrongly, and a word that the answer must have."""
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    enough: Words = tuple("9" for param in arguments if param.required)
    yield (*name, "--frobnicate"), "没有 --frobnicate 这个选项"
    if isinstance(command, click.Group):
        yield (*name, "frobnicate"), "没有 frobnicate 这个命令，可用："
        near = next(iter(command.commands))
        yield (*name, near + "x"), near
    elif all(param.nargs == 1 for param in arguments):
        yield (*name, *("9" for _ in arguments), "8", "7"), "多写了参数：8 7"
    if enough:
        yield name, "缺少"
        if any(param.type is FILE for param in arguments):
            yield (*name, *("" for _ in enough)), "路径是空的"
    for param in command.params:
        if not isinstance(param, click.Option):
            continue
        if param.type is FILE:
            yield (*name, *enough, param.opts[0], ""), "路径是空的"
        yield (*name, *enough, param.opts[0] + "x"), f"没有 {param.opts[0]}x 这个选项"
        if param.is_flag:
            yield (*name, *enough, f"{param.opts[0]}=1"), "后面不写值"
        else:
            yield (*name, *enough, param.opts[0]), "后面要写一个值"
        if isinstance(param.type, click.IntRange):
            yield (*name, *enough, param.opts[0], "9.5"), "不是整数"
            yield (*name, *enough, param.opts[0], "0"), "超出范围"


MISTAKES = [(line, words, said) for line, name, command in commands() for words, said in mistakes(name, command)]


@pytest.mark.parametrize(("line", "words", "said"), MISTAKES, ids=[" ".join((line, *words)) for line, words, _ in MISTAKES])
def test_a_mistake_is_status_2_and_chinese(line, words, said):
    result = run(line, *words, LC_ALL="C", LANGUAGE="en")
    assert result.exit_code == 2
    assert result.output.startswith("用法不对：")
    assert said in result.output
    assert english(result.output, "frobnicate", *words) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (line, name)
        for line, name, command in commands()
        if isinstance(command, click.Group) and not command.invoke_without_command
    ],
)
def test_no_command_gives_the_help_and_status_2(line, name):
    result = run(line, *name)
    assert result.exit_code == 2
    assert result.output == run(line, *name, "--help").output


@pytest.mark.parametrize("line", LINES)
def test_the_module_itself_speaks_chinese(line):
    environment = os.environ | {"LC_ALL": "C", "LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [sys.executable, *line.split()[1:], "--help"], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=120
    )
    assert ended.stdout.decode().startswith(f"用法：{line}")
    assert ended.stderr == b""


class RefusalError(Exception):
    pass


@click.group(cls=Group, refusals=(RefusalError,), interrupted="已中断，什么也没有变")
def every_end() -> None:
    pass


@every_end.command("refuse")
def _refuse() -> None:
    raise RefusalError("第 3 行不对")


@every_end.command("interrupt")
def _interrupt() -> None:
    raise KeyboardInterrupt


@every_end.command("own")
def _own() -> None:
    raise click.exceptions.Exit(7)


@every_end.command("language")
def _language() -> None:
    click.echo("done")


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("refuse", 1, "第 3 行不对\n"),
        ("interrupt", INTERRUPTED, "已中断，什么也没有变\n"),
        ("own", 7, ""),
        ("language", 0, "done\n"),
    ],
)
def test_every_end_has_its_status_and_its_words(name, status, said):
    result = CliRunner().invoke(every_end, [name])
    assert (result.exit_code, result.output) == (status, said)


def test_the_language_of_the_process_is_as_before(monkeypatch):
    monkeypatch.setenv("LANGUAGE", "en")
    CliRunner().invoke(every_end, ["language"])
    assert os.environ["LANGUAGE"] == "en"
    monkeypatch.delenv("LANGUAGE")
    CliRunner().invoke(every_end, ["language"])
    assert "LANGUAGE" not in os.environ


def test_a_plain_command_has_the_same_manners():
    @click.command(cls=Command)
    @click.argument("word")
    def plain(word: str) -> None:
        raise KeyboardInterrupt

    assert CliRunner().invoke(plain, ["x"]).exit_code == INTERRUPTED
    assert CliRunner().invoke(plain, []).output.startswith("用法不对：缺少")
