"""The command line in Chinese. Typer brings its own English frame; here each piece of it gets Chinese words."""

import io
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from etl.problems import EtlError

OPTIONS, COMMAND = "[选项]", "命令 [参数]…"
INPUT_ERROR, USAGE_ERROR, INTERRUPTED = 1, 2, 130


class _Chinese:
    """Mixed into Typer's two command classes: the help page, drawn by us."""

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "显示这份说明"
        return option

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        arguments = [param.metavar for param in self.get_params(ctx) if _is_argument(param)]  # type: ignore[attr-defined]
        return [OPTIONS, *arguments, *([COMMAND] if isinstance(self, TyperGroup) else [])]

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_help(self, ctx: Any, formatter: Any) -> None:
        params = self.get_params(ctx)  # type: ignore[attr-defined]
        self.format_usage(ctx, formatter)
        formatter.write(f"\n{self.help}\n")  # type: ignore[attr-defined]
        formatter.write(_section("参数", [(param.metavar, param.help) for param in params if _is_argument(param)]))
        options = [(" ".join([*param.opts, param.metavar or ""]), param.help) for param in params if not _is_argument(param)]
        formatter.write(_section("选项", options))
        if isinstance(self, TyperGroup):
            formatter.write(_section("命令", [(name, command.help or "") for name, command in self.commands.items()]))


def _is_argument(param: Any) -> bool:
    return str(param.param_type_name) == "argument"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> str:
    """A heading and two aligned columns; rich knows that a Chinese character is two cells wide."""
    if not rows:
        return ""
    from rich.console import Console
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, words in rows:
        table.add_row(f"  {name}", words)
    console = Console(file=io.StringIO(), width=100, markup=False)
    with console.capture() as capture:
        console.print(table)
    return f"\n{title}：\n{capture.get()}"


class ChineseCommand(_Chinese, TyperCommand):
    """A command with a Chinese help page."""


class ChineseGroup(_Chinese, TyperGroup):
    """The whole command line: one place where every failure becomes words and an exit status."""

    def main(self, *args: Any, **extra: Any) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no Chinese gets question marks, not a traceback
                stream.reconfigure(errors="replace")
        try:
            status = super().main(*args, **(extra | {"standalone_mode": False}))
        except EtlError as error:
            typer.echo(str(error), err=True)
            status = INPUT_ERROR
        except typer.TyperException as error:
            status = self._explain(error)
        except (typer.Abort, KeyboardInterrupt):
            status = INTERRUPTED
        if status == INTERRUPTED:
            typer.echo("已中断，旧的数据仓库保持不变", err=True)
        sys.exit(status or 0)

    def _explain(self, error: Any) -> int:
        context = getattr(error, "ctx", None)
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(error.message, err=True)  # the help page
            return USAGE_ERROR
        typer.echo(f"用法不对：{self._words(error)}", err=True)
        if context is not None:
            typer.echo(f"查看说明：{context.command_path} --help", err=True)
        return USAGE_ERROR

    def _words(self, error: Any) -> str:
        kind, message = type(error).__name__, str(getattr(error, "message", ""))
        if kind == "NoSuchOption":
            near = "，是否想写 " + "、".join(sorted(error.possibilities)) if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{near}"
        if kind == "MissingParameter":
            return f"缺少 {error.param.metavar or error.param.opts[0] if error.param else '参数'}"
        if kind == "BadParameter":
            return f"{error.param.opts[0] if error.param else '参数'} 的值不对"
        if kind == "BadOptionUsage":
            return f"选项 {error.option_name} 后面要写一个值"
        if message.startswith("No such command"):
            name = message.split("'")[1] if "'" in message else ""
            closest = get_close_matches(name, self.commands)
            return f"没有 {name} 这个命令" + (f"，是否想写 {closest[0]}" if closest else f"，可用：{'、'.join(self.commands)}")
        if message.startswith("Missing command"):
            return f"缺少命令，可用：{'、'.join(self.commands)}"
        return "多写了参数，或参数的写法不对"
