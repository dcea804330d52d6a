"""python -m dashboard.paper charts | brief [NAME]: files for briefs, from the command line. Exit status 0 done, 1 not possible, 2 faulty usage."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commandline.chinese import FILE, Argument, Group
from dashboard.settings import ROOT, Settings

if TYPE_CHECKING:
    from dashboard.warehouse import Warehouse

OUT = ROOT / "exports"
_out = click.option("--out", type=FILE, default=OUT, metavar="文件夹", help="写到哪里（不写则为 exports）")


@click.group(cls=Group, interrupted="已中断，原有文件没有改动")
def app() -> None:
    """导出图表与简报。"""


@app.command("charts")
@_out
def charts_command(out: Path) -> None:
    """把全部图表导出为 PNG、SVG、CSV，并附一览页。"""
    from dashboard.charts import CHARTS
    from dashboard.paper.files import draft_folder, replace_folder
    from dashboard.paper.gallery import make_gallery
    from dashboard.paper.studio import studio

    with _refusals(), draft_folder(out / "charts") as draft, _progress(len(CHARTS)) as told:
        told("启动浏览器")
        db = _opened()
        with studio() as opened:
            (draft / "charts").mkdir()
            made = make_gallery(db, opened, draft / "charts", told)
        replace_folder(draft / "charts", out / "charts")
    pictured = sum(one.pictured for one in made)
    click.echo(f"已导出 {len(made)} 张卡片（{pictured} 张有图）到 {out / 'charts'}，打开 index.html 浏览。")


@app.command("brief")
@click.argument("name", cls=Argument, default="", metavar="[名称]", help="简报名称，不写则全部")
@click.option("--area", default="", metavar="地区", help="改做一个县的对标简报：县的代码或全称")
@click.option("--cohort", default="", metavar="批次", help="改做一个批次或样本的对比简报：批次的名称")
@_out
def brief_command(name: str, area: str, cohort: str, out: Path) -> None:
    """把登记的简报，或一个县的对标简报、一个批次的对比简报，导出为 Word、PPT、PDF。"""
    from dashboard.paper.briefs import BRIEFS
    from dashboard.paper.briefs.cohort import cohort_brief
    from dashboard.paper.briefs.own_county import county_brief
    from dashboard.paper.composition import compose
    from dashboard.paper.files import draft_folder, replace_files
    from dashboard.paper.press import FORMS, press_all
    from dashboard.paper.studio import studio

    if name and name not in BRIEFS:
        known = "、".join(f"{template.name}（{template.title}）" for template in BRIEFS.values())
        click.secho(f"没有名为“{name}”的简报，可用：{known}。", fg="red", err=True)
        raise click.exceptions.Exit(2)
    with _refusals():
        db = _opened()
        if area:
            briefs = {f"county-{area}": county_brief(db, area)}
        elif cohort:
            briefs = {f"cohort-{cohort}": cohort_brief(db, cohort)}
        else:
            briefs = {template.name: template.brief(db) for template in ([BRIEFS[name]] if name else BRIEFS.values())}
    with _refusals(), draft_folder(out / "briefs") as draft, _progress(len(briefs) * (len(FORMS) + 1)) as told:
        told("启动浏览器")
        with studio() as opened:
            for file, brief in briefs.items():
                made = press_all(compose(db, brief), opened, partial(_told_of, told, brief.title))
                for form, content in made.items():
                    (draft / f"{file}.{form}").write_bytes(content)
        replace_files(draft, out / "briefs")
    click.echo(f"已导出 {len(briefs)} 份简报（{'、'.join(FORMS)}）到 {out / 'briefs'}。")


def _told_of(told: Callable[[str], None], title: str, step: str) -> None:
    told(f"{title}：{step}")


def _opened() -> "Warehouse":
    from dashboard.warehouse import Warehouse

    settings = Settings.from_environment()
    db = Warehouse(settings.warehouse, internal=settings.internal)
    _ = db.build  # fails now, with a sentence, rather than in the middle
    return db


@contextmanager
def _refusals() -> Iterator[None]:
    """What can be said in a sentence is said so, and the exit status is 1. Nothing has been written by then."""
    from dashboard.paper.briefs import EmptyBriefError
    from dashboard.paper.document import DocumentSettingsError
    from dashboard.paper.studio import DrawingError, MissingToolError
    from dashboard.warehouse import WarehouseUnavailableError

    try:
        yield
    except (MissingToolError, DrawingError, DocumentSettingsError, EmptyBriefError, WarehouseUnavailableError) as error:
        _refuse(str(error))
    except OSError as error:
        reasons = {
            28: "磁盘已满",
            27: "文件大小超过限制",
            122: "磁盘配额已用完",
            13: "没有写入权限",
            30: "目标是只读的",
            20: "路径中有一段不是文件夹",
        }
        _refuse(
            f"不能写入 {error.filename or '导出文件夹'}：{reasons.get(error.errno or 0, error.strerror or error)}。原有文件没有改动。"
        )


def _refuse(sentence: str) -> None:
    click.secho(sentence, fg="red", err=True)
    raise click.exceptions.Exit(1)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A bar on stderr; the first call names the preparation, each further one a step that begins."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("准备", total=total)
        begun = -1

        def told(step: str) -> None:
            nonlocal begun
            begun += 1
            progress.update(task, description=step, completed=max(begun - 1, 0))

        yield told


def main() -> None:
    """Run, and leave at once: DuckDB's binding would print pages of harmless warnings about its own objects at exit."""
    status = 0
    try:
        app()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
