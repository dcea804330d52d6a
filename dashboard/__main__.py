"""python -m dashboard: serve the warehouse with waitress. HOST and PORT come from the environment or the command line."""

import os
from dataclasses import replace

import click

from commandline.chinese import Command
from dashboard.settings import Settings, limit_threads

NEEDS_INSECURE = (
    "HOST={host} 会让其他机器访问本系统，而它没有登录。确需如此，请加 --insecure（或设 INSECURE=1）；否则用默认的 127.0.0.1。"
)

OPEN_INTERNAL = "{setting}=1 不能与本机以外的地址（HOST={host}）同用：看板没有登录，{shown}会被任何人看到。请去掉 {setting}，或把 HOST 改回 127.0.0.1。"
OPEN_TO_ALL = "注意：没有登录，凡能访问 {url} 的人都能查看、查询和下载。只在可信的内网使用；域名请写进 ALLOWED_HOSTS。"


@click.command(cls=Command)
@click.option("--host", metavar="地址", help="监听地址，默认 127.0.0.1（只供本机访问）")
@click.option("--port", type=click.IntRange(1, 65535), metavar="端口", help="端口，默认 8050")
@click.option("--insecure", is_flag=True, help="允许本机以外的地址访问（没有登录，须自行保证网络可信）")
def main(host: str | None, port: int | None, insecure: bool) -> None:
    """启动看板：读取 warehouse.duckdb，打印网址。按 Ctrl+C 停止。"""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        click.secho(str(error), fg="red", err=True)
        raise click.exceptions.Exit(2) from error
    settings = replace(settings, host=host or settings.host, port=port or settings.port, insecure=insecure or settings.insecure)
    if not settings.on_loopback and not settings.insecure:
        click.secho(NEEDS_INSECURE.format(host=settings.host), fg="red", err=True)
        raise click.exceptions.Exit(2)
    if not settings.on_loopback:
        for setting, on, shown in (("INTERNAL", settings.internal, "标为内部的事实"), ("DEBUG", settings.debug, "开发用页面")):
            if on:
                click.secho(OPEN_INTERNAL.format(setting=setting, shown=shown, host=settings.host), fg="red", err=True)
                raise click.exceptions.Exit(2)
        click.secho(OPEN_TO_ALL.format(url=settings.url), fg="yellow", err=True)
    if not settings.warehouse.is_file():
        click.secho(
            f"还没有数据文件 {settings.warehouse.name}，网页会先显示说明。请运行 make warehouse 生成数据。", fg="yellow", err=True
        )
    limit_threads()
    _run(settings)


def _run(settings: Settings) -> None:
    from dashboard.web.server.serving import ListenError, listen, serve  # after limit_threads: what it loads may load polars

    try:
        sockets = listen(settings)  # before the app, which takes seconds to load: a port that is taken is said at once
    except ListenError as error:
        click.secho(str(error), fg="red", err=True)
        raise click.exceptions.Exit(1) from error
    from dashboard.web.app import create_app

    application = create_app(settings=settings).server
    started = f"看板已启动：{settings.url}　（Ctrl+C 停止）"
    serve(application, sockets, threads=settings.threads, ready=lambda: click.echo(started))
    os._exit(0)  # at once: DuckDB's binding would print pages of harmless warnings about its own objects


if __name__ == "__main__":
    main()
