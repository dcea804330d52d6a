"""Runs SQL files on Spark, in a process of its own: the interpreter of .spark/, which has pyspark and nothing of ours.

One job as a line of JSON on stdin (see etl/build/spark_engine.py), one line of JSON on stdout for whatever is told:
{"begins": table} · {"failed": file or "", "why": text}, where no file failed but Spark did not start · {"done": true}.
Stdin stays open: when it ends, whoever asked is gone, and so is the job.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pyspark
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

MOST_LINES = 8
_FAILURES = (PySparkException, Py4JError, OSError)
_STACK = ("\tat ", "Driver stacktrace", "Caused by:", "JVM stacktrace", "\t...")


def main() -> int:
    """Run the job. Exit status 0 when every table is made."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # whatever the JVM prints belongs into the log

    def tell(**words: object) -> None:
        told.write(json.dumps(words) + "\n")

    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_when_nobody_waits, daemon=True).start()
    session, file = None, ""
    if job["master"].startswith("local-cluster"):
        _home_of_its_own(Path(job["folder"]) / "home")
    try:
        session = _session(job)
        _databases(session, job)
        for step in job["steps"]:
            file = step["file"]
            tell(begins=step["table"])
            session.sql(f"create table {step['table']} using parquet as {step['query']}")
    except _FAILURES as error:
        tell(failed=file, why=reason(str(error)))
        return 1
    finally:
        if session is not None:
            _stop(session)
    tell(done=True)
    return 0


def _end_when_nobody_waits() -> None:
    sys.stdin.read()
    os.killpg(0, signal.SIGTERM)  # this process leads a group of its own, of which the JVM is


def _home_of_its_own(home: Path) -> None:
    """Workers on this machine write into the folder where Spark is installed; this one is removed with the tables."""
    home.mkdir()
    for part in Path(os.environ.get("SPARK_HOME") or pyspark.__path__[0]).iterdir():
        (home / part.name).symlink_to(part)
    os.environ["SPARK_HOME"] = str(home)


def _session(job: dict[str, Any]) -> SparkSession:
    builder = SparkSession.builder.master(job["master"]).appName("reform-metrics")
    for name, value in job["options"].items():
        builder = builder.config(name, value)
    session = (
        builder.config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.warehouse.dir", job["folder"])
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session


def _databases(session: SparkSession, job: dict[str, Any]) -> None:
    """A database a schema, and the landed files as tables of `raw`."""
    for schema in dict.fromkeys(["raw", *(step["table"].partition(".")[0] for step in job["steps"])]):
        session.sql(f"create database {schema}")
    for name, place in job["landed"].items():
        session.sql(f"create table raw.{name} using parquet location {_literal(place)}")


def _literal(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _stop(session: SparkSession) -> None:
    """Stop Spark and wait for its JVM, so that nothing of it outlives this process."""
    gateway = session.sparkContext._gateway
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


def reason(message: str) -> str:
    """What a failure of Spark says, without the stacks of two languages."""
    lines: list[str] = []
    for line in message.splitlines():
        if line.startswith(_STACK) or len(lines) == MOST_LINES:
            break
        lines += [line.rstrip()] if line.strip() else []
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
