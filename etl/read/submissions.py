"""Submissions: files that came in by `import`, kept under local/submissions as immutable Parquet, one file a version.

`local/submissions/<name>/v001.parquet` holds the facts as text with sheet, row and cell; what the file was, and the sources and areas
that it brought, stand in the metadata of the Parquet file. The latest version that was not taken back is the one that counts.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from etl.problems import EtlError

FOLDER = Path("local", "submissions")
SUFFIX = ".parquet"
TAKEN_BACK = ".withdrawn"
KEY = "submission"  # of the metadata


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One version of one submission. `received`: ISO time at which it was kept; `sources`, `areas`: rows for those registers."""

    name: str
    version: int
    path: Path
    file: str
    file_hash: str
    received: str
    publisher: str | None  # the office that filled it in; none of a book or table that is cited as such
    facts: int
    places: int
    sources: list[dict[str, str]] = field(default_factory=list)
    areas: list[dict[str, str]] = field(default_factory=list)

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back."""
        return TAKEN_BACK in self.path.suffixes

    def rows(self) -> pl.DataFrame:
        """Its facts as text, with sheet, row and cell."""
        return pl.read_parquet(self.path)


def versions(folder: Path) -> list[Submission]:
    """Every version under a sources folder, those taken back as well; by name and version."""
    found = [_read(path) for path in sorted((folder / FOLDER).glob(f"*/v*{SUFFIX}"))]
    return sorted(found, key=lambda one: (one.name, one.version))


def current(folder: Path) -> list[Submission]:
    """What counts: of each submission the latest version that was not taken back."""
    return list({one.name: one for one in versions(folder) if not one.withdrawn}.values())


def metadata(submission: dict[str, Any]) -> dict[str, str]:
    """What the Parquet file of a submission says of it."""
    return {KEY: json.dumps(submission, ensure_ascii=False)}


def _read(path: Path) -> Submission:
    try:
        told = json.loads(pl.read_parquet_metadata(path)[KEY])
        return Submission(path=path, name=path.parent.name, version=int(path.name[1:].partition(".")[0]), **told)
    except (OSError, KeyError, ValueError, TypeError, pl.exceptions.PolarsError) as error:
        raise EtlError(f"{path} 不是导入时留下的文件，或已损坏：移走它，再导入原来的工作簿（{error}）") from error
