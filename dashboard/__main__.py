"""python -m dashboard: serve the warehouse with waitress. HOST and PORT come from the environment or the command line.

python -m dashboard user, audit, backup, restore: docs/operations.md.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from commandline.chinese import Group
from dashboard.access.accounts import ACCOUNTS_FILE, AccountError, Accounts
from dashboard.access.audit import AuditError
from dashboard.access.backup import BackupError
from dashboard.access.commands import audit, backup, restoring, user
from dashboard.access.roles import Role
from dashboard.settings import Settings, limit_threads

NEEDS_ADMIN = (
    "HOST={host} 会让其他机器访问本系统，须先登录，而现在还没有管理用户。请先运行\n"
    "  python -m dashboard user add 用户名 --role 管理\n"
    "再启动。只供本机用，请用默认的 127.0.0.1；确要不登录就对外，加 --insecure（或设 INSECURE=1）。"
)
SIGN_IN_HERE = "SIGN_IN=1 要求登录，而现在还没有管理用户。请先运行 python -m dashboard user add 用户名 --role 管理。"
OPEN_INTERNAL = "{setting}=1 不能与不登录就对外（HOST={host}，INSECURE=1）同用：{shown}会被任何人看到。请去掉 {setting} 或 INSECURE，或把 HOST 改回 127.0.0.1。"
DEBUG_OUTSIDE = "DEBUG=1 只能在本机用（HOST={host}）：开发用页面不对外。请去掉 DEBUG，或把 HOST 改回 127.0.0.1。"
PORT_TAKEN = "METRICS_PORT={port} 用不了（{why}）。请换一个端口，或停掉占用它的程序。"
EITHER = "SIGN_IN=1 与 INSECURE=1（--insecure）互相矛盾，只能选一个。"
OPEN_TO_ALL = "注意：没有登录，凡能访问 {url} 的人都能查看、查询和下载。只在可信的内网使用；域名请写进 ALLOWED_HOSTS。"


@click.group(
    cls=Group,
    invoke_without_command=True,
    no_args_is_help=False,
    subcommand_metavar="[命令]",
    refusals=(AccountError, AuditError, BackupError),
)
@click.option("--host", metavar="地址", help="监听地址，默认 127.0.0.1（只供本机访问）")
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="端口，默认 8050")
@click.option("--insecure", is_flag=True, help="本机以外的地址不登录也能访问（须自行保证网络可信）")
@click.pass_context
def main(context: click.Context, host: str | None, port: int | None, insecure: bool) -> None:
    """启动看板：读取 warehouse.duckdb，打印网址。按 Ctrl+C 停止。"""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        raise _refused(str(error)) from error
    if context.invoked_subcommand:
        return
    settings = replace(settings, host=host or settings.host, port=port or settings.port, insecure=insecure or settings.insecure)
    _check(settings)
    if not settings.warehouse.is_file():
        click.secho(
            f"还没有数据文件 {settings.warehouse.name}，网页会先显示说明。请运行 make warehouse 生成数据。", fg="yellow", err=True
        )
    limit_threads()
    _run(settings)


for command in (user, audit, backup, restoring):
    main.add_command(command)


def _check(settings: Settings) -> None:
    """Refuse what would show to others what is not for them."""
    if settings.sign_in and settings.insecure:
        raise _refused(EITHER)
    if not settings.on_loopback and settings.debug:
        raise _refused(DEBUG_OUTSIDE.format(host=settings.host))
    if settings.needs_sign_in:
        accounts = Accounts(settings.access / ACCOUNTS_FILE).all()
        if not any(one.may(Role.ADMIN) and not one.locked for one in accounts):
            raise _refused(SIGN_IN_HERE if settings.on_loopback else NEEDS_ADMIN.format(host=settings.host))
    elif not settings.on_loopback:
        if settings.internal:
            raise _refused(OPEN_INTERNAL.format(setting="INTERNAL", shown="标为内部的事实", host=settings.host))
        click.secho(OPEN_TO_ALL.format(url=settings.url), fg="yellow", err=True)


def _refused(said: str) -> click.exceptions.Exit:
    click.secho(said, fg="red", err=True)
    return click.exceptions.Exit(2)


def _run(settings: Settings) -> None:
    from dashboard.web.server.serving import ListenError, listen, serve  # after limit_threads: what it loads may load polars

    try:
        sockets = listen(settings)  # before the app, which takes seconds to load: a port that is taken is said at once
    except ListenError as error:
        click.secho(str(error), fg="red", err=True)
        raise click.exceptions.Exit(1) from error
    application = _application(settings)
    started = f"看板已启动：{settings.url}　（Ctrl+C 停止）"
    serve(application, sockets, threads=settings.threads, ready=lambda: click.echo(started))
    os._exit(0)  # at once: DuckDB's binding would print pages of harmless warnings about its own objects


def _application(settings: Settings) -> Callable[..., Any]:
    application = _dashboard(settings)
    if not settings.metrics_port:
        return application
    from dashboard.web.server.metrics import Metrics

    metrics = Metrics()
    counted = metrics.around(application)
    try:
        metrics.serve(settings.metrics_port)
    except OSError as error:
        raise _refused(PORT_TAKEN.format(port=settings.metrics_port, why=error.strerror)) from error
    return counted


def _dashboard(settings: Settings) -> Callable[..., Any]:
    if settings.needs_sign_in:
        from dashboard.web.office import create_office

        return create_office(settings)
    from dashboard.web.app import create_app

    return create_app(settings=settings).server


if __name__ == "__main__":
    main()
