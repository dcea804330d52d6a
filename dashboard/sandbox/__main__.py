"""python -m dashboard.sandbox [FILE] [--out FILE]: which file an analyst should open, or a public copy to hand on.

Prints one path. Without --out it is the warehouse itself, or a public copy beside it when the file holds internal facts and
INTERNAL is not set; `make sql` opens what is printed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import duckdb
import typer

from dashboard.settings import Settings
from dashboard.warehouse.public_copy import HOLDS_INTERNAL, write_public_copy

MISSING = "还没有数据文件 {name}，请先运行 make warehouse。"


def main(
    warehouse: Annotated[Path | None, typer.Argument(metavar="文件", help="数据仓库，默认 warehouse.duckdb")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="文件", help="写一份不含内部事实的副本")] = None,
) -> None:
    """打印分析者应当打开的文件；--out 写一份可以交给别人的公开副本。"""
    settings = Settings.from_environment()
    source = warehouse or settings.warehouse
    if not source.is_file():
        typer.secho(MISSING.format(name=source.name), fg="red", err=True)
        raise typer.Exit(2)
    if out is None and (settings.internal or not holds_internal(source)):
        typer.echo(source)
        return
    target = out or source.with_name(f"{source.stem}.public.duckdb")
    draft = target.with_name(f"{target.name}.draft")
    draft.unlink(missing_ok=True)
    write_public_copy(source, draft)
    draft.replace(target)
    typer.echo(target)


def holds_internal(path: Path) -> bool:
    """True when the file has facts that must not leave the office."""
    with duckdb.connect(":memory:") as db:
        quoted = str(path).replace("'", "''")
        db.execute(f"attach '{quoted}' as wh (read_only)")
        return bool(db.execute(HOLDS_INTERNAL).fetchall())


if __name__ == "__main__":
    typer.run(main)
