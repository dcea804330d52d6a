"""Which file queries read: the warehouse itself, or its public copy when it holds internal facts that must not be seen.

Queries see it under a name that tells nothing of the server: a second name of the same file (or a copy, where the folder for temporary
files is on another file system) in a folder of its own.
"""

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

_PREFIX = "reform-rows-"
_PREFIXES = (_PREFIX, "reform-public-")  # and that of dashboard.warehouse
MOST_COPIED = 1_000_000_000  # bytes of a file that is copied where it can have no second name; a larger one is read where it lies
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
    """Looks at the file whenever it has changed, and keeps one name or public copy of the build that is current."""

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
        _remove_orphans()
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        try:
            found = self._found_in(folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if self._folder is not None:  # a query that still reads the build before keeps its open file
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = folder
        return found

    def _found_in(self, folder: Path) -> Source:
        """The file as it is now under a name in `folder`: DuckDB tells whoever asks where the file lies that it reads."""
        seen = folder / _FILE
        whole = self._under_another_name(folder / "whole.duckdb")
        with contextlib.closing(duckdb.connect(":memory:", config={"threads": 1})) as db:
            db.execute(f"attach {literal(whole)} as wh (read_only)")
            [(build_id,)] = db.execute(_BUILD).fetchall()
            holds_internal = bool(db.execute(HOLDS_INTERNAL).fetchall())
        if holds_internal and not self._internal:
            write_public_copy(whole, seen)
            if whole != self._path:
                whole.unlink()
        elif whole != self._path:
            whole.rename(seen)
        else:
            seen = whole
        return Source(path=seen, build_id=build_id, public=not self._internal)

    def _under_another_name(self, name: Path) -> Path:
        """`name` for the file, or the file's own where it can have no other."""
        try:
            name.hardlink_to(self._path)
        except OSError:  # on another file system, or the file of another user
            if self._path.stat().st_size > MOST_COPIED:
                return self._path
            shutil.copyfile(self._path, name)
        return name


def stamp(path: Path) -> tuple[int, ...]:
    """What tells one file from another that took its name."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _remove_orphans() -> None:
    """Folders of servers that ended without tidying up (kill -9, loss of power)."""
    for prefix in _PREFIXES:
        for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            owner = folder.name.removeprefix(prefix).partition("-")[0]
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
