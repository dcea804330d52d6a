"""kill -9 at fifty moments of a build: the old warehouse opens unchanged every time, and the next build succeeds.

The builds that are killed are forked from a process that has all modules loaded, so that every moment is one of the build and
none of starting Python. KILL_SEED=<number> repeats a run; the seed is in the failure message.
"""

import hashlib
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from etl.build.build import Plan, build
from tests.conftest import correct

ROOT = Path(__file__).parents[3]
MOMENTS = 50


def start(target: Path, sources: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "etl", "build", "--target", str(target), "--sources", str(sources)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(target: Path, sources: Path) -> float:
    """Build to the end; seconds taken."""
    begun = time.monotonic()
    process = start(target, sources)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors.decode()
    return time.monotonic() - begun


def stop(process: subprocess.Popen[bytes], number: signal.Signals) -> str:
    """Send a signal; what the build said on stderr."""
    process.send_signal(number)
    return process.communicate(timeout=120)[1].decode()


def forked(target: Path, sources: Path) -> multiprocessing.process.BaseProcess:
    """A build in a process of its own that has begun."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.build.build"])
    process = context.Process(target=build, args=(Plan(target=target, sources=sources),))
    process.start()
    return process


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


@pytest.mark.slow
def test_killed_at_fifty_moments_the_old_warehouse_stays_whole(warehouse: Path, sources: Path, tmp_path: Path):
    seed = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(10**6)))
    chance = random.Random(seed)
    target, kept = tmp_path / "out" / "warehouse.duckdb", tmp_path / "old.duckdb"
    target.parent.mkdir()
    shutil.copytree(warehouse.parent, target.parent, dirs_exist_ok=True)
    shutil.copy2(target, kept)
    old = digest(kept)
    correct(sources)
    forked(tmp_path / "out" / "first.duckdb", sources).join()  # the process that others are forked from loads its modules
    begun = time.monotonic()
    forked(tmp_path / "out" / "other.duckdb", sources).join()
    duration = time.monotonic() - begun

    interrupted = 0
    for number in range(MOMENTS):
        process = forked(target, sources)
        # One moment in each fiftieth of the build, so that no stretch of it is missed.
        time.sleep(duration * (number + chance.random()) / MOMENTS)
        process.kill()
        process.join()
        said = f"moment {number}, KILL_SEED={seed}"
        if digest(target) == old:
            interrupted += 1
            assert staff_of_the_centre(target) == 11, said
        else:  # killed after the rename: the new file, whole
            assert staff_of_the_centre(target) == 12, said
            shutil.copy2(kept, target)
        assert not target.with_name(target.name + ".wal").exists(), said

    assert interrupted > MOMENTS // 2, f"the builds ended before the kills, KILL_SEED={seed}"
    finish(target, sources)
    assert staff_of_the_centre(target) == 12
    assert drafts(target) == set(), f"KILL_SEED={seed}"


@pytest.mark.slow
def test_ctrl_c_is_a_word_and_not_a_traceback(sources: Path, tmp_path: Path):
    target = tmp_path / "warehouse.duckdb"
    duration = finish(target, sources)
    for part in range(4, 11):
        process = start(target, sources)
        time.sleep(duration * part / 10)
        said = stop(process, signal.SIGINT)
        assert process.returncode in {0, 130}, said
        assert said in {"", "已中断，旧的数据仓库保持不变\n"}
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
