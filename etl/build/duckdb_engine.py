"""The engine of every build that one machine can do: DuckDB runs the SQL files straight into the draft.

Few facts are made into tables whole. Many are made in parts (etl/build/parts.py): indicators by the batch, which bounds memory, and
only those of which something changed since the build before; the rows of the others are taken over from it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from etl.build.draft import Draft
from etl.build.parts import Work, indicator_digests, runs
from etl.build.steps import SqlError, Step


class DuckDBEngine:
    """See etl/build/engine.py."""

    def fill(
        self,
        draft: Draft,
        landed: Mapping[str, Sequence[Path]],
        steps: Sequence[Step],
        say: Callable[[str], None],
        work: Work | None = None,
    ) -> None:
        """Run the SQL files one by one. What has landed, the draft reads itself."""
        if work:
            _InParts(draft, steps, say, work).fill()
            return
        for step in steps:
            say(f"生成 {step.table}")
            run(draft, step)


def run(draft: Draft, step: Step) -> None:
    """Make the table of one SQL file. Raises SqlError."""
    try:
        draft.fill(step, step.query)
    except duckdb.Error as error:
        raise SqlError(f"{step.file} 执行出错：{error}") from error


class _InParts:
    """First what is made whole, then tables of few indicators, then the others batch by batch, then what is made whole of those."""

    def __init__(self, draft: Draft, steps: Sequence[Step], say: Callable[[str], None], work: Work) -> None:
        self._draft = draft
        self._say = say
        self._work = work
        late = work.parts.late(steps)
        self._late = [step for step in steps if step.table in late]
        self._of = [step for step in steps if step.table in work.parts.of]
        self._in_batches = [step for step in steps if step.table in work.parts.by_indicator]
        parted = {step.table for step in (*self._late, *self._of, *self._in_batches)}
        self._first = [step for step in steps if step.table not in parted]

    def fill(self) -> None:
        for step in self._first:
            self._say(f"生成 {step.table}")
            run(self._draft, step)
        self._work.digests = indicator_digests(self._draft, self._work.parts)
        changed = self._work.changed()
        with self._draft.beside(self._work.earlier_file):
            self._tables_of_few(changed)
            self._batches(changed & self._work.digests.keys())
        for step in self._late:
            self._say(f"生成 {step.table}")
            run(self._draft, step)

    def _tables_of_few(self, changed: Collection[str]) -> None:
        parts, marts = self._work.parts, [step for step in self._of if step.schema != "staging"]
        made = [step for step in marts if not self._work.earlier or parts.of[step.table] & set(changed)]
        for step in marts:
            if step not in made:
                self._draft.take_over(step.table)
                self._work.kept[step.table] = {""}
        staging = self._needed_by(made)
        needed = parts.closed({one for step in (*made, *staging) for one in parts.of.get(step.table, ())}, ())
        with self._draft.only(needed):
            for step in (*staging, *made):
                self._say(f"生成 {step.table}")
                run(self._draft, step)
        for step in staging:
            self._draft.drop(step.table)

    def _needed_by(self, made: Sequence[Step]) -> list[Step]:
        """Tables of staging, made in parts, that `made` rest on; in build order."""
        staging = [step for step in (*self._in_batches, *self._of) if step.schema == "staging"]
        read = set().union(*(step.reads for step in made))
        for step in reversed(staging):
            read |= step.reads if step.table in read else set()
        return [step for step in staging if step.table in read]

    def _batches(self, anew: Collection[str]) -> None:
        marts = [step for step in self._in_batches if step.schema != "staging"]
        staging = [step for step in self._in_batches if step.schema == "staging"]
        every = sorted(self._work.digests)
        for step in marts:
            self._work.kept[step.table] = set(every) - set(anew)
        done = 0
        batches = list(self._work.batches(anew))
        for number, batch in enumerate(batches or [[]]):
            last = number == len(batches) - 1 or not batches
            until = len(every) if last else every.index(batch[-1]) + 1
            stretch = list(runs(every[done:until], set(anew)))
            done = until
            with self._draft.only(batch):
                for step in staging:
                    run(self._draft, step)
                for step in marts:
                    if not number:
                        self._say(f"生成 {step.table}")
                    self._part(step, stretch, begins=not number, ends=last)
            for step in staging:
                self._draft.drop(step.table)

    def _part(self, step: Step, stretch: Sequence[tuple[bool, Sequence[str]]], *, begins: bool, ends: bool) -> None:
        try:
            if begins:
                self._draft.begin_parts(step, step.query)
            self._draft.add_part(step, step.query, stretch)
            if ends:
                self._draft.end_parts(step)
        except duckdb.Error as error:
            raise SqlError(f"{step.file} 执行出错：{error}") from error
