"""kill -9 at fifty moments of a build: the old warehouse opens unchanged every time, and the next build succeeds.

A process that is killed leaves its folder as it is at that moment; so one build is stopped at fifty moments, and what whoever opens the
warehouse then would find after a kill is looked at each time. Some builds are killed in earnest. Moments are seconds of the build's own
work, not of the clock: on a machine that does other things beside they are moments of a build as well. KILL_SEED=<number> repeats a run;
the seed is in the failure message.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from tests.conftest import FIXTURE, correct

ROOT = Path(__file__).parents[3]
STOPS, KILLS, BREAKS = 50, 5, 7
# The command in a process that has its modules already, so that every moment is one of the build and none of starting Python. It sends
# itself a signal at each of the moments given, then says how long it took.
BUILD = """
import os, runpy, sys, threading, time
import etl.build.build
number, moments, sys.argv = int(sys.argv[1]), [float(moment) for moment in sys.argv[2].split()], sys.argv[3:]
def interrupt():
    for moment in moments:
        while time.process_time() < begun + moment:
            time.sleep(0.0005)
        os.kill(os.getpid(), number)
begun = time.process_time()
threading.Thread(target=interrupt, daemon=True).start()
try:
    runpy.run_module("etl", run_name="__main__")
finally:
    print(time.process_time() - begun)
"""


def command(target: Path, sources: Path) -> list[str]:
    return ["etl", "build", "--target", str(target), "--sources", str(sources)]


def start(target: Path, sources: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", *command(target, sources)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def interrupted(target: Path, sources: Path, number: signal.Signals, moments: Iterable[float]) -> subprocess.Popen[bytes]:
    """A build that sends itself the signal at each of these moments."""
    words = [sys.executable, "-c", BUILD, str(int(number)), " ".join(map(str, moments)), *command(target, sources)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def drafts(target: Path) -> set[str]:
    places = [target.parent, target.parent / ".landing"]
    return {path.name for place in places for path in place.iterdir() if "draft" in path.name}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def staff_of_the_centre(path: Path) -> float:
    """The figure that the two builds differ in."""
    with duckdb.connect(str(path), read_only=True) as connection:
        (row,) = connection.execute("select obs_value from mart.fact where org_unit = '农业服务中心'").fetchall()
    return float(row[0])


def is_whole(target: Path, old: str, said: str) -> bool:
    """Whether the old warehouse stands; it or the new one opens and has its figure."""
    assert not target.with_name(target.name + ".wal").exists(), said
    is_old = digest(target) == old
    assert staff_of_the_centre(target) == (11 if is_old else 12), said
    return is_old


class Chance:
    """Moments of a build that are different in each run."""

    def __init__(self, duration: float) -> None:
        self.duration = duration
        seed = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(10**6)))
        self.said = f"KILL_SEED={seed}"
        self._random = random.Random(seed)

    def moments(self, parts: int) -> list[float]:
        """One in each part of the build, so that no stretch of it is missed."""
        return [self.duration * (part + self._random.random()) / parts for part in range(parts)]


@pytest.fixture(scope="module")
def chance(tmp_path_factory: pytest.TempPathFactory) -> Chance:
    process = interrupted(tmp_path_factory.mktemp("measured") / "warehouse.duckdb", FIXTURE, signal.SIGKILL, [])
    said, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()
    return Chance(float(said.splitlines()[-1]))


@pytest.fixture
def target(warehouse: Path, tmp_path: Path) -> Path:
    """A warehouse as a build left it, to be replaced by the next one."""
    place = tmp_path / "out" / warehouse.name
    shutil.copytree(warehouse.parent, place.parent)
    return place


@pytest.mark.slow
def test_stopped_at_fifty_moments_the_old_warehouse_stands_whole(target: Path, sources: Path, chance: Chance):
    old = digest(target)
    correct(sources)
    process = interrupted(target, sources, signal.SIGSTOP, chance.moments(STOPS))
    standing = 0
    for number in range(STOPS):
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):  # it took less than the one that was measured
            process.returncode = os.waitstatus_to_exitcode(status)
            break
        standing += is_whole(target, old, f"moment {number}, {chance.said}")
        process.send_signal(signal.SIGCONT)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()
    assert standing > STOPS // 2, f"the build ended before the stops, {chance.said}"
    assert not is_whole(target, old, chance.said)
    assert drafts(target) == set(), chance.said


@pytest.mark.slow
def test_killed_the_old_warehouse_stays_whole_and_the_next_build_succeeds(target: Path, sources: Path, chance: Chance):
    old, kept = digest(target), target.parents[1] / "old.duckdb"
    shutil.copy2(target, kept)
    correct(sources)
    killed = 0
    for moment in chance.moments(KILLS):
        process = interrupted(target, sources, signal.SIGKILL, [moment])
        process.communicate(timeout=300)
        killed += process.returncode == -signal.SIGKILL
        if not is_whole(target, old, f"after {moment} s, {chance.said}"):  # killed after the rename
            shutil.copy2(kept, target)
    assert killed > KILLS // 2, f"the builds ended before the kills, {chance.said}"
    process = start(target, sources)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 0, errors.decode()
    assert staff_of_the_centre(target) == 12
    assert drafts(target) == set(), chance.said


@pytest.mark.slow
def test_ctrl_c_is_a_word_and_not_a_traceback(target: Path, sources: Path, chance: Chance):
    for moment in chance.moments(BREAKS):
        process = interrupted(target, sources, signal.SIGINT, [moment])
        said = process.communicate(timeout=300)[1].decode()
        assert process.returncode in {0, 130}, said
        assert said in {"", "已中断，旧的数据仓库保持不变\n"}, f"after {moment} s, {chance.said}"
        assert staff_of_the_centre(target) == 11
        assert drafts(target) == set()


@pytest.mark.slow
def test_builds_at_the_same_time_do_not_disturb_each_other(sources: Path, tmp_path: Path):
    target = tmp_path / "warehouse.duckdb"
    processes = [start(target, sources) for _ in range(3)]
    said = [process.communicate(timeout=120)[1].decode() for process in processes]
    assert said == [""] * 3
    assert staff_of_the_centre(target) == 11
    assert drafts(target) == set()
