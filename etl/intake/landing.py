"""Keep what was read: a new version of a submission, and the words for what it changes; take one back.

Nothing that was kept is rewritten. A submission is named after its file, so that a corrected file of the same name is its next version.
"""

import datetime
import os
import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.drafts import draft_of
from etl.intake.differences import Names, differences
from etl.intake.finding import Finding
from etl.intake.intake import Intake
from etl.problems import EtlError, display_path, nearest
from etl.read.facts import COLUMNS, NATURAL_KEY, TEXT_SCHEMA, read_fact_file
from etl.read.sources import Registries, fact_files
from etl.read.submissions import FOLDER, SUFFIX, TAKEN_BACK, Submission, current, metadata, versions

_COPY = re.compile(
    r"(?:\s*[-_－—]?\s*(?:副本|批注|修订|改|更正)|\s*[（(]\d+[)）])+$"
)  # what programs and people add to a corrected file
_UNFIT = re.compile(r"[^\w（）()·～—-]+")


@dataclass(frozen=True)
class Kept:
    """`submission` is the version that counts now; `changes` says what it changes against the one before; none where it is the first,
    or the same file again (`again`)."""

    submission: Submission
    changes: tuple[str, ...] = ()
    again: bool = False


def name_of(file: Path) -> str:
    """What a submission is called: 兰考县 of 兰考县-副本(2).xlsx."""
    stem = _UNFIT.sub("-", _COPY.sub("", file.stem).strip()).strip("-")
    return stem or "未命名"


def keep(intake: Intake, folder: Path, registries: Registries, *, name: str = "") -> Kept:
    """Write the facts of `intake` below the sources folder as the next version. Raises EtlError where a finding forbids it."""
    if intake.refused:
        raise EtlError(f"{intake.file} 还有错误，没有入库")
    name = name or name_of(intake.file)
    known = [one for one in versions(folder) if one.name == name]
    before = next((one for one in reversed(known) if not one.withdrawn), None)
    if before and before.file_hash == intake.file_hash:
        return Kept(before, again=True)
    place = folder / FOLDER / name
    place.mkdir(parents=True, exist_ok=True)
    path = place / f"v{len(known) + 1:03}{SUFFIX}"
    told = {
        "file": intake.file.name, "file_hash": intake.file_hash, "received": datetime.datetime.now().astimezone().isoformat("T", "seconds"),
        "facts": intake.facts.height, "places": intake.facts["ref_area"].n_unique(), "sources": intake.sources, "areas": intake.areas,
        "publisher": next((source["publisher"] for source in intake.sources), None),
    }  # fmt: skip
    draft = draft_of(path)
    intake.facts.write_parquet(draft, compression="zstd", metadata=metadata(told))
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)
    kept = next(one for one in versions(folder) if one.path == path)
    changes = differences(before.rows(), intake.facts, Names.of(registries, kept.areas)) if before else []
    return Kept(kept, tuple(changes))


def take_back(name: str, folder: Path) -> tuple[Submission, Submission | None]:
    """Take the version that counts back; (it, the one that counts now). It stays on disk, marked. Raises EtlError for an unknown name."""
    counting = {one.name: one for one in current(folder)}
    if name not in counting:
        names = "、".join(counting) or "还没有导入过"
        raise EtlError(f"没有名为“{name}”的报送。{nearest(name, counting) or f'现有：{names}'}")
    last = counting[name]
    last.path.rename(last.path.with_name(last.path.stem + TAKEN_BACK + SUFFIX))
    return last, next((one for one in current(folder) if one.name == name), None)


KEPT_SCHEMA = TEXT_SCHEMA | {"submission": pl.String}


def kept_facts(folder: Path) -> pl.DataFrame:
    """All facts under a sources folder as text, with file, line and the name of their submission, null where they are none's."""
    texts = (
        read_fact_file(path, file=display_path(path), problems=[]).with_columns(
            pl.lit(path.parent.name if path.suffix == SUFFIX else None, pl.String).alias("submission")
        )
        for path in fact_files(folder)
    )
    return pl.concat([pl.DataFrame(schema=KEPT_SCHEMA), *texts])


def as_kept(intake: Intake, name: str) -> pl.DataFrame:
    """The facts of a file as they would stand among `kept_facts`."""
    file, line = pl.lit(display_path(intake.file)).alias("file"), pl.col("row").cast(pl.Int32).alias("line")
    return intake.facts.select(*COLUMNS, file, line, pl.lit(name).alias("submission"))


def of_others(kept: pl.DataFrame, name: str) -> pl.DataFrame:
    """Without what the submission `name` holds already: a new version of it takes its place."""
    return kept.filter(pl.col("submission").ne_missing(name))


def contradictions(intake: Intake, kept: pl.DataFrame) -> list[Finding]:
    """Figures that the same source is said to give otherwise: one of the two is misread. Other sources may differ; both are kept."""
    both = intake.facts.join(kept, on=NATURAL_KEY, suffix="_kept", maintain_order="left")
    values = (pl.col(column).cast(pl.Float64, strict=False) for column in ("obs_value", "obs_value_kept"))
    return [
        Finding(
            sheet=row["sheet"], cell=row["cell"], value=row["obs_value"],
            message=f"同一来源的这个数，另一处是 {row['obs_value_kept']}（{row['file']} 第 {row['line']} 行）",
            fix="对照来源原文：这里错就改这里，那里错就先更正那里",
        )
        for row in both.filter(pl.Expr.ne(*values)).iter_rows(named=True)
    ]  # fmt: skip
