"""What the last build of a warehouse says of itself, so that the next need not do all of it again; beside the landed files.

It stands for a recipe (code, SQL, checks, words, versions of the libraries) and for one build id, and holds digests only: of the bytes
of every file that was read, of what each part was made of, and of the rows of each part. Nothing is taken over that does not match.
"""

import hashlib
import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from etl.drafts import draft_of
from etl.read.inputs import FileRead

ROOT = Path(__file__).parents[2]
LIBRARIES = ("dataframely", "duckdb", "polars", "pydantic")
CODE = {".py", ".sql", ".toml"}
LEAST = 100_000  # facts: with fewer a build takes seconds, and keeping account would cost more than it saves


@dataclass(frozen=True)
class Part:
    """Rows of one part of a published table: how many, a quick digest of all columns, and both sums of their fingerprint."""

    rows: int
    seen: str
    low: int
    high: int


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """`indicators`: digest of what their parts were made of; `tables`: table → part → Part, the part of a whole table being ''."""

    recipe: str
    build_id: str
    registries: str
    files: dict[str, FileRead]
    indicators: dict[str, str]
    tables: dict[str, dict[str, Part]]

    def write(self, path: Path) -> None:
        """Whole or not at all."""
        draft = draft_of(path)
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        draft.replace(path)


def read_earlier(path: Path, recipe: str) -> Earlier | None:
    """What a build of the same recipe left there; None when there is none, or it cannot be read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["recipe"] != recipe:
            return None
        files = {name: FileRead(**one) for name, one in told.pop("files").items()}
        tables = {table: {part: Part(**one) for part, one in parts.items()} for table, parts in told.pop("tables").items()}
        return Earlier(files=files, tables=tables, **told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def recipe(folders: Iterable[Path]) -> str:
    """Digest of the program, of what stands in `folders` (or files) and of the libraries that compute: another one, another warehouse."""
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    digest.update(platform.python_version().encode())
    for folder in (ROOT / "etl", ROOT / "vocabulary", *folders):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if path.suffix in CODE and "sources" not in path.relative_to(folder).parts:
                digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
