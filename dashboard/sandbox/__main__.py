"""python -m dashboard.sandbox [FILE] [--out FILE]: which file an analyst should open, or a public copy to hand on.

Prints one path. Without --out it is the warehouse itself, or a public copy beside it when the file holds internal facts and
INTERNAL is not set; `make sql` opens what is printed.
"""

from pathlib import Path

import click
import duckdb

from commandline.chinese import FILE, Argument, Command
from dashboard.settings import Settings
from dashboard.warehouse.public_copy import HOLDS_INTERNAL, write_public_copy
from vocabulary.sql import literal

MISSING = "还没有数据文件 {name}，请先运行 make warehouse。"


@click.command(cls=Command)
@click.argument("warehouse", cls=Argument, type=FILE, required=False, metavar="[文件]", help="数据仓库，默认 warehouse.duckdb")
@click.option("--out", type=FILE, metavar="文件", help="写一份不含内部事实的副本")
def main(warehouse: Path | None, out: Path | None) -> None:
    """打印分析者应当打开的文件；--out 写一份可以交给别人的公开副本。"""
    settings = Settings.from_environment()
    source = warehouse or settings.warehouse
    if not source.is_file():
        click.secho(MISSING.format(name=source.name), fg="red", err=True)
        raise click.exceptions.Exit(2)
    if out is None and (settings.internal or not holds_internal(source)):
        click.echo(source)
        return
    target = out or source.with_name(f"{source.stem}.public.duckdb")
    draft = target.with_name(f"{target.name}.draft")
    draft.unlink(missing_ok=True)
    write_public_copy(source, draft)
    draft.replace(target)
    click.echo(target)


def holds_internal(path: Path) -> bool:
    """True when the file has facts that must not leave the office."""
    with duckdb.connect(":memory:") as db:
        db.execute(f"attach {literal(path)} as wh (read_only)")
        return bool(db.execute(HOLDS_INTERNAL).fetchall())


if __name__ == "__main__":
    main()
