"""Commands and groups of commands for Click: help, errors and exit statuses in Chinese, on every machine whatever its language."""

import gettext
import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

CATALOGUE = Path(__file__).parent / "locale"
INPUT_ERROR, USAGE_ERROR, INTERRUPTED = 1, 2, 130
WIDTH = 100  # cells of a help page


class _File(click.Path):
    """A path, that need not exist. An empty one (of a variable that is not set) would be the folder where one stands."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail("路径是空的：写出文件或文件夹", param, ctx)
        return super().convert(value, param, ctx)


FILE = _File(path_type=Path)


class _Help(click.HelpFormatter):
    """Help pages whose columns stand straight: a Chinese character is two cells wide, which rich knows."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        self.write(f"{prefix or '用法：'}{prog} {args}\n")

    def write_heading(self, heading: str) -> None:
        self.write(f"{heading}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        from rich.console import Console
        from rich.table import Table

        table = Table.grid(padding=(0, col_spacing))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for name, words in rows:
            table.add_row(" " * self.current_indent + name, words)
        console = Console(file=io.StringIO(), width=WIDTH, markup=False, highlight=False, no_color=True)
        with console.capture() as capture:
            console.print(table)
        self.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


class _Context(click.Context):
    formatter_class = _Help


class Command(click.Command):
    """A command whose metavars are Chinese and whose failures become words and an exit status, here and nowhere else.

    0 done; 1 one of `refusals` was raised, whose message is a Chinese sentence; 2 faulty usage; 130 interrupted, with the word
    `interrupted`. What the command raises with `click.exceptions.Exit` is its own status.
    """

    context_class = _Context

    def __init__(self, *args: Any, refusals: tuple[type[Exception], ...] = (), interrupted: str = "已中断", **named: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **named})
        self._refusals, self._interrupted = refusals, interrupted

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an interruption ends it with its status, before Click makes an abort of it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            return ctx.exit(INTERRUPTED)

    def main(self, *args: Any, **named: Any) -> Any:
        """Run the command line and leave with an exit status."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no Chinese gets question marks, not a traceback
                stream.reconfigure(errors="replace")
        with _in_chinese():
            status = self._status(*args, **named)
        if status == INTERRUPTED:
            click.echo(self._interrupted, err=True)
        sys.exit(status)

    def _status(self, *args: Any, **named: Any) -> int:
        try:
            ended = super().main(*args, **{**named, "standalone_mode": False})
        except self._refusals as refusal:
            click.echo(str(refusal), err=True)
            return INPUT_ERROR
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            return USAGE_ERROR
        except click.UsageError as error:
            click.echo(_sentence(error), err=True)
            return USAGE_ERROR
        except click.Abort:
            return INTERRUPTED
        return ended if isinstance(ended, int) else 0


class Group(Command, click.Group):
    """A group of commands; those that are added with `@group.command` are of the class Command."""

    command_class = Command

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "命令 [参数]…", "no_args_is_help": True, **named})

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands in the order in which they are written, which is that of work."""
        return list(self.commands)


class Argument(click.Argument):
    """An argument that errors call by its metavar, as the usage line does."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        return self.human_readable_name


def _sentence(error: click.UsageError) -> str:
    """What is wrong, what there is instead, and where to read more."""
    words = error.format_message().rstrip(". ")
    if isinstance(error, click.NoSuchCommand) and not error.possibilities and isinstance(error.cmd, click.Group):
        words += f"，可用：{'、'.join(error.cmd.commands)}"
    more = f"\n查看说明：{error.ctx.command_path} --help" if error.ctx is not None else ""
    return f"用法不对：{words}{more}"


@contextmanager
def _in_chinese() -> Iterator[None]:
    """Have gettext find the catalogue and choose Chinese from it. Both are settings of the whole process, so they are put back."""
    bound, language = gettext.bindtextdomain("messages"), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("messages", str(CATALOGUE))
    os.environ["LANGUAGE"] = "zh_CN"
    try:
        yield
    finally:
        gettext.bindtextdomain("messages", bound)
        if language is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = language
