"""The engine for facts that lie on a cluster or exceed one machine: Spark makes the tables as Parquet, the draft reads them.

pyspark stands in an environment of its own (`make spark`), so Spark is driven by a child process, spark_driver.py. The child leads
a process group; whatever ends the build ends the group, JVM and executors included. docs/scale.md says when it pays.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import tomllib
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.build.draft import Draft, parquet
from etl.build.parts import Work
from etl.build.steps import SqlError, Step
from etl.problems import EtlError

DRIVER = Path(__file__).with_name("spark_driver.py")
PYTHON = Path(__file__).parents[2] / ".spark" / "bin" / "python"
MASTER = "local[*]"
MASTERS = re.compile(r"local(-cluster)?(\[.+\])?|spark://.+:\d+|yarn|k8s://.+")
# What the SQL relies on: a division by zero or an overflow is an error, time is UTC, as on DuckDB.
RESULTS = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
LOG = {"spark.ui.showConsoleProgress": "false"}  # its bars would hide the last words
# Without it planning the mart of institutional changes takes less than half the time.
PLANNING = {"spark.sql.constraintPropagation.enabled": "false"}
# On one machine, for few facts: parts of a table, and code compiled for it, cost more than they save. No port is open to the network.
ONE_MACHINE = {
    "spark.sql.shuffle.partitions": "1", "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
}  # fmt: skip
PATIENCE = 10.0  # seconds that Spark has for its own end


class SparkError(EtlError):
    """Spark did not start or did not last."""


@dataclass(frozen=True, kw_only=True)
class SparkEngine:
    """`options` go over the defaults of this module; `folder`, where tables are made, must be seen by every executor (none: beside
    the draft)."""

    master: str = MASTER
    options: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    python: Path = PYTHON

    @classmethod
    def of(cls, master: str, options: Path | None) -> "SparkEngine":
        """As a user asks for it: a master URL, blank for this machine, and a TOML file."""
        master = master or MASTER
        if not MASTERS.fullmatch(master):
            raise EtlError(f"看不懂 Spark 主节点“{master}”：可写 local[2]、spark://主机:7077、yarn 或 k8s://https://主机:6443")
        settings = dict(_settings(options)) if options else {}
        folder = settings.pop("folder", None)
        if strange := [name for name in settings if not name.startswith("spark.")]:
            raise EtlError(f"{options}：{'、'.join(strange)} 不是 Spark 的设置：应以 spark. 开头，或是 folder")
        if turned := [name for name, value in RESULTS.items() if settings.get(name, value) != value]:
            raise EtlError(f"{options}：{'、'.join(turned)} 不能改：改了，两个引擎算出的数会不同")
        return cls(master=master, options=settings, folder=Path(folder).absolute() if folder else None)

    def fill(
        self,
        draft: Draft,
        landed: Mapping[str, Sequence[Path]],
        steps: Sequence[Step],
        say: Callable[[str], None],
        work: Work | None = None,
    ) -> None:
        """Have Spark make all tables, whole, then read them. See etl/build/engine.py."""
        del work
        self._require()
        with _fresh(self._place(draft)) as place:
            self._run(place, landed, steps, say)
            for step in steps:
                draft.fill(step, parquet(sorted((place / f"{step.schema}.db" / step.path.stem).glob("*.parquet"))))

    def _require(self) -> None:
        """Raises SparkError where Spark cannot start, before anything is started."""
        if not self.python.exists():
            raise SparkError(f"没有装 Spark（{self.python}）：先运行 make spark")
        home = os.environ.get("JAVA_HOME")
        if not (shutil.which("java") or (home and shutil.which("java", path=Path(home, "bin")))):
            raise SparkError("没有 Java，Spark 不能运行：先运行 make spark，或请管理员安装 Java 17（openjdk-17-jre-headless）")
        if self.master.startswith("spark://") and not any(map(_answers, self.master.removeprefix("spark://").split(","))):
            raise SparkError(f"连不上 Spark 主节点 {self.master}：检查地址、端口，以及它是否在运行")

    def _place(self, draft: Draft) -> Path:
        beside = draft.path.absolute().with_name(f"{draft.path.name}.spark")  # a stale one goes with its draft
        return self.folder / f"{beside.name}-{uuid.uuid4().hex[:8]}" if self.folder else beside

    def _run(self, place: Path, landed: Mapping[str, Sequence[Path]], steps: Sequence[Step], say: Callable[[str], None]) -> None:
        job = {
            "master": self.master, "options": self._options(place), "folder": str(place),
            "landed": {name: str(_gathered(paths, place / "raw" / name)) for name, paths in landed.items()},
            "steps": [{"table": step.table, "file": step.file, "query": step.query} for step in steps],
        }  # fmt: skip
        log = place / "log.txt"
        say("启动 Spark")
        with log.open("w") as errors, _child([str(self.python), "-P", str(DRIVER)], self._environment(place), errors) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            with suppress(BrokenPipeError):  # it ended at once; the log says why
                child.stdin.write(json.dumps(job) + "\n")
                child.stdin.flush()
            for line in child.stdout:
                told = json.loads(line)
                if "begins" in told:
                    say(f"生成 {told['begins']}")
                elif "failed" in told:
                    raise self._failure(told["failed"], told["why"], log)
                else:
                    child.wait()
                    return
            raise SparkError(f"Spark 中途停止（退出状态 {child.wait()}）：{_last_words(log)}")

    def _failure(self, file: str, why: str, log: Path) -> EtlError:
        if file:
            return SqlError(f"{file} 在 Spark 上执行出错：{why}")
        return SparkError(f"Spark 没能启动（主节点 {self.master}）：{_last_words(log) or why}")

    @property
    def _is_local(self) -> bool:
        return self.master.startswith("local")

    def _options(self, place: Path) -> dict[str, str]:
        local = ONE_MACHINE | {"spark.local.dir": str(place / "local")} if self._is_local else {}
        return {**RESULTS, **PLANNING, **LOG, **local, **self.options}

    def _environment(self, place: Path) -> dict[str, str]:
        (place / "tmp").mkdir()
        local = {"SPARK_LOCAL_IP": "127.0.0.1"} if self._is_local else {}
        return {**local, **os.environ, "TMPDIR": str(place / "tmp")}


def _settings(path: Path) -> Iterator[tuple[str, str]]:
    """The settings of a TOML file by their full names: [spark.executor] memory is spark.executor.memory."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EtlError(f"读不了 {path}：{error}") from error
    yield from _flat(content)


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", str(value).lower() if isinstance(value, bool) else str(value)


def _answers(place: str) -> bool:
    host, _, port = place.rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except (OSError, ValueError):
        return False
    return True


@contextmanager
def _fresh(place: Path) -> Iterator[Path]:
    """A folder that was not there and will not be: Spark refuses one that holds a table already."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _gathered(paths: Sequence[Path], folder: Path) -> Path:
    """The files of one table in a folder of their own: of a folder Spark reads all there is."""
    folder.mkdir(parents=True)
    for number, path in enumerate(paths):
        name = folder / f"{number:06d}.parquet"
        try:
            os.link(path, name)
        except OSError:  # another disk, or one without links
            shutil.copyfile(path, name)
    return folder


@contextmanager
def _child(command: list[str], environment: dict[str, str], errors: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that leads a group of its own; in the end the group is gone."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, stderr=errors, encoding="utf-8", start_new_session=True
    ) as child:
        try:
            yield child
        finally:
            for number in (signal.SIGTERM, signal.SIGKILL):
                if _signalled(child, number):
                    _wait_for_the_group(child)


def _signalled(child: subprocess.Popen[str], number: int) -> bool:
    """Send to the whole group; False when nobody is left in it."""
    child.poll()
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return False
    return True


def _wait_for_the_group(child: subprocess.Popen[str]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and _signalled(child, 0):
        time.sleep(0.05)


def _last_words(log: Path) -> str:
    """The last line of the log that names a fault, without the stack below it."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    faults = [line for line in lines if re.search(r"Exception|Error|ERROR|must be set", line) and not line.startswith("at ")]
    return (faults or lines or [""])[-1]
