"""Read the registries of a sources folder, and of its `local/` folder when there is one.

Nothing raises for bad content: `Registries.problems` holds every finding, so that one run reports them all.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from etl.problems import Problem, display_path, nearest, unfit_text
from etl.read.decoding import read_text
from etl.read.messages import problems_of
from etl.read.readers import table_of
from etl.read.registry import (
    DIMENSIONS,
    Area,
    CodeWord,
    Cohort,
    ConflictTopic,
    Correction,
    Division,
    Event,
    Identity,
    IdentityTerm,
    Indicator,
    Measure,
    Record,
    Scope,
    Source,
    Term,
)
from etl.read.submissions import current
from vocabulary.characters import without_unfit

T = TypeVar("T")
# raw table → (file name, model). Order: a registry is read after those it refers to.
FILES: dict[str, tuple[str, type[Record]]] = {
    "code": ("codes.csv", CodeWord),
    "cohort": ("cohorts.csv", Cohort),
    "source": ("sources.csv", Source),
    "area": ("areas.csv", Area),
    "division": ("divisions.csv", Division),
    "indicator": ("indicators.toml", Indicator),
    "scope": ("scopes.csv", Scope),
    "event": ("events.csv", Event),
    "measure": ("measures.csv", Measure),
    "identity": ("identities.csv", Identity),
    "identity_term": ("identity_terms.csv", IdentityTerm),
    "correction": ("corrections.csv", Correction),
    "conflict_topic": ("conflict_topics.csv", ConflictTopic),
    "term": ("terms.csv", Term),
}
KEYS = {
    "source": "source_id", "area": "ref_area", "indicator": "indicator", "scope": "scope",
    "identity": "identity_id", "correction": "correction_id", "conflict_topic": "topic_id", "cohort": "cohort",
    "term": "term",
}  # fmt: skip
# Registries that a folder may do without.
MAY_BE_MISSING = frozenset({"division", "term"})
# Columns that a file may leave out altogether.
OPTIONAL = {
    "correction": (*DIMENSIONS, "scope"),
    "source": ("own_title", "reports_plan"),
    "area": ("same_as",),
    "scope": ("subject", "nature", "coverage", "edition", "left_out", "unstated"),
    "identity": ("fault",),
    "measure": ("date_end", "proposed", "note"),
    "term": ("aliases", "caution_zh"),
}
# A user's folder need not repeat it: the words of the codes belong to the program.
SHIPPED_CODES = Path(__file__).parent.parent / "sources" / "codes.csv"
TEMPLATE = "template.toml"  # sheets of the template, in local/ (etl/intake/wide_sheets.py)
TOTAL = "_T"


@dataclass(frozen=True)
class Entry:
    """A record and where it stands, so that later checks can point at it."""

    record: Any
    file: str
    line: int | None

    def problem(self, column: str, message: str, fix: str = "") -> Problem:
        value = getattr(self.record, column, None)
        shown = None if value is None else str(value)
        return Problem(file=self.file, line=self.line, column=column, value=shown, message=message, fix=fix)


@dataclass
class Registries:
    """All registries by raw table name. Lookups are by key; a key that failed validation is still known as a name."""

    entries: dict[str, list[Entry]] = field(default_factory=lambda: {table: [] for table in FILES})
    problems: list[Problem] = field(default_factory=list)
    _remembered: dict[object, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    def remember(self, found: Callable[["Registries"], T]) -> T:
        """What `found` says of them. They do not change once they are read, so it is asked once, not once a workbook."""
        if found not in self._remembered:
            self._remembered[found] = found(self)
        return cast("T", self._remembered[found])

    def records(self, table: str) -> list[Any]:
        return [entry.record for entry in self.entries[table]]

    def by_key(self, table: str) -> dict[str, Any]:
        return {getattr(record, KEYS[table]): record for record in self.records(table)}


def read_registries(folder: Path, *, instead: Mapping[str, Path] | None = None) -> Registries:
    """Every registry under `folder` and `folder/local`, checked row by row (against each other: crosscheck.py).

    `instead` puts a file in the place of a registry: raw table name → path.
    """
    registries = Registries()
    for table, path in (instead or {}).items():
        read_registry(path, table, registries)
    if not folder.is_dir():
        fix = "用 --sources 指定事实与登记表所在的文件夹"
        registries.problems.append(Problem(file=display_path(folder), message="没有这个文件夹", fix=fix))
        return registries
    for place in (folder, folder / "local"):
        for table, (filename, _) in FILES.items():
            path = place / filename
            if table == "code" and place == folder and not path.exists():
                path = SHIPPED_CODES
            if table not in (instead or {}) and (path.exists() or (place == folder and table not in MAY_BE_MISSING)):
                read_registry(path, table, registries)
        registries.problems.extend(_strangers(place))
    for submission in current(folder):
        for table, rows in (("source", submission.sources), ("area", submission.areas)):
            known = registries.by_key(table)
            for row in (row for row in rows if row[KEYS[table]] not in known):  # two files may bring the same township
                _append(table, row, {"": None}, display_path(submission.path), registries)
    return registries


def read_registry(path: Path, table: str, into: Registries) -> None:
    """Append the records of one file; what cannot be read becomes problems."""
    name = display_path(path)
    decoded = read_text(path, name)
    into.problems.extend(decoded.problems)
    if decoded.text is None:
        return
    read = _registry_of(decoded.text, table)
    into.problems.extend(replace(problem, file=name) for problem in read.problems)
    into.entries[table].extend(replace(entry, file=name) for entry in read.entries[table])


@lru_cache(maxsize=2 * len(FILES))
def _registry_of(text: str, table: str) -> Registries:
    """The records of one text, whatever its file is called. Kept: whoever tries workbook after workbook reads the same registries each
    time, and the divisions of a whole country take longer than the rest of the reading. Not to be changed."""
    filename, model = FILES[table]
    read = Registries()
    if filename.endswith(".toml"):
        _read_toml(text, read)
        return read
    optional = OPTIONAL.get(table, ())
    columns = [column for column in model.model_fields if column not in optional]
    content = table_of(text, columns, name="", optional=optional)
    read.problems.extend(content.problems)
    for line, row in zip(content.lines, content.rows, strict=True):
        values = {column: cell for column, cell in row.items() if cell != ""}
        if table == "identity_term":
            values = dict.fromkeys(DIMENSIONS, TOTAL) | values
        _append(table, values, {"": line}, "", read)
    return read


def _append(table: str, values: Mapping[str, Any], lines: Mapping[str, int | None], name: str, into: Registries) -> None:
    try:
        record = FILES[table][1].model_validate(values)
    except ValidationError as error:
        into.problems.extend(problems_of(error, file=name, lines=lines))
        return
    into.entries[table].append(Entry(record, name, lines.get("")))


def _read_toml(content: str, into: Registries) -> None:
    text = content.replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), start=1):
        into.problems.extend(_unfit({line.split("=", 1)[0].strip(): line}, {"": number}))
    try:
        blocks = tomllib.loads(without_unfit(text))
    except tomllib.TOMLDecodeError as error:
        message = f"TOML 语法错误：{_toml_words(str(error))}"
        fix = '文字要加英文双引号，每个指标一段 [指标代号]，例如 name_zh = "党政机构数"'
        into.problems.append(Problem(file="", line=_toml_line(str(error), content), message=message, fix=fix))
        return
    places = _toml_places(content)
    for slug, block in blocks.items():
        lines = places.get(slug, {})
        if not isinstance(block, dict):
            into.problems.append(Problem(file="", line=places.get("", {}).get(slug), column=slug, message="不在任何指标段内"))
            continue
        into.problems.extend(_unfit(block, lines))
        _append("indicator", {"indicator": slug, **_without_blank(block)}, lines, "", into)


def _unfit(block: Mapping[str, Any], lines: Mapping[str, int | None]) -> Iterator[Problem]:
    """Values with a character that may not be in a text: as it is, or (TOML allows that) as an escape."""
    for key, value in block.items():
        found = unfit_text(value, file="", line=lines.get(key, lines.get("")), column=key) if isinstance(value, str) else None
        if found:
            yield found


def _without_blank(block: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if value != ""}


def _toml_places(text: str) -> dict[str, dict[str, int | None]]:
    """block → key → line, '' being the line of the block's heading; enough for the flat file that indicators.toml is."""
    places: dict[str, dict[str, int | None]] = {"": {}}
    block = ""
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped.startswith("[") and "]" in stripped:
            block = stripped[1 : stripped.index("]")].strip("\"' ")
            places.setdefault(block, {"": number})
        elif "=" in stripped:
            places[block].setdefault(stripped.split("=", 1)[0].strip("\"' "), number)
    return places


def _toml_line(message: str, text: str) -> int:
    """tomllib says “(at line 3, column 5)” or “(at end of document)”."""
    words = message.replace(",", " ").replace(")", " ").split()
    return int(words[words.index("line") + 1]) if "line" in words else text.count("\n") + 1


def _toml_words(message: str) -> str:
    known = {
        "Cannot declare": "同一个指标写了两段", "Cannot overwrite": "同一个键写了两次", "Invalid value": "等号后面的值不对",
        "Unterminated string": "引号没有闭合", "Expected '='": "缺少等号", "Illegal character": "有不允许的字符",
        "Invalid statement": "这一行看不懂", "Expected newline": "一行只能写一项", "Unclosed": "括号没有闭合",
    }  # fmt: skip
    return next((words for start, words in known.items() if message.startswith(start)), "写法不对")


def _strangers(folder: Path) -> Iterator[Problem]:
    """A misspelt registry would otherwise be ignored in silence."""
    if not folder.is_dir():
        return
    known = [*(filename for filename, _ in FILES.values()), *([TEMPLATE] if folder.name == "local" else [])]
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in {".csv", ".tsv", ".toml"} and path.name not in known:
            fix = nearest(path.name, known) or "事实放进 facts 文件夹；登记表只能用约定的文件名"
            yield Problem(file=display_path(path), message="不认识的文件", fix=fix)


def fact_files(folder: Path) -> list[Path]:
    """Fact files in a stable order: the shipped ones first, then the user's own, then what was imported."""
    places: Sequence[Path] = (folder / "facts", folder / "local" / "facts")
    return [*(path for place in places for path in _csv_files(place)), *(submission.path for submission in current(folder))]


def _csv_files(place: Path) -> Iterable[Path]:
    return sorted(path for path in place.rglob("*") if path.suffix.lower() == ".csv") if place.is_dir() else ()
