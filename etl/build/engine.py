"""What makes the tables of a build: an `Engine`, named on the command line.

An engine only builds. Sorting, checks, keys, comments, fingerprints and the final rename are the draft's, whatever the engine.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from etl.build.draft import Draft
from etl.build.duckdb_engine import DuckDBEngine
from etl.build.parts import Work
from etl.build.spark_engine import SparkEngine
from etl.build.steps import Step
from etl.problems import EtlError

DEFAULT = "duckdb"


class Engine(Protocol):
    """Makes tables out of landed Parquet by the SQL files."""

    def fill(
        self,
        draft: Draft,
        landed: Mapping[str, Sequence[Path]],
        steps: Sequence[Step],
        say: Callable[[str], None],
        work: Work | None = None,
    ) -> None:
        """Fill `draft` with the table of every step; `landed` holds the Parquet files of each raw table, which the draft knows
        as well. `say` is told what is being made. With `work` tables may be made in parts; an engine may ignore it. Raises EtlError."""


def engine_of(wanted: str, options: Path | None = None) -> Engine:
    """The engine that a user names: duckdb, spark or spark=MASTER; `options` is a TOML file for Spark. Raises EtlError."""
    name, _, master = wanted.partition("=")
    if name == "spark":
        return SparkEngine.of(master, options)
    if wanted != DEFAULT:
        raise EtlError(f"没有建库引擎“{wanted}”：可写 duckdb、spark 或 spark=主节点，例如 spark=local[2]")
    if options:
        raise EtlError("--engine-options 只用于 Spark：同时写 --engine spark")
    return DuckDBEngine()
