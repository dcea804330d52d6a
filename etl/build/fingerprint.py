"""A content fingerprint per published table, so that a review of the repository sees the numbers move.

The order of rows does not count, nor do columns that say when or where a row was read.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.build.draft import STORED, Draft
from etl.build.earlier import Part
from etl.build.parts import Work, row_digest
from etl.build.publish import published_tables
from etl.drafts import draft_of
from vocabulary.sql import literal, quoted

# Row count and the sum of the rows' md5 halves. A sum, not an xor: two equal rows must not cancel out.
SUMS = """
    select part, count(*), sum(cast(md5_number_lower(row) as hugeint)), sum(cast(md5_number_upper(row) as hugeint))
    from (select {part} as part, {row} as row from draft.{table}{where}) as rows group by part"""
VOLATILE = {"loaded_at", "built_at", "build_id", "file", "line"}


@dataclass(frozen=True)
class Fingerprint:
    table: str
    rows: int
    fingerprint: str


class NotAsItWas(Exception):
    """What was taken over from the earlier warehouse is not what the build that made it said of it."""


def fingerprints(draft: Draft) -> list[Fingerprint]:
    """One for each table of the stored schemas, by name; meta.build describes the build, not the figures."""
    return [total(table, [_part(draft, table)]) for table in _tables(draft)]


@dataclass(frozen=True)
class Quick:
    """Rows of a part, and a digest of all their columns; quicker than a fingerprint, and of one version of DuckDB only."""

    rows: int
    seen: str


def what_was_made(draft: Draft, work: Work) -> dict[str, dict[str, Quick]]:
    """table → part → Quick of all that the engine made. Raises NotAsItWas where a part that was taken over is not what the earlier
    build said of it; before the checks, which would else say so in words that mislead."""
    found = {table: _quick(draft, table, work) for table in _tables(draft)}
    for table, kept in work.kept.items():
        earlier = work.earlier.tables.get(table, {}) if work.earlier else {}
        if any(not _is_still(found[table].get(part), earlier.get(part)) for part in kept):
            raise NotAsItWas(table)
    return found


def fingerprints_in_parts(
    draft: Draft, work: Work, made: Mapping[str, Mapping[str, Quick]]
) -> tuple[list[Fingerprint], dict[str, dict[str, Part]]]:
    """The same, and the parts of every table for the next build. What is quickly seen to be the earlier part is not fingerprinted again."""
    earlier = work.earlier.tables if work.earlier else {}
    found = {
        table: _parts(draft, table, made.get(table) or _quick(draft, table, work), work, earlier.get(table, {}))
        for table in _tables(draft)
    }
    return [total(table, list(parts.values())) for table, parts in found.items()], found


def total(table: str, parts: list[Part]) -> Fingerprint:
    """Of a table: the sums of its parts."""
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    return Fingerprint(table, sum(part.rows for part in parts), f"{high % 2**64:016x}{low % 2**64:016x}")


def _tables(draft: Draft) -> list[str]:
    return [table for table in published_tables(draft) if table.partition(".")[0] in STORED]


def _part_of(table: str, work: Work) -> str:
    """The column by which a table is in parts; '' for one that is whole."""
    return "indicator" if table in {"core.fact", *work.parts.by_indicator} else "''"


def _quick(draft: Draft, table: str, work: Work) -> dict[str, Quick]:
    part = _part_of(table, work)
    _, rows = draft.rows(f"select {part}, count(*), sum({row_digest(draft, table)}) from draft.{table} group by 1")  # noqa: S608
    return {str(name): Quick(int(str(count)), str(seen)) for name, count, seen in rows}


def _is_still(quick: Quick | None, earlier: Part | None) -> bool:
    return (quick and (quick.rows, quick.seen)) == (earlier and (earlier.rows, earlier.seen))


def _parts(draft: Draft, table: str, quick: Mapping[str, Quick], work: Work, earlier: Mapping[str, Part]) -> dict[str, Part]:
    same = {name for name, one in quick.items() if name in earlier and _is_still(one, earlier[name])}
    differing = quick.keys() - same
    if not differing:
        return {name: earlier[name] for name in same}
    part = _part_of(table, work)
    where = f" where {part} in ({', '.join(map(literal, sorted(differing)))})" if same else ""
    _, rows = draft.rows(SUMS.format(part=part, row=_row(draft, table), table=table, where=where))
    anew = {
        str(name): Part(int(str(count)), quick[str(name)].seen, int(str(low)), int(str(high))) for name, count, low, high in rows
    }
    return {name: earlier[name] for name in same} | anew


def _part(draft: Draft, table: str) -> Part:
    _, rows = draft.rows(SUMS.format(part="''", row=_row(draft, table), table=table, where=""))
    for _, count, low, high in rows:
        return Part(int(str(count)), "", int(str(low)), int(str(high)))
    return Part(0, "", 0, 0)


def _row(draft: Draft, table: str) -> str:
    """A row as one text."""
    relation = draft.connection.sql(f"from draft.{table} limit 0")
    kinds = dict(zip(relation.columns, relation.types, strict=True))
    texts = [_text(column, str(kind)) for column, kind in kinds.items() if column not in VOLATILE]
    # One flat call: a chain of a hundred || takes DuckDB longer than the rows themselves.
    return f"concat_ws(chr(31), {', '.join(texts)}, '')"


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
