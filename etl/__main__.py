"""The command line: python -m etl build | check | template | import | diff | show | verify | dictionary.

Exit status 0 done, 1 faulty input, 2 faulty usage.

Heavy imports (polars, duckdb, dataframely) happen inside the commands, so that --help answers at once.
"""

import signal
from pathlib import Path
from typing import Any

import click

from commandline.chinese import FILE, Argument, Group
from etl.problems import EtlError, InputErrors

SOURCES = Path(__file__).parent / "sources"
WAREHOUSE = Path("warehouse.duckdb")
DICTIONARY = Path("docs/data-dictionary.md")
TEMPLATE = Path("exports/填报模板.xlsx")
ANNOTATED = Path("exports/批注")

_sources = click.option(
    "--sources", type=FILE, default=SOURCES, metavar="文件夹", help="事实与登记表的文件夹（不写则为 etl/sources）"
)
_warehouse = click.option("--warehouse", type=FILE, default=WAREHOUSE, metavar="文件", help="不写则为 warehouse.duckdb")


@click.group(cls=Group, refusals=(EtlError,), interrupted="已中断，旧的数据仓库保持不变")
def app() -> None:
    """由带出处的事实生成数据仓库，并查看、校验、比较。"""


@app.command("build")
@click.option("--target", type=FILE, default=WAREHOUSE, metavar="文件", help="生成到哪里（不写则为 warehouse.duckdb）")
@_sources
@click.option("--fingerprints", type=FILE, metavar="文件", help="内容指纹写到哪里（不写则在仓库旁边）")
@click.option(
    "--engine", default="duckdb", metavar="引擎", help="duckdb（不写则用它）、spark 或 spark=主节点，例如 spark=local[2]"
)
@click.option("--engine-options", type=FILE, metavar="文件", help="Spark 的设置，一个 TOML 文件；样例见 docs/scale.md")
@click.option("--full", is_flag=True, help="全部重新生成，不沿用上一次的部分结果")
def build_command(
    target: Path, sources: Path, fingerprints: Path | None, engine: str, engine_options: Path | None, full: bool
) -> None:
    """由来源生成数据仓库；有一处不对，旧仓库就保持不变。"""
    from etl.build.build import Plan, build
    from etl.build.engine import engine_of

    plan = Plan(target=target, sources=sources, fingerprints=fingerprints, engine=engine_of(engine, engine_options), full=full)
    built = build(plan)
    click.echo(f"已生成 {built.target}：{built.facts} 个事实，{built.sources} 个来源，{built.checks} 项检查全部通过")


@app.command("check")
@click.argument(
    "files", cls=Argument, type=FILE, nargs=-1, required=True, metavar="文件…", help="事实表、登记表，或整个来源文件夹"
)
@_sources
def check_command(files: tuple[Path, ...], sources: Path) -> None:
    """只校验、不生成：逐个文件列出问题所在的行、列和改法。"""
    from etl.read.inputs import check_file

    problems = []
    for path in files:
        content, found = check_file(path, sources)
        problems.extend(found)
        if not found:
            click.echo(f"{path}：{content}，没有问题")
    if problems:
        raise InputErrors(problems)


@app.command("template")
@click.option("--target", type=FILE, default=TEMPLATE, metavar="文件", help=f"写到哪里（不写则为 {TEMPLATE}）")
@click.option("--within", default="", metavar="代码", help="省、市、县的六位代码：其下各县逐行列好，例如 411700")
@click.option("--pack", is_flag=True, help="连同本单位自己的指标、口径、表打成一个下发包，发给各县")
@click.option("--receive", type=FILE, metavar="下发包", help="收下上级的下发包：指标、口径、表放进来源文件夹，工作簿放在包旁边")
@_sources
def template_command(target: Path, within: str, pack: bool, receive: Path | None, sources: Path) -> None:
    """写一份填报用的工作簿：各主题一县一行，另有逐条表；填好后用 import 导入。"""
    from etl.intake.handout import hand_out, take_over
    from etl.intake.template import write_template
    from etl.problems import display_path
    from etl.read.sources import read_registries

    if receive:
        for path in take_over(receive, sources):
            click.echo(f"已放好 {display_path(path)}")
        return
    registries = read_registries(sources)
    if registries.problems:
        raise InputErrors(registries.problems)
    places = write_template(registries, target, within=within, sources=sources)
    click.echo(f"已写好 {target}" + (f"，列出 {places} 个县级单位" if within else ""))
    if pack:
        click.echo(f"已打包：{display_path(hand_out(target, sources))}，发给各县；县里用 template --receive 收下")


@app.command("import")
@click.argument(
    "files",
    cls=Argument,
    type=FILE,
    nargs=-1,
    required=True,
    metavar="文件…",
    help="XLSX、XLS、ODS、CSV，或整个文件夹；撤回时写报送名称",
)
@click.option("--mapping", type=FILE, metavar="映射", help="说明各列是什么的 TOML 文件；模板不需要")
@click.option("--guess", is_flag=True, help="由表头猜出一份映射，写在文件旁边，改好再用")
@click.option("--check", is_flag=True, help="只查不入库")
@click.option("--pack", is_flag=True, help="查过没有错误的，连同问题清单打成一个包，发给上级；上级用 import 读包")
@click.option("--json", is_flag=True, help="以 JSON 给出所有问题")
@click.option("--name", default="", metavar="名称", help="这份报送叫什么（不写则用文件名）；同名的是它的新版")
@click.option("--compare", is_flag=True, help="比较两份各自录入的表，逐格列出不同，不入库")
@click.option("--undo", is_flag=True, help="撤回一份报送最新的一版，前一版重新算数")
@click.option("--out", type=FILE, default=ANNOTATED, metavar="文件夹", help="批注写到哪里（不写则与其他导出的文件放在一起）")
@_sources
def import_command(files: tuple[Path, ...], mapping: Path | None, sources: Path, **how: Any) -> None:
    """读入别处的表格并入库：逐格列出错误和警示，批注写在另一份副本里，原文件和它所在的文件夹不动；有一处错误，整个文件都不入库。"""
    from etl.build.build import failing_checks
    from etl.intake.command import How, Import

    tell = (lambda _: None) if how["json"] else click.echo
    done = Import(sources, mapping, How(**how), build=failing_checks, tell=tell).run(files)
    if how["json"]:
        click.echo(done.as_json())
    if done.refused:
        raise click.exceptions.Exit(1)


@app.command("diff")
@click.argument("old", cls=Argument, type=FILE, metavar="旧文件", help="较早的数据仓库")
@click.argument("new", cls=Argument, type=FILE, metavar="新文件", help="较新的数据仓库")
def diff_command(old: Path, new: Path) -> None:
    """比较两个数据仓库：哪些数新增、删除、修改了。"""
    from etl.ask.diff import diff

    difference = diff(old, new)
    for sentence in (*difference.added, *difference.removed, *difference.changed):
        click.echo(sentence)
    words = f"新增 {len(difference.added)}，删除 {len(difference.removed)}，修改 {len(difference.changed)}"
    click.echo(f"共 {difference.count} 处不同：{words}" if difference.count else "两个数据仓库的事实完全相同")


@app.command("show")
@click.argument("table", cls=Argument, metavar="表名", help="例如 mart.staffing 或 zh.编制与实有")
@_warehouse
def show_command(table: str, warehouse: Path) -> None:
    """显示一张表：各列的中文名与说明、行数、前几行。"""
    from rich.console import Console

    from etl.ask.show import show

    Console().print(show(warehouse, table))


@app.command("verify")
@click.argument(
    "files",
    cls=Argument,
    type=FILE,
    nargs=-1,
    required=True,
    metavar="文件…",
    help="导出的 PNG、SVG、XLSX、DOCX、PPTX，或放它们的文件夹",
)
@_warehouse
def verify_command(files: tuple[Path, ...], warehouse: Path) -> None:
    """核对导出的文件：其中的事实至今未变，还是有改动；没有印记的文件不算通过。"""
    from etl.ask.verify import Verifier, exported

    verifier, paths = Verifier.of(warehouse), exported(files)
    moved = [path for path in paths if not _stands(verifier, path, alone=len(paths) == 1)]
    if len(paths) > 1:
        click.echo(f"共 {len(paths)} 份，{len(moved)} 份有改动或不能核对" + ("，请重新导出" if moved else ""))
    if moved:
        raise click.exceptions.Exit(1)


def _stands(verifier: Any, path: Path, *, alone: bool) -> bool:
    """Say whether the facts of one file are what they were. Of many, one that cannot be read holds up no other."""
    try:
        verdict = verifier.verify(path)
    except EtlError as error:
        if alone:
            raise
        click.echo(f"不能核对：{path}：{error}")
        return False
    made = f"{path.name} 导自数据版本 {verdict.stamp.build}，现为 {verifier.build}"
    count = len(verdict.stamp.facts)
    if not verdict.changed:
        click.echo(f"未变：{made}，" + (f"{count} 个事实都与库中相同" if count else "没有登记事实，数据版本相同"))
        return True
    click.echo(f"有改动：{made}，{count} 个事实中有 {len(verdict.changed)} 个不同")
    for sentence in verdict.changed:
        click.echo(f"  {sentence}")
    return False


@app.command("dictionary")
@click.option("--target", type=FILE, default=DICTIONARY, metavar="文件", help="写到哪里（不写则为 docs/data-dictionary.md）")
@_warehouse
def dictionary_command(target: Path, warehouse: Path) -> None:
    """由数据仓库生成数据字典：表、列、指标、口径。"""
    from etl.ask.dictionary import dictionary

    target.write_text(dictionary(warehouse) + "\n", encoding="utf-8")
    click.echo(f"已写好 {target}")


if __name__ == "__main__":
    try:
        app()
    finally:  # Ctrl-C while the interpreter closes must not turn a finished command into a killed one
        signal.signal(signal.SIGINT, signal.SIG_IGN)
