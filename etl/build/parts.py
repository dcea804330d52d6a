"""Parts of a build: which tables can be made for some indicators only (etl/sql/parts.toml), and whether what a part is made of changed.

Nothing here looks at times or names of files: a part stands for as long as the facts of its indicator, and what these meet, have
the same digest, under the same recipe (SQL, code, registries: etl/build/earlier.py).
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from etl.build.draft import Draft
from etl.build.earlier import Earlier
from etl.build.steps import Step
from vocabulary.sql import quoted

FILE = "parts.toml"
FLOATS = {"DOUBLE", "FLOAT"}
BATCH = 1_000_000  # facts whose tables are made at once: sorted within the memory of a draft


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The register, by table. See the file for what its entries promise."""

    by_indicator: frozenset[str] = frozenset()
    together: str = ""
    of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    met: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, sql: Path) -> "Parts":
        """The register beside the SQL files; none there: every table is made whole."""
        if not (sql / FILE).is_file():
            return cls()
        content = tomllib.loads((sql / FILE).read_text(encoding="utf-8"))
        return cls(
            by_indicator=frozenset(content["by_indicator"]),
            together=content["together"],
            of={table: frozenset(indicators) for table, indicators in content["of"].items()},
            met={table: tuple(columns) for table, columns in content["met"].items()},
        )

    def closed(self, indicators: Collection[str], known: Collection[str]) -> set[str]:
        """These and those of `known` that share rows with them."""
        families = {self._family(indicator) for indicator in indicators}
        return {*indicators, *(indicator for indicator in known if self._family(indicator) in families)}

    def _family(self, indicator: str) -> str:
        return indicator.removesuffix(self.together) if self.together else indicator

    def late(self, steps: Iterable[Step]) -> set[str]:
        """Tables that are made whole after all parts, since they read, at any remove, one that is made in parts."""
        parted = {*self.by_indicator, *self.of}
        late: set[str] = set()
        for step in steps:
            if step.table not in parted and step.reads & (parted | late):
                late.add(step.table)
        return late


def row_digest(draft: Draft, relation: str, *, alias: str = "") -> str:
    """An expression over all columns of `relation`: 64 bits that tell its rows from one another. DuckDB hashes 0 and -0 alike."""
    found = draft.connection.sql(f"from {relation} limit 0")
    dot = f"{alias}." if alias else ""
    columns = [f"{dot}{quoted(column)}" for column in found.columns]
    signs = [
        f"signbit({dot}{quoted(column)})" for column, kind in zip(found.columns, found.types, strict=True) if str(kind) in FLOATS
    ]
    return f"hash({', '.join((*columns, *signs))})"


def indicator_digests(draft: Draft, parts: Parts) -> dict[str, tuple[int, str]]:
    """indicator → facts, and a digest of all that a part of it is made of: its facts, and the rows that these meet."""
    facts = f"count(*), sum({row_digest(draft, 'core.fact', alias='f')})"
    _, rows = draft.rows(f"select f.indicator, {facts} from core.fact as f group by f.indicator order by 1")  # noqa: S608
    counts = {str(indicator): int(str(count)) for indicator, count, _ in rows}
    digests = {str(indicator): [str(total)] for indicator, _, total in rows}
    for table, keys in parts.met.items():
        on = " and ".join(f"m.{quoted(key)} = f.{quoted(key)}" for key in keys)
        seen = f"sum({row_digest(draft, table, alias='m')})"
        _, rows = draft.rows(f"select f.indicator, {seen} from core.fact as f join {table} as m on {on} group by f.indicator")  # noqa: S608
        met = {str(indicator): str(total) for indicator, total in rows}
        for indicator, digest in digests.items():
            digest.append(met.get(indicator, ""))
    return {indicator: (counts[indicator], "-".join(digest)) for indicator, digest in digests.items()}


@dataclass
class Work:
    """A build in parts: of what, after which earlier one (None: nothing is taken over). What it finds is for the fingerprints and
    for the next build; `kept` are the tables, and of those in parts the indicators, that were taken over. `most` facts make a batch;
    `earlier_file` is the warehouse that the earlier build made."""

    parts: Parts
    earlier: Earlier | None
    earlier_file: Path | None
    most: int = BATCH
    digests: dict[str, tuple[int, str]] = field(default_factory=dict)
    kept: dict[str, set[str]] = field(default_factory=dict)

    def changed(self) -> set[str]:
        """Indicators, of now or before, whose parts are not what they were."""
        before = self.earlier.indicators if self.earlier else {}
        now = {indicator: digest for indicator, (_, digest) in self.digests.items()}
        differing = {indicator for indicator in {*before, *now} if before.get(indicator) != now.get(indicator)}
        return self.parts.closed(differing, {*before, *now})

    def batches(self, indicators: Collection[str]) -> Iterator[list[str]]:
        """`indicators` in order, as many at once as have `most` facts; those that share rows together."""
        batch: list[str] = []
        waiting: set[str] = set()
        for indicator in sorted(indicators):
            facts = sum(self.digests[one][0] for one in (*batch, indicator))
            if batch and facts > self.most and not waiting:
                yield batch
                batch = []
            batch.append(indicator)
            waiting = (waiting | self.parts.closed([indicator], indicators)) - set(batch)
        if batch:
            yield batch


def runs(indicators: Sequence[str], anew: Collection[str]) -> Iterator[tuple[bool, list[str]]]:
    """`indicators` in order cut into runs of those that are made anew (True) and those that are not."""
    for is_new, run in groupby(indicators, key=lambda indicator: indicator in anew):
        yield is_new, list(run)
