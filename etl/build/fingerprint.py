"""A content fingerprint per published table, so that a review of the repository sees the numbers move.

The order of rows does not count, nor do columns that say when or where a row was read.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from etl.build.draft import STORED, Draft
from etl.build.publish import published_tables
from etl.drafts import draft_of
from vocabulary.sql import quoted

SUMS = """
    select count(*), coalesce(sum(cast(md5_number_lower(row) as hugeint)), 0),
        coalesce(sum(cast(md5_number_upper(row) as hugeint)), 0)
    from (select {row} as row from draft.{table}) as rows"""
VOLATILE = {"loaded_at", "built_at", "build_id", "file", "line"}


@dataclass(frozen=True)
class Fingerprint:
    table: str
    rows: int
    fingerprint: str


def fingerprints(draft: Draft) -> list[Fingerprint]:
    """One for each table of the stored schemas, by name; meta.build describes the build, not the figures."""
    tables = [table for table in published_tables(draft) if table.partition(".")[0] in STORED]
    return [_fingerprint(draft, table) for table in tables]


def _fingerprint(draft: Draft, table: str) -> Fingerprint:
    """Row count and the sum of the rows' md5 halves. A sum, not an xor: two equal rows must not cancel out."""
    relation = draft.connection.sql(f"from draft.{table} limit 0")
    kinds = dict(zip(relation.columns, relation.types, strict=True))
    texts = [_text(column, str(kind)) for column, kind in kinds.items() if column not in VOLATILE]
    # One flat call: a chain of a hundred || takes DuckDB longer than the rows themselves.
    row = f"concat_ws(chr(31), {', '.join(texts)}, '')"
    # Names come from the catalogue of a file that this process has just written.
    _, found = draft.rows(SUMS.format(row=row, table=table))
    rows, low, high = (int(str(value)) for value in found[0])
    return Fingerprint(table, rows, f"{high % 2**64:016x}{low % 2**64:016x}")


def _text(column: str, kind: str) -> str:
    """A column as text: null is not the empty string; the last bits of a sum of doubles do not count."""
    name = quoted(column)
    shown = f"format('{{:.12g}}', {name})" if kind in {"DOUBLE", "FLOAT"} else f"cast({name} as varchar)"
    return f"coalesce({shown}, chr(30))"


def write_fingerprints(found: list[Fingerprint], path: Path) -> None:
    """table,rows,fingerprint; written whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", "rows", "fingerprint"])
    writer.writerows((one.table, one.rows, one.fingerprint) for one in found)
    draft = draft_of(path)
    draft.write_text(text.getvalue(), encoding="utf-8")
    draft.replace(path)
