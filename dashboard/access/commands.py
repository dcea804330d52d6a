"""python -m dashboard user …, audit, backup, restore: for whoever runs the server."""

import getpass
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from commandline.chinese import FILE, Argument, Command, Group
from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.audit import AUDIT_FOLDER, AuditLog, in_words
from dashboard.access.backup import back_up, restore
from dashboard.access.passwords import RULES
from dashboard.access.roles import WORDS, Role, role_of
from dashboard.settings import Settings

_name = click.argument("name", cls=Argument, metavar="用户名")
_stdin = click.option("--password-stdin", is_flag=True, help="口令从标准输入读一行（供脚本用）")


@click.group(cls=Group)
def user() -> None:
    """管理可以登录的用户：新增、改角色、停用、改口令、列出。"""


@user.command("add")
@_name
@click.option("--role", "roles", multiple=True, metavar="角色", help=f"{'、'.join(WORDS)}，可写多次；人人都能查看")
@click.option("--no-password", is_flag=True, help="没有口令，只由可信的代理（单点登录）带来")
@_stdin
def add(name: str, roles: tuple[str, ...], no_password: bool, password_stdin: bool) -> None:
    """新增用户，并设一个首次登录后必须更换的口令。"""
    wanted = _roles(roles)
    if no_password and password_stdin:
        raise click.UsageError("--no-password 与 --password-stdin 只能选一个")
    _accounts().add(name, wanted, None if no_password else _password(password_stdin))
    _done("add", name, roles=_words(wanted))
    click.echo(f"已新增用户“{name}”：{_words({Role.VIEW, *wanted})}。")


@user.command("role")
@_name
@click.argument("roles", cls=Argument, nargs=-1, metavar="[角色…]")
def role(name: str, roles: tuple[str, ...]) -> None:
    """改一个用户的角色（写全；不写则只能查看）。"""
    wanted = _roles(roles)
    _accounts().set_roles(name, wanted)
    _done("role", name, roles=_words(wanted))
    click.echo(f"用户“{name}”现在可以：{_words({Role.VIEW, *wanted})}。")


@user.command("lock")
@_name
def lock(name: str) -> None:
    """停用一个用户，并结束其登录。"""
    _accounts().lock(name)
    _done("lock", name)
    click.echo(f"已停用“{name}”。")


@user.command("unlock")
@_name
def unlock(name: str) -> None:
    """恢复停用或因输错口令而暂停的用户。"""
    _accounts().lock(name, locked=False)
    _done("unlock", name)
    click.echo(f"已恢复“{name}”。")


@user.command("password")
@_name
@_stdin
def password(name: str, password_stdin: bool) -> None:
    """替用户重设口令；其登录全部结束，下次登录必须更换。"""
    _accounts().set_password(name, _password(password_stdin), by_owner=False)
    _done("password", name)
    click.echo(f"已重设“{name}”的口令。")


@user.command("list")
def listed() -> None:
    """列出用户和角色。"""
    for one in _accounts().all():
        state = "（已停用）" if one.locked else "" if one.has_password else "（单点登录）"
        click.echo(f"{one.name}\t{one.words}{state}")


@click.command(cls=Command)
@click.option("--last", type=click.IntRange(1, 100_000), default=100, metavar="行数", help="最近多少行，默认 100")
@click.option("--user", "who", metavar="用户名", help="只列此人的")
@click.option("--check", is_flag=True, help="只校验日志有没有被改动")
def audit(last: int, who: str | None, check: bool) -> None:
    """查看审计日志，并逐行校验有没有被改动。"""
    log = AuditLog(Settings.from_environment().access / AUDIT_FOLDER)
    lines = [] if check else [line for line in log.lines() if not who or line.get("who") == who][-last:]
    for line in map(in_words, lines):
        details = "　".join(f"{key}：{value}" for key, value in line.details)
        click.echo("\t".join((line.at, line.who, line.what, line.where, details)))
    click.echo(f"共 {log.checked()} 行，逐行校验无改动。", err=not check)


@click.command("backup", cls=Command)
@click.argument("file", cls=Argument, type=FILE, metavar="备份文件")
def backup(file: Path) -> None:
    """把数据仓库、账户与审计日志、自己的数据备份成一个文件；看板运行时也可以。"""
    held = back_up(file, Settings.from_environment())
    click.echo(f"已备份到 {file}（{file.stat().st_size / 1e6:.1f} MB）：{'、'.join(held)}。里面有账户，请妥善保管。")


@click.command("restore", cls=Command)
@click.argument("file", cls=Argument, type=FILE, metavar="备份文件")
@click.option("--replace", is_flag=True, help="换下现有的（改名留在旁边）")
def restoring(file: Path, replace: bool) -> None:
    """从备份恢复；先逐个核对内容。请先停下看板。"""
    for name, path in restore(file, Settings.from_environment(), replace=replace).items():
        click.echo(f"已恢复 {name}：{path}")


def _accounts() -> Accounts:
    return Accounts(Settings.from_environment().access / ACCOUNTS_FILE)


def _roles(words: Iterable[str]) -> frozenset[Role]:
    try:
        return frozenset(
            role_of(word) for stated in words for word in stated.replace("、", ",").replace("，", ",").split(",") if word
        )
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _words(roles: Iterable[Role]) -> str:
    held = frozenset(roles)
    return "、".join(role.value for role in Role if role in held)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    click.echo(RULES, err=True)
    return str(click.prompt("口令", hide_input=True, confirmation_prompt="再填一次", err=True))


def _done(what: str, name: str, **details: str) -> None:
    """In the log, as done by a user of this machine."""
    AuditLog(Settings.from_environment().access / AUDIT_FOLDER).add(
        "administered", who=f"本机 {getpass.getuser()}", command=what, user=name, **details
    )
