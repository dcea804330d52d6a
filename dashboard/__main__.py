"""python -m dashboard: serve the warehouse with gunicorn. HOST and PORT come from the environment or the command line."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated, Any

import typer

from dashboard.settings import Settings, limit_threads

NEEDS_INSECURE = (
    "HOST={host} 会让其他机器访问本系统，而它没有登录。确需如此，请加 --insecure（或设 INSECURE=1）；否则用默认的 127.0.0.1。"
)


def serve(
    host: Annotated[str | None, typer.Option(help="监听地址，默认 127.0.0.1（只供本机访问）")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="端口，默认 8050")] = None,
    insecure: Annotated[bool, typer.Option("--insecure", help="允许本机以外的地址访问（没有登录，须自行保证网络可信）")] = False,
) -> None:
    """启动看板：读取 warehouse.duckdb，打印网址。按 Ctrl+C 停止。"""
    try:
        settings = Settings.from_environment()
    except ValueError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from error
    settings = replace(settings, host=host or settings.host, port=port or settings.port, insecure=insecure or settings.insecure)
    if not settings.on_loopback and not settings.insecure:
        typer.secho(NEEDS_INSECURE.format(host=settings.host), fg="red", err=True)
        raise typer.Exit(2)
    if not settings.warehouse.is_file():
        typer.secho(
            f"还没有数据文件 {settings.warehouse.name}，网页会先显示说明。请运行 make warehouse 生成数据。", fg="yellow", err=True
        )
    limit_threads()
    _run(settings)


def _run(settings: Settings) -> None:
    from gunicorn.app.base import BaseApplication  # after limit_threads: what it loads may load polars

    class Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in _options(settings).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from dashboard.web.app import create_app

            return create_app(settings=settings).server

    Server().run()


def _options(settings: Settings) -> dict[str, Any]:
    """One worker with threads: the caches are shared, and on two cores a second worker costs memory without gain."""
    return {
        "bind": f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}",
        "workers": 1,
        "worker_class": "dashboard.web.server.worker.Worker",
        "threads": settings.threads,
        "timeout": 60,
        "graceful_timeout": 5,
        "keepalive": 15,
        "loglevel": "warning",
        "proc_name": "dashboard",
        "control_socket_disable": True,
        "when_ready": lambda _server: typer.echo(f"看板已启动：{settings.url}　（Ctrl+C 停止）"),
        "worker_exit": lambda _server, _worker: _leave_quietly(),
    }


def _leave_quietly() -> None:
    """End the worker at once: DuckDB's binding would print pages of harmless warnings about its own objects at exit."""
    os._exit(0)


if __name__ == "__main__":
    typer.run(serve)
