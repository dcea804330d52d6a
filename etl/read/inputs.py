"""All inputs of a build, read and checked as one: registries, facts, and what the registries promise about facts."""

import dataclasses
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


@dataclass(frozen=True)
class Inputs:
    """Checked input: `facts` in file order, one frame per facts file under its path inside the sources folder; every version of what
    was imported, under that path as well."""

    registries: Registries
    facts: dict[str, pl.DataFrame]
    submissions: dict[str, Submission]


def read_inputs(folder: Path) -> Inputs:
    """Everything under `folder`. Raises InputErrors with every problem of every file."""
    registries = read_registries(folder)
    problems = list(registries.problems)
    paths = {path.relative_to(folder).as_posix(): path for path in fact_files(folder)}
    if folder.is_dir() and not paths:
        fix = "把事实放进 facts/主题.csv"
        problems.append(Problem(file=display_path(folder / "facts"), message="没有找到任何事实文件", fix=fix))
    facts = check_facts(paths, registries, problems)
    if problems:
        raise InputErrors(problems)
    submissions = {one.path.relative_to(folder).as_posix(): one for one in versions(folder)}
    return Inputs(registries, {name: facts.filter(pl.col("file") == name) for name in paths}, submissions)


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
    return f"{sum(map(len, inputs.facts.values()))} 个事实，{sources} 个来源", []


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def check_facts(paths: dict[str, Path], registries: Registries, problems: list[Problem]) -> pl.DataFrame:
    """The facts of all `paths` (name that is stored → path) as one typed frame; the divisions that they are of become places of
    `registries`, and these are held against each other; findings are appended to `problems`."""
    found: list[Problem] = []
    texts = (read_fact_file(path, file=name, problems=problems) for name, path in paths.items())
    rows = _told_once(pl.concat([pl.DataFrame(schema=TEXT_SCHEMA), *texts]))
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
