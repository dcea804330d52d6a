"""Finished files or none: made in a temporary folder beside their place, moved there in one step.

A full disk, a folder without permission or an interruption leaves what was there before.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DRAFT = ".draft-"  # what a killed run leaves behind begins so; the next run removes it


@contextmanager
def draft_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target` to make files in; it is gone afterwards, whatever happened."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{DRAFT}{target.name}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{DRAFT}{target.name}-", dir=target.parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace_folder(draft: Path, target: Path) -> None:
    """Put the draft where `target` is; the former content goes away only once the new is in place."""
    _settle(draft)
    former = target.with_name(f"{DRAFT}{target.name}-former-{os.getpid()}")
    if target.exists():
        target.replace(former)
    try:
        draft.replace(target)
    except OSError:
        if former.exists():
            former.replace(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def replace_files(draft: Path, target: Path) -> None:
    """Move the files of the draft into `target`, each in one step; other files there stay."""
    _settle(draft)
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(draft.iterdir()):
        path.replace(target / path.name)


def _settle(folder: Path) -> None:
    """Everything is on the disk before it gets its name: some file systems report a full disk only then."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
