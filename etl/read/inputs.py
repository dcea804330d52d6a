"""All inputs of a build, read and checked as one: registries, facts, and what the registries promise about facts."""

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.problems import InputErrors, Problem, display_path
from etl.read.admission import admit
from etl.read.crosscheck import cross_check
from etl.read.fact_problems import fact_problems, repeated_rows
from etl.read.facts import NATURAL_KEY, TEXT_SCHEMA, FactRow, read_fact_file, typed, with_registries
from etl.read.sources import FILES, Registries, fact_files, read_registries
from etl.read.submissions import SUFFIX, Submission, versions

BATCH = 400_000  # rows of fact files that are checked at once: all of millions would hold many gigabytes
SEEN = {"file": pl.String, "fact_id": pl.String, "obs_value": pl.Float64, "ref_area": pl.String}

Keep = Callable[[str, pl.DataFrame], Path]


@dataclass(frozen=True)
class FileRead:
    """A file of facts as an earlier build read it: `digest` of its bytes and of the registries (Inputs.digests), and the Parquet file
    where it landed, with the digest of the bytes of that."""

    digest: str
    landed: str
    landed_digest: str


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Checked input. `landed`: the Parquet file of each file of facts, under its path inside the sources folder, in file order;
    `submissions`: every version of what was imported, under its path as well. `digests`: of files of which every row counts, so that
    what landed is all that they say."""

    registries: Registries
    registries_digest: str
    landed: dict[str, Path]
    count: int
    digests: dict[str, str]
    submissions: dict[str, Submission]


def not_landed(name: str, _facts: pl.DataFrame) -> Path:
    """For whoever only wants to know whether everything is right."""
    return Path(name)


def read_inputs(
    folder: Path, keep: Keep = not_landed, before: Mapping[str, FileRead] | None = None, landing: Path | None = None
) -> Inputs:
    """Everything under `folder`; `keep` lands the facts of a file. What files say that are as they were `before`, under the same
    registries, is in `landing` already: of them only what is compared across files is looked at.

    Raises InputErrors with every problem of every file."""
    registries, paths, problems = _found(folder)
    if not problems:
        reading = _Reading(registries, paths, keep)
        if reading.read(before or {}, landing):
            return reading.inputs(folder)
        if reading.at_once:
            raise InputErrors(reading.problems)
        registries, paths, problems = _found(folder)  # what is wrong across files shows only when all are read at once
    check_facts(paths, registries, problems)
    raise InputErrors(problems)


def _found(folder: Path) -> tuple[Registries, dict[str, Path], list[Problem]]:
    """Registries, fact files under the name that is stored, and what is wrong before any fact is read."""
    registries = read_registries(folder)
    problems = list(registries.problems)
    paths = {path.relative_to(folder).as_posix(): path for path in fact_files(folder)}
    if folder.is_dir() and not paths:
        fix = "把事实放进 facts/主题.csv"
        problems.append(Problem(file=display_path(folder / "facts"), message="没有找到任何事实文件", fix=fix))
    return registries, paths, problems


class _Reading:
    """Reads fact files in their order, batch by batch. `at_once`: all were in one batch, so that `problems` holds every problem."""

    def __init__(self, registries: Registries, paths: dict[str, Path], keep: Keep) -> None:
        self.problems: list[Problem] = []
        self.at_once = True
        self._registries = registries
        self._paths = paths
        self._keep = keep
        self._stated = len(registries.entries["area"])
        self._digest = _registries_digest(registries)
        self._digests = {name: _file_digest(path, self._digest) for name, path in paths.items()}
        self._landed: dict[str, Path] = {}
        self._waiting: dict[str, pl.DataFrame] = {}  # facts that were read, and land when all others are known
        self._seen: dict[str, pl.DataFrame] = {}
        self._left_out: set[str] = set()

    def read(self, before: Mapping[str, FileRead], landing: Path | None) -> bool:
        """Whether everything is right, and has landed."""
        for name, digest in self._digests.items():
            if landed := _landed_before(before.get(name), digest, landing):
                self._landed[name] = landed
                rows = pl.read_parquet(landed, columns=[column for column in SEEN if column != "file"])
                self._seen[name] = rows.select(pl.lit(name).alias("file"), pl.all())
        unread = set(self._landed)
        batch: dict[str, pl.DataFrame] = {}
        for name in (name for name in self._paths if name not in unread):
            batch[name] = read_fact_file(self._paths[name], file=name, problems=self.problems)
            if sum(map(len, batch.values())) > BATCH:
                if not self._check(batch, land=not unread):
                    return False
                batch = {}
        if not self._check(batch, land=False) or not self._stand_once(unread):
            return False
        for name, facts in self._waiting.items():
            self._landed[name] = self._keep(name, facts)
        return True

    def inputs(self, folder: Path) -> Inputs:
        """All that was read."""
        del self._registries.entries["area"][self._stated :]
        seen = self._all_seen()
        admit(self._registries, seen["ref_area"].unique())  # once more and all together: their order is that of no batch
        return Inputs(
            registries=self._registries, registries_digest=self._digest, count=seen.height,
            landed={name: self._landed[name] for name in self._paths},
            digests={name: digest for name, digest in self._digests.items() if name not in self._left_out},
            submissions={one.path.relative_to(folder).as_posix(): one for one in versions(folder)},
        )  # fmt: skip

    def _all_seen(self) -> pl.DataFrame:
        return pl.concat([pl.DataFrame(schema=SEEN), *(self._seen[name] for name in self._paths if name in self._seen)])

    def _check(self, batch: dict[str, pl.DataFrame], *, land: bool) -> bool:
        """Files that were read: whether they are right. They land at once, unless files come beside them that were not read."""
        self.at_once = self.at_once and batch.keys() == self._paths.keys()
        facts = _checked(batch, self._paths, self._registries, self.problems)
        if self.problems:
            return False
        if self._seen and land:  # what a batch before says already, see _told_once
            told = facts.join(self._all_seen(), on=["fact_id", "obs_value"], how="semi")["fact_id"]
            facts = facts.filter(~(pl.col("fact_id").is_in(told.implode()) & pl.col("file").str.ends_with(SUFFIX)))
        by_file = facts.partition_by("file", as_dict=True, maintain_order=True)
        for name, text in batch.items():
            of_file = by_file.get((name,), facts.clear())
            self._left_out |= {name} if of_file.height < text.height else set()
            self._seen[name] = of_file.select(*SEEN)
            if land:
                self._landed[name] = self._keep(name, of_file)
            else:
                self._waiting[name] = of_file
        return True

    def _stand_once(self, unread: set[str]) -> bool:
        """Whether every fact stands once; those that wait leave out what a file before them says already."""
        seen = self._all_seen()
        again = seen.filter(~pl.struct("fact_id", "obs_value").is_first_distinct() & pl.col("file").str.ends_with(SUFFIX))
        for (name,), rows in again.partition_by("file", as_dict=True).items():
            if name not in self._waiting:
                return False
            self._left_out.add(str(name))
            self._waiting[str(name)] = self._waiting[str(name)].join(rows, on="fact_id", how="anti", maintain_order="left")
            self._seen[str(name)] = self._waiting[str(name)].select(*SEEN)
        return (self._all_seen() if again.height else seen)["fact_id"].is_unique().all()


def _registries_digest(registries: Registries) -> str:
    """Of every record, in order, where it stands aside."""
    digest = hashlib.sha256()
    for table, entries in registries.entries.items():
        digest.update(f"{table}\n".encode())
        for entry in entries:
            digest.update(repr(entry.record.__dict__).encode())
    return digest.hexdigest()


def _file_digest(path: Path, registries: str) -> str:
    return hashlib.sha256(registries.encode() + path.read_bytes()).hexdigest()


def _landed_before(known: FileRead | None, digest: str, landing: Path | None) -> Path | None:
    """Where the facts of a file landed that is as it was; None where anything is otherwise."""
    if not known or not landing or known.digest != digest:
        return None
    path = landing / known.landed
    return path if path.is_file() and bytes_digest(path) == known.landed_digest else None


def bytes_digest(path: Path) -> str:
    """Of the content of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check_file(path: Path, folder: Path) -> tuple[str, list[Problem]]:
    """What `path` holds, in words, and what is wrong with it, against the registries and facts under `folder`.

    A folder is checked as a whole; a file with a registry's name as that registry; any other file as facts.
    """
    if path.is_dir():
        return _check_folder(path)
    tables = [table for table, (filename, _) in FILES.items() if filename == path.name]
    registries = read_registries(folder, instead=dict.fromkeys(tables, path))
    problems = list(registries.problems)
    mine = display_path(path)
    if tables:
        admit(registries, ())
        problems += cross_check(registries)
        count = sum(entry.file == mine for entry in registries.entries[tables[0]])
        return f"{count} 条登记", [problem for problem in problems if problem.file == mine]
    # The file comes last, so that a fact that the folder already holds is reported here and not there.
    others = {place.relative_to(folder).as_posix(): place for place in fact_files(folder) if not _same(place, path)}
    facts = check_facts(others | {mine: path}, registries, problems)
    return f"{facts.filter(pl.col('file') == mine).height} 个事实", [problem for problem in problems if problem.file == mine]


def _check_folder(folder: Path) -> tuple[str, list[Problem]]:
    try:
        inputs = read_inputs(folder)
    except InputErrors as errors:
        return "", errors.problems
    sources = len(inputs.registries.entries["source"])
    return f"{inputs.count} 个事实，{sources} 个来源", []


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def check_facts(paths: dict[str, Path], registries: Registries, problems: list[Problem]) -> pl.DataFrame:
    """The facts of all `paths` (name that is stored → path) as one typed frame; the divisions that they are of become places of
    `registries`, and these are held against each other; findings are appended to `problems`."""
    texts = {name: read_fact_file(path, file=name, problems=problems) for name, path in paths.items()}
    return _checked(texts, paths, registries, problems)


def _checked(
    texts: dict[str, pl.DataFrame], paths: dict[str, Path], registries: Registries, problems: list[Problem]
) -> pl.DataFrame:
    found: list[Problem] = []
    rows = _told_once(pl.concat([pl.DataFrame(schema=TEXT_SCHEMA), *texts.values()]))
    admit(registries, rows["ref_area"].drop_nulls().unique())
    problems.extend(cross_check(registries))
    joined = with_registries(rows, registries)
    del rows  # of a whole country of townships each of these frames holds a third of a gigabyte
    checked, failure = FactRow.filter(joined)
    found.extend(fact_problems(failure, registries))
    found.extend(repeated_rows(failure))
    del joined, failure
    facts = typed(checked, found)
    problems.extend(dataclasses.replace(problem, file=display_path(paths[problem.file])) for problem in found)
    return facts


def _told_once(rows: pl.DataFrame) -> pl.DataFrame:
    """Without the rows of imported files that say what is kept already, word for word of one source: a county's table and the book that
    both hold a figure are no two claims. Rows that are typed twice by hand stay, to be reported; so do those whose values differ."""
    claim = pl.struct(*NATURAL_KEY, pl.col("obs_value").cast(pl.Float64, strict=False))
    return rows.filter(claim.is_first_distinct() | ~pl.col("file").str.ends_with(SUFFIX))
