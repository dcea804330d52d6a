"""The reader's numbers as rows beside those of the marts: each on the axis of its scope, or on one of its own.

Rows of the reader have `own` true, no facts unless they say what is published, and `text` in words. Without any numbers every frame
holds what is published, so that a reader sees what there is to stand beside.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from dashboard.cards.own import OWN
from dashboard.gate.judged import Judged
from dashboard.language import words
from dashboard.language.sentence import receipts
from dashboard.themes.mine.typed.fields import (
    BODIES_SCOPE,
    INSTITUTIONS_SCOPE,
    POST_TYPES,
    REFORMED_SCOPE,
    STAFF_SCOPE,
)  # fmt: skip
from dashboard.themes.mine.typed.reading import Given, OwnSet, labels, read_sets
from dashboard.themes.ratio.rows import county_ratios
from dashboard.themes.ratio.what_if.sums import ratio_for, said
from dashboard.themes.small_counties import rows as small
from dashboard.warehouse.tables import changes
from dashboard.warehouse.warehouse import Warehouse
from vocabulary.interval import Interval

UNRANKED = "本人填写，未经核对，不排名"
FEWEST_POSTS = 10  # of fewer no percentage is given
_JUDGED = {name: column.dtype for name, column in Judged.columns().items()}
_FLOATS = ("low", "high", "obs_value")


def own_row(one: OwnSet, label: str, given: Iterable[Given], **more: Any) -> dict[str, Any]:
    """What every row of the reader holds."""
    parts = list(given)
    return {
        "ref_area": one.code, "area_name": label, "counted_as": one.code, "axis_key": None, "whole_key": None, "may_rank": False,
        "withheld_zh": UNRANKED, "anonymous": False, "illustrative": False, "own": True, "set": one.number, "title": one.title,
        "fact_ids": ",".join(receipts(*(part.fact_ids for part in parts))),
        "source_ids": ",".join(receipts(*(part.source_ids for part in parts))),
    } | more  # fmt: skip


def own_frame(rows: Sequence[dict[str, Any]], **types: pl.DataType | type[pl.DataType]) -> pl.DataFrame:
    """Rows of the reader, typed as those of the marts; none is a frame without rows."""
    schema = {
        **_JUDGED,
        "own": pl.Boolean,
        "set": pl.Int64,
        "title": pl.String,
        "fact_ids": pl.String,
        "source_ids": pl.String,
        **types,
    }
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema, orient="row")


def ends_of(bounds: Interval) -> dict[str, float | None]:
    low, high = (None if end is None else float(end) for end in (bounds.low, bounds.high))
    return {"low": low, "high": high, "obs_value": low if low is not None else high}


def ratios(db: Warehouse, own: str) -> pl.DataFrame:
    """Own ratios and the published ones of the same axis; without own ones those whose staff is of a scope that can be chosen."""
    scopes = [option.scope for option in STAFF_SCOPE.options if option.scope]
    known = county_ratios(db).filter(pl.col("staff_scope").is_in(scopes))
    mine = [row for one, label in labelled(db, own) for row in _own_ratios(one, label, known)]
    if mine:
        known = known.filter(pl.col("axis_key").is_in([row["axis_key"] for row in mine]))
    types = {"population_basis": pl.String, "staff_scope": pl.String, "text": pl.String, "how": pl.String, "year": pl.Int32}
    rows = own_frame(mine, **types, **dict.fromkeys(_FLOATS, pl.Float64))
    listed = known.to_dicts()
    beside = known.with_columns(
        pl.lit(False).alias("own"), pl.col("value_low").alias("low"), pl.col("value_high").alias("high"),
        pl.Series("text", [words.stated(row["obs_value"], ":1", precision=row["precision"], as_stated=row["as_stated"] or "") for row in listed], pl.String),
        pl.Series("how", [words.date(row["time_period"]) for row in listed], pl.String),
    )  # fmt: skip
    return pl.concat([rows, beside], how="diagonal_relaxed")


def _own_ratios(one: OwnSet, label: str, known: pl.DataFrame) -> list[dict[str, Any]]:
    staff = one.given.get("staff")
    option = one.option(STAFF_SCOPE)
    found = []
    for key, basis in (("resident", "常住"), ("registered", "户籍")):
        people = one.given.get(key)
        if staff and people:
            staff_scope = option.scope or option.label
            same = known.filter((pl.col("population_basis") == basis) & (pl.col("staff_scope") == staff_scope))
            axis = same["axis_key"][0] if same.height else f"{OWN}|{basis}|{staff_scope}"
            ratio = ratio_for(people.bounds, staff.bounds)
            found.append(
                own_row(one, label, [people, staff], axis_key=axis, population_basis=basis, staff_scope=staff_scope,
                     text=said(ratio, ":1"), how=f"{people.text}÷{staff.text}", **ends_of(ratio))
            )  # fmt: skip
    return found


def bodies(db: Warehouse, own: str) -> pl.DataFrame:
    """Pilots before and after, ordinary counties (`control`), and the reader's own counts of the same scope (`own`): `measure`."""
    pilots = small.bodies_and_ordinary(db).filter(pl.col("scope") == BODIES_SCOPE)
    institutions = changes(db, "public_institutions", cohort_role=small.PILOT).collect()
    institutions = institutions.filter(pl.col("scope") == REFORMED_SCOPE).with_columns(pl.lit(False).alias("control"))
    known = pl.concat([pilots, institutions], how="diagonal_relaxed")
    known = known.with_columns(pl.lit(False).alias("own"), pl.col("indicator").alias("measure"))
    axes = dict(known.select("measure", "axis_key").unique(maintain_order=True).rows())
    mine = []
    for one, label in labelled(db, own):
        for key, measure in (("bodies", "party_gov_bodies"), ("institutions", "public_institutions")):
            count = one.given.get(key)
            if count and (key == "bodies" or one.option(INSTITUTIONS_SCOPE).scope) and measure in axes:
                scope = BODIES_SCOPE if key == "bodies" else REFORMED_SCOPE
                mine.append(
                    own_row(one, label, [count], axis_key=axes[measure], measure=measure, scope=scope, text=count.text,
                         control=False, year=count.year, **ends_of(count.bounds))
                )  # fmt: skip
    types = {"measure": pl.String, "scope": pl.String, "text": pl.String, "control": pl.Boolean, "year": pl.Int32}
    rows = pl.concat([own_frame(mine, **types, **dict.fromkeys(_FLOATS, pl.Float64)), known], how="diagonal_relaxed")
    if mine:
        rows = rows.filter(pl.col("measure").is_in([row["measure"] for row in mine]))
    listed = rows.to_dicts()
    return rows.with_columns(
        pl.Series("now", [row["text"] if row["own"] else words.value(row["after"], "个") for row in listed], pl.String),
        pl.Series("was", ["" if row["own"] or row["control"] else words.value(row["before"], "个") for row in listed], pl.String),
        pl.Series("who", [_who(row) for row in listed], pl.String),
    )


def _who(row: dict[str, Any]) -> str:
    if row["own"]:
        return "本县公布数" if row["fact_ids"] else "本人填写"
    return "普通县区" if row["control"] else "试点"


def posts(db: Warehouse, own: str) -> pl.DataFrame:
    """Posts and people by type. Without own ones the counties that published posts by type for the whole county."""
    mine = [row for one, label in labelled(db, own) for row in _own_posts(one, label)]
    types = {
        "post_type": pl.String, "authorised_text": pl.String, "actual_text": pl.String, "outcome": pl.String, "rate": pl.String,
        **dict.fromkeys(("authorised", "actual", "gap_low", "gap_high"), pl.Float64), "panel": pl.String,
        "authorised_fact_ids": pl.String, "actual_fact_ids": pl.String,
    }  # fmt: skip
    if mine:
        return own_frame(mine, **types)
    kinds = list(POST_TYPES.values())
    known = (
        db.table("mart.staffing", authorised_scope="全县编制", illustrative=False, post_type=kinds)
        .collect()
        .sort("ref_area", "post_type")
    )
    listed = known.to_dicts()
    return known.with_columns(
        pl.lit(False).alias("own"), pl.col("area_name").alias("panel"), pl.col("authorised_fact_ids").alias("fact_ids"),
        pl.Series("authorised_text", [words.value(row["authorised"], "名") for row in listed], pl.String),
        pl.Series("actual_text", [words.value(row["actual"], "人") for row in listed], pl.String),
        pl.lit("").alias("outcome"), pl.lit("").alias("rate"),
    )  # fmt: skip


def _own_posts(one: OwnSet, label: str) -> list[dict[str, Any]]:
    found = []
    for key, kind in POST_TYPES.items():
        places, people = one.given.get(f"posts_{key}"), one.given.get(f"people_{key}")
        if places is None and people is None:
            continue
        row = own_row(one, label, filter(None, (places, people)), post_type=kind, panel=label)
        row |= {
            "authorised_text": places.text if places else "",
            "actual_text": people.text if people else "",
            "outcome": "",
            "rate": "",
        }
        row |= {name: _middle_free(part) for name, part in (("authorised", places), ("actual", people))}
        row |= {"authorised_fact_ids": "", "actual_fact_ids": ""}
        found.append(row | (_gap(places, people) if places and people else {}))
    return found


def _middle_free(one: Given | None) -> float | None:
    """What a bar can show: a number that is known as it stands, else nothing."""
    return float(one.bounds.low) if one and one.bounds.exact and one.bounds.low is not None else None


def _gap(places: Given, people: Given) -> dict[str, Any]:
    gap = people.bounds.minus(places.bounds)
    ends = {"gap_low": None if gap.low is None else float(gap.low), "gap_high": None if gap.high is None else float(gap.high)}
    least = places.bounds.low or Decimal(0)
    rate = said(_hundredfold(people.bounds.over(places.bounds)), "%") if least >= FEWEST_POSTS else f"不足{FEWEST_POSTS}名，不算"
    return ends | {"rate": rate, "outcome": _outcome(gap)}


def _outcome(gap: Interval) -> str:
    """超编12人, 空编9名, 满编; with intervals what is sure."""
    low, high = gap.low, gap.high
    if low is not None and low == high == 0:
        return "满编"
    if low is not None and low >= 0:
        return f"超编{said(gap, '人')}"
    if high is not None and high <= 0:
        return f"空编{said(gap.mirrored(), '名')}"
    return "约数相减，超编空编说不准"


def _hundredfold(bounds: Interval) -> Interval:
    low, high = (None if end is None else end * 100 for end in (bounds.low, bounds.high))
    return Interval(low=low, high=high)


def labelled(db: Warehouse, own: str) -> list[tuple[OwnSet, str]]:
    """The reader's sets, each with what it is called in charts."""
    sets = read_sets(db, own)
    named = labels(sets)
    return [(one, named[one.number]) for one in sets]
