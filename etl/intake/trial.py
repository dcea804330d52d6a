"""A build on trial: what was read is laid over the sources as if it were kept, and every check of the build is run, before anything is kept.

The build itself lies above this folder; it is handed in by the command line (`Build`).
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from numbers import Real
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import polars as pl

from etl.intake.differences import Names
from etl.intake.finding import Finding
from etl.intake.headers import column_word
from etl.intake.intake import Intake
from etl.intake.landing import Kept, keep
from etl.problems import InputErrors, display_path
from etl.read.facts import NATURAL_KEY, fact_id
from etl.read.sources import Registries

MOST_FIGURES = 1_000_000  # of one run; 800,000 (a whole country of townships) are tried within 2.2 GB, in a minute and a half
MOST_ROWS = 1_000  # of one check that are told; whoever has more has one fault, many times
MOST_CELLS = 20  # of one row of a check
MOST_OTHERS = 3  # figures elsewhere that a finding names
_SAMPLE = 5  # rows of what was broken before
_FACT = re.compile(r"\bF[0-9a-f]{10}\b")
_FIX = "核对这一格的数、口径、时间和地区；都与来源相符的，连同这份文件交给维护数据仓库的人"


class BrokenCheck(Protocol):
    """A check that does not hold: what it promises, what to do (may be blank), the rows that break it."""

    @property
    def promise(self) -> str: ...
    @property
    def fix(self) -> str: ...
    @property
    def rows(self) -> Sequence[Mapping[str, object]]: ...


Build = Callable[[Path, Path], Sequence[BrokenCheck]]  # (sources, an empty folder to work in) → checks that do not hold


@dataclass(frozen=True)
class Verdict:
    """`findings` of each file that was tried, in their order; `base`: promises that what is kept already does not hold, in words."""

    findings: list[list[Finding]]
    base: list[str] = field(default_factory=list)


@dataclass
class Trial:
    """The files of one run on trial. `known`: what is kept, as `landing.kept_facts` gives it; `names`: what each file is to be called."""

    sources: Path
    registries: Registries
    known: pl.DataFrame
    build: Build

    def judge(self, intakes: Sequence[Intake], names: Sequence[str]) -> Verdict:
        """All at once, so that fifty workbooks are one build; again without those that were found at fault, until nothing new is found.
        Raises InputErrors where the sources cannot be built whatever is imported."""
        findings: list[list[Finding]] = [[] for _ in intakes]
        base: list[str] = []
        waiting = list(range(len(intakes)))
        while waiting:
            batch = _Batch(self, [intakes[at] for at in waiting], [names[at] for at in waiting])
            found, base = batch.judged()
            for at, own in zip(waiting, found, strict=True):
                findings[at] = own
            left = [at for at in waiting if not findings[at]]
            if len(left) == len(waiting):
                break
            waiting = left
        return Verdict(findings, base)

    def broken(
        self, intakes: Sequence[Intake], names: Sequence[str]
    ) -> tuple[list[tuple[BrokenCheck, Mapping[str, object]]], list[list[Finding]]]:
        """(check, row) of all that does not hold with `intakes` kept; and what of each could not even be read."""
        with TemporaryDirectory(prefix="import-") as place:
            folder = Path(place, "sources")
            _mirror(self.sources, folder)
            kept = [keep(intake, folder, self.registries, name=name) for intake, name in zip(intakes, names, strict=True)]
            work = Path(place, "build")
            work.mkdir()
            try:
                checks = self.build(folder, work)
            except InputErrors as errors:
                return [], self._unread(errors, folder, kept)
        return [(check, row) for check in checks for row in islice(check.rows, MOST_ROWS)], [[] for _ in intakes]

    def _unread(self, errors: InputErrors, folder: Path, kept: Sequence[Kept]) -> list[list[Finding]]:
        """Problems of the files that were just laid there; raises those of all others, which stand in the way of any build."""
        places = {
            problem: folder.absolute() / Path(problem.file).absolute().relative_to(folder.absolute())
            for problem in errors.problems
        }
        laid = [one.submission.path.absolute() for one in kept]
        others = [
            replace(problem, file=display_path(self.sources / place.relative_to(folder.absolute())))
            for problem, place in places.items()
            if place not in laid
        ]
        if others:
            raise InputErrors(others)
        return [
            [
                Finding(
                    value=problem.value,
                    message=f"第 {problem.line} 行：{problem.message}" if problem.line else problem.message,
                    fix=problem.remedy,
                )
                for problem, place in places.items()
                if place == path
            ]
            for path in laid
        ]


def _mirror(sources: Path, folder: Path) -> None:
    """The files of `sources` as links: nothing is copied, and a folder that may not be written to will do."""
    for place, _, names in os.walk(sources, followlinks=True):
        own = folder / Path(place).relative_to(sources)
        own.mkdir(parents=True, exist_ok=True)
        for name in names:
            (own / name).symlink_to(Path(place, name).absolute())


@dataclass
class _Batch:
    """Files that are tried together."""

    trial: Trial
    intakes: list[Intake]
    names: list[str]
    own: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # fact id → cells that state it
    elsewhere: dict[str, dict[str, Any]] = field(default_factory=dict)

    def judged(self) -> tuple[list[list[Finding]], list[str]]:
        """What is found against each file, and what was broken before, in words."""
        rows, found = self.trial.broken(self.intakes, self.names)
        self._look_up(one for _, row in rows for one in _ids(row))
        unexplained = []
        for check, row in rows:
            cells = self._cells_of_facts(row)
            self._tell(found, check, row, cells)
            if not cells:
                unexplained.append((check, row))
        before, _ = self.trial.broken([], []) if unexplained else ([], [])
        for check, row in unexplained:
            if not _among(check, row, before):
                cells = self._cells_alike(row)
                self._tell(found, check, row, cells)
                if not cells:
                    finding = Finding(message=self._message(check, row, ()), fix=check.fix or _FIX)
                    for at in self._culprits(check, row):
                        found[at].append(finding)
        return [list(dict.fromkeys(one)) for one in found], _in_words([one for one in unexplained if _among(*one, before)])

    @cached_property
    def cells(self) -> pl.DataFrame:
        """Every figure of the files that would count: `at` is the place of the file in the batch, `fact_id` its key."""
        counting = {name: at for at, name in enumerate(self.names)}  # of two versions the later
        frames = [
            self.intakes[at].facts.with_columns(
                pl.lit(at, pl.Int64).alias("at"), pl.lit(self.intakes[at].file.name).alias("file")
            )
            for at in counting.values()
        ]
        return _identified(pl.concat(frames))

    def _look_up(self, ids: Iterable[str]) -> None:
        """The facts that rows name, once for all of them: cells of the files, and figures elsewhere."""
        wanted = set(ids)
        named = self.cells.filter(pl.col("fact_id").is_in(list(wanted))).to_dicts() if wanted else []
        for one in named:
            self.own.setdefault(one["fact_id"], []).append(one)
        rest = list(wanted - self.own.keys())
        if rest:
            kept = _identified(self.trial.known.filter(~pl.col("submission").is_in(self.names) | pl.col("submission").is_null()))
            self.elsewhere = {one["fact_id"]: one for one in kept.filter(pl.col("fact_id").is_in(rest)).to_dicts()}

    @cached_property
    def words(self) -> Names:
        return Names.of(self.trial.registries, [area for intake in self.intakes for area in intake.areas])

    def _cells_of_facts(self, row: Mapping[str, object]) -> list[dict[str, Any]]:
        """Cells whose facts the row names."""
        return [cell for one in _ids(row) for cell in self.own.get(one, ())][:MOST_CELLS]

    def _cells_alike(self, row: Mapping[str, object]) -> list[dict[str, Any]]:
        """Cells of which all is true that the row says of place, indicator, scope …"""
        said = {column: row[column] for column in NATURAL_KEY if row.get(column) is not None}
        if not said.keys() & {"ref_area", "indicator"}:
            return []
        return self.cells.filter(*(pl.col(column) == value for column, value in said.items())).head(MOST_CELLS).to_dicts()

    def _tell(
        self, found: list[list[Finding]], check: BrokenCheck, row: Mapping[str, object], cells: Sequence[Mapping[str, Any]]
    ) -> None:
        for cell in cells:
            message = self._message(check, row, [other for other in cells if other is not cell], cell)
            found[cell["at"]].append(
                Finding(sheet=cell["sheet"], cell=cell["cell"], value=cell["as_stated"], message=message, fix=check.fix or _FIX)
            )

    def _message(
        self,
        check: BrokenCheck,
        row: Mapping[str, object],
        beside: Iterable[Mapping[str, Any]],
        cell: Mapping[str, Any] | None = None,
    ) -> str:
        """The promise, what was computed, and the figures that it was computed with."""
        computed = [f"{word} {round(value, 2):,.12g}" for word, value in _numbers(row)]
        others = [
            f"{self.words.named(one)} {one['obs_value']}{one['unit_measure']}（{_place(one, cell)}）"
            for one in (*beside, *(self.elsewhere[one] for one in _ids(row) if one in self.elsewhere))
        ]
        more = [f"另有 {len(others) - MOST_OTHERS} 个数"] if len(others) > MOST_OTHERS else []
        parts = ("，".join(computed), "；".join((*others[:MOST_OTHERS], *more)))
        return "；".join(filter(None, (f"入库后通不过检查“{check.promise}”", parts[0], parts[1] and f"一起看的：{parts[1]}")))

    def _culprits(self, check: BrokenCheck, row: Mapping[str, object]) -> list[int]:
        """The files that break a check alone, where its row tells none; all of them where only together they do."""
        if len(self.intakes) == 1:
            return [0]
        alone = [at for at, rows in enumerate(self._alone) if _among(check, row, rows)]
        return alone or list(range(len(self.intakes)))

    @cached_property
    def _alone(self) -> list[list[tuple[BrokenCheck, Mapping[str, object]]]]:
        return [self.trial.broken([one], [name])[0] for one, name in zip(self.intakes, self.names, strict=True)]


def _identified(facts: pl.DataFrame) -> pl.DataFrame:
    return facts.with_columns(
        pl.Series("fact_id", [fact_id(key) for key in facts.select(NATURAL_KEY).iter_rows()], dtype=pl.String)
    )


def _ids(row: Mapping[str, object]) -> list[str]:
    """The facts that a row of a check names, each once."""
    return list(dict.fromkeys(one for value in row.values() if isinstance(value, str) for one in _FACT.findall(value)))


def _among(check: BrokenCheck, row: Mapping[str, object], rows: Iterable[tuple[BrokenCheck, Mapping[str, object]]]) -> bool:
    return any(other.promise == check.promise and same == row for other, same in rows)


def _numbers(row: Mapping[str, object]) -> Iterator[tuple[str, float]]:
    """What a row computed, with the word of the column; the figures themselves are told by their cells."""
    for column, value in row.items():
        word = column_word(column)
        if word and column not in {"obs_value", "line"} and isinstance(value, Real) and not isinstance(value, bool):
            yield word, float(value)


def _place(one: Mapping[str, Any], cell: Mapping[str, Any] | None) -> str:
    """Where a figure stands, as seen from `cell`."""
    if not one.get("cell"):
        return f"{one['file']} 第 {one['line']} 行"
    same = cell is not None and cell["at"] == one["at"]
    return f"{one['sheet']} {one['cell']}" if same else f"{one['file']} {one['sheet']} {one['cell']}"


def _in_words(rows: Sequence[tuple[BrokenCheck, Mapping[str, object]]]) -> list[str]:
    """What was broken before, a sentence a check with its first rows."""
    counts = Counter(check.promise for check, _ in rows)
    return [
        f"{promise}（{count} 处）："
        + "；".join(
            "，".join(f"{column_word(column) or column}={value}" for column, value in row.items() if value is not None)
            for row in islice((row for check, row in rows if check.promise == promise), _SAMPLE)
        )
        for promise, count in counts.items()
    ]
