"""What the warehouse knows about its own contents: citations, facts in full, definitions, conflicts, checks.

Read for the fact drawer, the source lines and 数据与来源; charts have their own queries.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import Codes, codes
from dashboard.warehouse.tables import sorted_by_name
from vocabulary.alphabet import by_pinyin


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One source as it is cited: `text` without the address, `full` with it. `url` is blank when no page is fit to link.

    `grade` is the letter, `grade_zh` what it stands for.
    """

    source_id: str
    text: str
    full: str
    url: str
    grade: str
    reprint: bool
    facts: int
    grade_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class FactSheet:
    """A fact in full, the claims that compete with it (rows of mart.conflict, the one shown first), and the words for its codes."""

    fact: dict[str, Any]
    claims: tuple[dict[str, Any], ...]
    names: Codes


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What the build says otherwise than the one it replaced (`compared_with`: its id, None for a first build)."""

    compared_with: str | None
    rows: pl.DataFrame


def citations(db: Warehouse, source_ids: Sequence[str] | None = None) -> list[Citation]:
    """Sources in the order asked for; all of them (best grade first, then by title) when none are named. Unknown ids are left out."""
    rows = db.table("mart.citation").collect()  # whole: the same few hundred rows for every card, read once a build
    wanted = None if source_ids is None else set(source_ids)
    by_id = {row["source_id"]: row for row in rows.iter_rows(named=True) if wanted is None or row["source_id"] in wanted}
    if source_ids is None:
        source_ids = sorted(by_id, key=lambda name: (by_id[name]["grade"] or "", by_pinyin(by_id[name]["citation_zh"]), name))
    grades = codes(db)["grade"]
    return [_citation(by_id[name], grades) for name in source_ids if name in by_id]


def _citation(row: dict[str, Any], grades: Mapping[str, str]) -> Citation:
    return Citation(
        source_id=row["source_id"],
        text=_without_address(row["citation_zh"], row["url"]),
        full=row["citation_zh"],
        url=row["url"] or "",
        grade=row["grade"] or "",
        reprint=bool(row["reprint"]),
        facts=row["facts"] or 0,
        grade_zh=grades.get(row["grade"] or "", ""),
    )


def _without_address(citation: str, url: str | None) -> str:
    return citation.replace(f"，{url}", "") if url else citation


def fact_sheets(db: Warehouse, fact_ids: Sequence[str]) -> list[FactSheet]:
    """Facts in the order asked for, each with its competing claims; ids that do not exist are left out."""
    facts = db.table("mart.fact", fact_id=fact_ids).collect()
    topics = db.table("mart.conflict", fact_id=fact_ids).select("topic_id", "fact_id").collect()
    claims = db.table("mart.conflict", topic_id=topics["topic_id"].unique().to_list()).collect()
    claims = claims.sort("shown", "grade", "fact_id", descending=[True, False, False])
    by_id = {row["fact_id"]: row for row in facts.iter_rows(named=True)}
    names = codes(db)
    sheets = []
    for fact_id in dict.fromkeys(fact_ids):
        if fact_id in by_id:
            own = topics.filter(pl.col("fact_id") == fact_id)["topic_id"].to_list()
            phase = by_id[fact_id]["phase"]  # a topic may hold both 改革前 and 改革后: they do not compete with each other
            competing = tuple(row for row in claims.iter_rows(named=True) if row["topic_id"] in own and row["phase"] == phase)
            sheets.append(FactSheet(fact=by_id[fact_id], claims=competing, names=names))
    return sheets


def definitions(db: Warehouse) -> pl.DataFrame:
    """Indicators in use: name, unit, definition, caveat."""
    used = db.table("mart.fact_count_by_indicator").select("indicator").unique().collect()["indicator"].to_list()
    rows = db.table("core.indicator").filter(pl.col("indicator").is_in(used)).collect()
    return sorted_by_name(rows, "theme", "name_zh")


def terms(db: Warehouse) -> pl.DataFrame:
    """Words of the field with their meaning and usual trap, in the order of the register: rows of core.term."""
    return db.table("core.term").sort("position", "term").collect()


def aliases_of(term: Mapping[str, Any]) -> list[str]:
    """Other spellings of a row of `terms`."""
    return [alias for alias in (term["aliases"] or "").split("；") if alias]


def conflicts(db: Warehouse) -> pl.DataFrame:
    """Competing claims by topic, the one shown first."""
    return (
        db.table("mart.conflict").sort("topic_id", "shown", "grade", "fact_id", descending=[False, True, False, False]).collect()
    )


def checks(db: Warehouse) -> pl.DataFrame:
    """Results of the build's checks."""
    return db.table("quality.check_result").sort("check_id").collect()


def filings(db: Warehouse) -> pl.DataFrame:
    """Who reported of which county: rows of mart.filing with the code's word, what needs a look first. None where internal figures may not
    be seen."""
    names = codes(db)["filed"]
    rows = db.table("mart.filing").collect()
    order = {code: at for at, code in enumerate(names)}
    rows = sorted_by_name(rows, "publisher").sort(
        pl.col("filed").replace_strict(order, return_dtype=pl.Int32), "ref_area", maintain_order=True
    )
    return rows.with_columns(pl.col("filed").replace(dict(names)).alias("filed_zh"), pl.col("received").str.slice(0, 10))


def coverage(db: Warehouse) -> pl.DataFrame:
    """Facts by theme and grade of source: theme, for each grade its count (A, B …) and word (A_zh, B_zh …), total.

    `fact_ids` and `source_ids` are blank, the whole is meant.
    """
    grades = codes(db)["grade"]
    counted = db.table("mart.fact_count_by_indicator").collect()
    by_grade = [pl.col("facts").filter(pl.col("grade") == grade).sum().cast(pl.Int64).alias(grade) for grade in grades]
    return (
        counted.group_by("theme", maintain_order=True)
        .agg(*by_grade, pl.col("facts").sum().cast(pl.Int64).alias("total"))
        .with_columns(
            *(pl.lit(word).alias(f"{grade}_zh") for grade, word in grades.items()), fact_ids=pl.lit(""), source_ids=pl.lit("")
        )
        .sort("total", "theme", descending=[True, False])
    )


def changes(db: Warehouse) -> Changes:
    """Rows of meta.change as the build wrote them: corrected facts first, then removed, then new ones."""
    with db.pinned():
        compared_with = db.table("meta.build").select("compared_with").collect().item()
        return Changes(compared_with=compared_with, rows=db.table("meta.change").collect())
