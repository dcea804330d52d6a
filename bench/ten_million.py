"""Ten million facts: loading them against DuckDB's own Parquet copy, memory, and the queries of every page over them."""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from bench import many_facts, servers
from bench.report import Line, leave, middle, percentile, say, tell

NAME = "一千万条事实"
BUDGET = "载入 ≤ DuckDB 复制 Parquet 的 1.2 倍，内存峰值 ≤ 1.2 GB；页面查询 p95 ≤ 80 ms（一个客户端）"
TIMES_COPY, MEMORY_GB, QUERY_MS = 1.2, 1.2, 80.0
SHIPPED = servers.ROOT / "warehouse.duckdb"
STEPS = ("copy", "load", "publish", "query")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000_000, help="默认一千万；一百万可快速看一遍")
    asked.add_argument("--times", type=int, default=3, help="复制与载入各做几次")
    asked.add_argument("--folder", type=Path, help="放临时文件的地方，一千万条约需 3 GB")
    asked.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)  # one step, in a process of its own
    wanted = asked.parse_args()
    if wanted.step:
        print_result(step(wanted.step, wanted.folder))
        return 0
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        return tell(_measure(Path(folder), wanted.rows, wanted.times))


def _measure(folder: Path, rows: int, times: int) -> list[Line]:
    say(f"正在生成 {rows:,} 条事实 …")
    many_facts.write(folder, rows, SHIPPED)
    done: dict[str, list[dict[str, float]]] = {"copy": [], "load": []}
    for _ in range(times):
        for name, kept in done.items():
            kept.append(_apart(name, folder))
            say(f"{name}：{kept[-1]['seconds']:.1f} s，内存 {kept[-1]['peak_gb']:.2f} GB")
    copy, load = (middle([one["seconds"] for one in done[name]]) for name in ("copy", "load"))
    peak = max(one["peak_gb"] for one in done["load"])
    say("正在生成供页面查询的仓库 …")
    _apart("publish", folder)
    queries = _apart("query", folder)
    name = f"{rows / 10_000:,.0f} 万条事实"
    return [
        Line(
            item=f"{name}：载入", measured=f"{load / copy:.2f} 倍：{load:.1f} s，复制 {copy:.1f} s", budget=f"≤ {TIMES_COPY:.1f} 倍",
            kept=load <= copy * TIMES_COPY,
        ),
        Line(item=f"{name}：内存峰值", measured=f"{peak:.2f} GB", budget=f"≤ {MEMORY_GB:.1f} GB", kept=peak <= MEMORY_GB),
        Line(
            item=f"{name}：页面查询", budget=f"p95 ≤ {QUERY_MS:.0f} ms", kept=queries["p95"] <= QUERY_MS,
            measured=f"p50 {queries['p50']:.1f}，p95 {queries['p95']:.1f}，最慢 {queries['most']:.0f} ms（{queries['charts']:.0f} 个图，各 5 次）",
        ),
    ]  # fmt: skip


def _apart(name: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.ten_million", "--step", name, "--folder", str(folder)]
    ended = subprocess.run(command, cwd=servers.ROOT, stdout=subprocess.PIPE, check=True)
    return dict(json.loads(ended.stdout))


def step(name: str, folder: Path) -> dict[str, float]:
    """Seconds and peak memory of one step; of `query` also its times."""
    parts = sorted(folder.glob("fact-*.parquet"))
    began = time.perf_counter()
    told = {"copy": _copy, "load": _load, "publish": _publish, "query": _query}[name](folder, parts) or {}
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, **told}


def print_result(result: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(result))


def _copy(folder: Path, parts: list[Path]) -> None:
    target = folder / "copied.parquet"
    with duckdb.connect(":memory:") as db:
        db.execute(f"copy (from read_parquet({list(map(str, parts))})) to '{target}' (format parquet, compression zstd)")
    target.unlink()


def _load(folder: Path, parts: list[Path]) -> None:
    """As the build does it: the same SQL file, the same order of rows, sealed."""
    from etl.build import duckdb_engine, publish
    from etl.build.comments import Comments
    from etl.build.draft import Draft
    from etl.build.steps import steps

    path = folder / "loaded.duckdb"
    path.unlink(missing_ok=True)
    [fact] = [one for one in steps() if one.table == "core.fact"]
    with Draft(path, Comments().order) as draft:
        draft.register("fact", parts)
        duckdb_engine.run(draft, fact)
        publish.seal(draft)


def _publish(folder: Path, parts: list[Path]) -> None:
    """The shipped warehouse with the generated facts among its own, in the order of the build, and the marts that count facts
    counted anew. Not measured: it only sets the table."""
    from etl.build.comments import Comments
    from etl.build.steps import steps

    with duckdb.connect(":memory:") as db:
        db.execute(f"set memory_limit = '2GB'; set threads = 1; set temp_directory = '{folder / 'spill'}'")
        db.execute(f"attach '{SHIPPED}' as shipped (read_only); attach '{folder / 'pages.duckdb'}' as made")
        tables = db.execute("select schema_name, table_name from duckdb_tables() where database_name = 'shipped'").fetchall()
        for schema in sorted({schema for schema, _table in tables}):
            db.execute(f"create schema made.{schema}")
        for schema, table in tables:
            if f"{schema}.{table}" not in {"mart.fact", "core.fact", *_COUNTING}:
                db.execute(f"create table made.{schema}.{table} as from shipped.{schema}.{table}")
        columns = {row[0] for row in db.execute("describe shipped.mart.fact").fetchall()}
        order = ", ".join(column for column in Comments().order("mart.fact") if column in columns)
        wide = _WIDE.format(parts=list(map(str, parts)))
        db.execute(f"create table made.mart.fact as from ({wide}) limit 0")
        names = [row[0] for row in db.execute("select indicator from shipped.core.indicator order by indicator").fetchall()]
        assert order.startswith("indicator, ")
        for first in range(0, len(names), _AT_ONCE):  # sorted piece by piece: as a whole they would need many GB
            some = names[first : first + _AT_ONCE]
            db.execute(f"insert into made.mart.fact from ({wide}) where indicator between $low and $high order by {order}",
                       {"low": some[0], "high": some[-1]})  # fmt: skip
        db.execute("use made")
        db.execute("create view core.fact as from mart.fact")  # all columns of core.fact, and more
        db.execute("create schema staging; create view staging.fact_preference as select fact_id, preferred from mart.fact")
        db.execute(_PLACES)
        for one in steps():
            if one.table in _COUNTING:
                made = f"({one.path.read_text(encoding='utf-8')})"
                there = {row[0] for row in db.execute(f"describe from {made}").fetchall()}
                by = ", ".join(column for column in Comments().order(one.table) if column in there)
                db.execute(f"create table {one.table} as from {made} order by {by}")
        db.execute("drop view core.fact; drop schema staging cascade")
        db.execute("checkpoint made")


_AT_ONCE = 20  # indicators
_COUNTING = (
    "mart.fact_count_by_area", "mart.fact_count_by_indicator", "mart.area_indicator", "mart.area_count_by_indicator", "mart.citation", "mart.fact_index",
)  # fmt: skip
_PLACES = """insert into core.ref_area by name
  select distinct ref_area, area_name as name_zh, area_level as level, province, anonymous, illustrative, 'CN' as parent, true as covered,
    'xian x' as spellings, area_name as sort_text
  from mart.fact where ref_area not in (select ref_area from core.ref_area)"""


_WIDE = """from shipped.mart.fact union all by name
  select f.* exclude (ref_area), f.ref_area as ref_area, '县' || f.ref_area as area_name, 'county' as area_level, '某省' as province,
    false as anonymous, false as illustrative, i.name_zh as indicator_zh, i.theme as theme, i.kind as kind, i.decimals as decimals,
    i.direction as direction, i.definition_zh as definition_zh, s.title as source_title, s.publisher as publisher,
    s.published as published, s.grade as grade, s.reprint as reprint, f.line % 8 <> 7 as preferred, '未注明' as population_basis
  from read_parquet({parts}) as f join shipped.core.indicator as i on i.indicator = f.indicator
  join shipped.core.source as s on s.source_id = f.source_id"""


def _query(folder: Path, _parts: list[Path]) -> dict[str, float]:
    """The rows of every chart, nothing remembered between two calls."""
    from dashboard.settings import limit_threads

    limit_threads()
    from dashboard.cards.selection import Selection
    from dashboard.charts import CHARTS
    from dashboard.warehouse import Warehouse
    from dashboard.warehouse.cache import Lru

    db = Warehouse(folder / "pages.duckdb")
    took: dict[str, list[float]] = {name: [] for name in CHARTS}
    for turn in range(6):
        for name, chart in CHARTS.items():
            db._current().made = Lru(256)
            began = time.perf_counter()
            chart.rows(db, Selection())
            took[name] += [(time.perf_counter() - began) * 1000] if turn else []
    slowest = sorted(((middle(times), name) for name, times in took.items()), reverse=True)[:5]
    say("最慢的图：" + "；".join(f"{name} {ms:.0f} ms" for ms, name in slowest))
    every = [ms for times in took.values() for ms in times]
    return {"p50": middle(every), "p95": percentile(every, 0.95), "most": max(every), "charts": float(len(CHARTS))}


if __name__ == "__main__":
    leave(main())
