"""Which file queries read: the warehouse itself, or its public copy when it holds internal facts that must not be seen."""

import contextlib
import os
import shutil
import tempfile
import threading
import weakref
from dataclasses import dataclass
from pathlib import Path

import duckdb

from dashboard.warehouse.public_copy import HOLDS_INTERNAL, write_public_copy
from vocabulary.sql import literal

_PREFIX = "reform-public-"
_FILE = "warehouse.duckdb"
_BUILD = "select build_id from wh.meta.build"


class NoSourceError(RuntimeError):
    """There is no usable warehouse file. The message is Chinese."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file to query and the build it must hold; `public` when it may hold no internal fact."""

    path: Path
    build_id: str
    public: bool


class SourceFinder:
    """Looks at the file whenever it has changed, and keeps one public copy of the build that is current."""

    def __init__(self, path: Path, *, internal: bool) -> None:
        self._path, self._internal = path.resolve(), internal
        self._lock = threading.Lock()
        self._stamp: tuple[int, ...] = ()
        self._found: Source | None = None
        self._folder: Path | None = None

    def current(self, *, again: bool = False) -> Source:
        """The source for the file as it is now; `again` looks even where the file seems the same. Raises NoSourceError."""
        with self._lock:
            try:
                now = stamp(self._path)
                if self._found is None or again or now != self._stamp:
                    self._found, self._stamp = self._look(), now
            except (OSError, duckdb.Error) as error:
                raise NoSourceError(f"数据文件（{self._path.name}）不存在或不能读取，请先运行 make warehouse。") from error
            return self._found

    def _look(self) -> Source:
        with contextlib.closing(duckdb.connect(":memory:", config={"threads": 1})) as db:
            db.execute(f"attach {literal(self._path)} as wh (read_only)")
            [(build_id,)] = db.execute(_BUILD).fetchall()
            holds_internal = bool(db.execute(HOLDS_INTERNAL).fetchall())
        if self._internal or not holds_internal:
            return Source(path=self._path, build_id=build_id, public=not self._internal)
        return Source(path=self._copy(), build_id=build_id, public=True)

    def _copy(self) -> Path:
        """A new public copy; the one before goes (a query that still reads it keeps its open file)."""
        _remove_orphans()
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        write_public_copy(self._path, folder / _FILE)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = folder
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder / _FILE


def stamp(path: Path) -> tuple[int, ...]:
    """What tells one file from another that took its name."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _remove_orphans() -> None:
    """Copies of servers that ended without tidying up (kill -9, loss of power)."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdecimal() and not _runs(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
