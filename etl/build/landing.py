"""Land checked input as immutable Parquet, one file a source file, named by the content it holds.

Another engine reads the same files (that is the whole way to a cluster), so nothing here is DuckDB's. A landed file
is never rewritten: unchanged input finds its file and keeps its `loaded_at`, the time of first landing.
"""

import datetime
import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import polars as pl

from etl.drafts import draft_of, remove_stale_drafts
from etl.read.inputs import FileRead, Inputs, read_inputs
from etl.read.registry import Record
from etl.read.sources import FILES, Registries
from vocabulary.alphabet import EDITION, sort_text, spelling
from vocabulary.periods import days_of

TYPES: Mapping[str, pl.DataType] = {"bool": pl.Boolean(), "int": pl.Int32(), "float": pl.Float64()}
SUBMISSION: Mapping[str, pl.DataType] = dict.fromkeys(
    (
        "submission",
        "version",
        "publisher",
        "file_name",
        "file_hash",
        "received",
        "facts",
        "places",
        "withdrawn",
        "counts",
        "file",
    ),
    pl.String(),
) | {"version": pl.Int32(), "facts": pl.Int32(), "places": pl.Int32(), "withdrawn": pl.Boolean(), "counts": pl.Boolean()}


@dataclass(frozen=True)
class Landed:
    """raw table → Parquet files; `source_hash` identifies the whole input."""

    tables: dict[str, list[Path]]
    source_hash: str


def read_and_land_facts(sources: Path, folder: Path, before: Mapping[str, FileRead] | None = None) -> Inputs:
    """All inputs, the facts landed in `folder` (created when missing); `before`, as in read_inputs, is what landed there already."""
    folder.mkdir(parents=True, exist_ok=True)
    remove_stale_drafts(folder)
    return read_inputs(sources, lambda name, facts: _write_facts(facts, folder, name), before, folder)


def land(inputs: Inputs, folder: Path) -> Landed:
    """Write the registries into `folder` where they are not there yet; the facts are (read_and_land_facts)."""
    tables = {table: [_write(registry_frame(inputs.registries, table), folder, table)] for table in FILES if table != "area"}
    tables["area"] = [_write_areas(registry_frame(inputs.registries, "area"), folder)]
    tables["area_ancestor"] = [_write(area_ancestors(inputs.registries), folder, "area_ancestor")]
    tables["submission"] = [_write(submission_frame(inputs), folder, "submission")]
    tables["fact"] = list(inputs.landed.values())
    names = sorted(path.name for paths in tables.values() for path in paths)
    return Landed(tables, hashlib.sha256("\n".join(names).encode()).hexdigest()[:16])


def registry_frame(registries: Registries, table: str) -> pl.DataFrame:
    """A registry with its typed columns, in file order; one of dates (events, measures) with the days that they span."""
    model = FILES[table][1]
    schema = {column: _type(model, column) for column in model.model_fields}
    frame = pl.DataFrame([record.model_dump() for record in registries.records(table)], schema=schema)
    if "date" not in frame.columns:
        return frame
    days = [days_of(date) or (None, None) for date in frame["date"]]
    ends = [days_of(end) if end else None for end in frame["date_end"]] if "date_end" in frame.columns else [None] * len(days)
    return frame.with_columns(
        pl.Series("year", [first.year if first else None for first, _ in days], dtype=pl.Int32),
        pl.Series("period_start", [first for first, _ in days], dtype=pl.Date),
        pl.Series("period_end", [end[1] if end else last for (_, last), end in zip(days, ends, strict=True)], dtype=pl.Date),
    )


def _type(model: type[Record], column: str) -> pl.DataType:
    annotation = model.model_fields[column].annotation
    either = (getattr(kind, "__origin__", kind) for kind in (annotation, *get_args(annotation)))  # a checked int | None is an int
    kinds = {getattr(kind, "__name__", "") for kind in either}
    return next((TYPES[kind] for kind in TYPES if kind in kinds), pl.String())


def area_ancestors(registries: Registries) -> pl.DataFrame:
    """Closure of `parent`: one row an area and each ancestor; the area itself at distance 0."""
    parents = {area.ref_area: area.parent for area in registries.records("area")}
    rows = []
    for area in parents:
        ancestor, distance = area, 0
        while ancestor is not None:
            rows.append({"ref_area": area, "ancestor": ancestor, "distance": distance})
            ancestor, distance = parents[ancestor], distance + 1
    return pl.DataFrame(rows, schema={"ref_area": pl.String, "ancestor": pl.String, "distance": pl.Int32})


def submission_frame(inputs: Inputs) -> pl.DataFrame:
    """One row a version of what was imported; `counts`: its facts are in this build."""
    rows = [
        {
            "submission": one.name, "version": one.version, "publisher": one.publisher, "file_name": one.file, "file_hash": one.file_hash,
            "received": one.received, "facts": one.facts, "places": one.places, "withdrawn": one.withdrawn, "counts": file in inputs.landed,
            "file": file,
        }
        for file, one in inputs.submissions.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=SUBMISSION)


def _write_areas(frame: pl.DataFrame, folder: Path) -> Path:
    """Places with how each name is typed and where it stands by pinyin: some ten seconds for all townships of the country, so that they
    are made where places or the dictionary of readings are new, and never by who reads the warehouse."""

    def spelled(areas: pl.DataFrame) -> pl.DataFrame:
        names = areas["name_zh"].to_list()
        return areas.with_columns(
            pl.Series("spellings", [spelling(name) for name in names], dtype=pl.String),
            pl.Series("sort_text", [sort_text(name) for name in names], dtype=pl.String),
        )

    return _write(frame.with_columns(pl.lit(EDITION).alias("spellings")), folder, "area", finish=spelled)


def _write_facts(frame: pl.DataFrame, folder: Path, name: str) -> Path:
    stem = "fact-" + name.removesuffix(".csv").replace("/", "-")
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
    return _write(frame, folder, stem, finish=lambda facts: facts.with_columns(loaded_at=pl.lit(now).cast(pl.Datetime("us"))))


def _write(frame: pl.DataFrame, folder: Path, stem: str, *, finish: Callable[[pl.DataFrame], pl.DataFrame] | None = None) -> Path:
    """`frame`, as `finish` makes it, under the hash of what it was before. An existing file of that name is the answer."""
    path = folder / f"{stem}-{content_hash(frame)}.parquet"
    if not path.exists():
        draft = draft_of(path)
        finished = finish(frame) if finish else frame
        finished.write_parquet(draft, compression="zstd", statistics=True)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    return path


def content_hash(frame: pl.DataFrame) -> str:
    """16 hex digits over column names, types and every value in order."""
    digest = hashlib.sha256(repr(list(frame.schema.items())).encode())
    digest.update(frame.write_csv(null_value="\\N", quote_style="non_numeric").encode())
    return digest.hexdigest()[:16]
