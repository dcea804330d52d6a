"""Files in the making: `<name>.draft-<pid>`, beside what they will become and never mistaken for it.

A build that dies leaves its drafts behind; the next build removes those whose process is gone.
"""

import os
import re
import shutil
from pathlib import Path

DRAFT = re.compile(r"(?P<name>.+)\.draft-(?P<pid>\d+)(\.\w+)?")  # DuckDB adds .wal and .tmp
COMPANIONS = ("", ".wal", ".tmp")


def draft_of(path: Path) -> Path:
    """Where this process makes what will become `path`; same folder, so that the final rename is atomic."""
    return path.with_name(f"{path.name}.draft-{os.getpid()}")


def discard(draft: Path) -> None:
    """Delete a draft that will not be published, with what DuckDB puts beside it; nothing there is fine."""
    for suffix in COMPANIONS:
        _remove(draft.with_name(draft.name + suffix))


def remove_stale_drafts(folder: Path, names: set[str] | None = None) -> list[Path]:
    """Delete drafts in `folder` (of the files `names`, else of any) whose process is gone; those of live builds stay."""
    removed = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = DRAFT.fullmatch(path.name)
        if match and (names is None or match["name"] in names) and not _runs(int(match["pid"])):
            _remove(path)
            removed.append(path)
    return removed


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    """Another live process. Our own number on an old draft means a dead namesake (common in containers)."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
