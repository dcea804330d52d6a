"""One row a pilot county: what was published of its bodies, posts, people and ratio, as cells that say their scope and doubt.

A cell holds every claim that was published, none chosen over another: 133→104个（疑全县）；〔62〕→40个（疑县直）. Beside each
stand its facts (`<cell>_fact_ids`). A cell without a claim is null.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from dashboard.language import words
from dashboard.themes.small_counties.rows import ACTUAL_BODIES, PILOT, REFORMED, pilot_counties
from dashboard.warehouse.codes import read_codes
from dashboard.warehouse.tables import CONVERTED, RECOMPUTED, Tables, changes, facts

# Cell, and the scope that goes without saying in it.
STEPS = {"party_gov_bodies": "bodies", "public_institutions": "institutions", "institution_posts": "posts"}
USUAL = {"party_gov_bodies": ACTUAL_BODIES, "public_institutions": REFORMED, "institution_posts": REFORMED}
CELLS = (*STEPS.values(), "over", "ratio")
PUBLISHED, REPORTED = "published", "reported"  # besides the kinds of event: numbers after the reform, a measure
_COUNT = "count"  # scope_nature of a number that was counted
_NOT_STATED = {"未注明": "范围未注明"}  # scope_coverage as a cell says it, where the code alone would not be understood
_PLACE = ("ref_area", "area_name", "cohort", "batch", "cohort_province")
_WORDS = (*_PLACE, "named", *CELLS, "status_kind", "status_date", "status_title", "fact_ids", "source_ids")
_SCHEMA: dict[str, Any] = {
    **dict.fromkeys((*_WORDS, *(f"{cell}_fact_ids" for cell in (*CELLS, "batch"))), pl.String),
    **dict.fromkeys((f"{cell}_after" for cell in STEPS.values()), pl.Float64),
    "both_ends": pl.Int64,
    **dict.fromkeys(("doubts", "doubts_of_people"), pl.List(pl.String)),
}

Row = dict[str, Any]


def pilots(db: Tables) -> pl.DataFrame:
    """Every named pilot county by cohort and code of division, which is no rank: batch, named (date, null where no source gives
    it), the cells, `both_ends` (how many of bodies, institutions and posts have both), `of_batches` (it is of a numbered batch
    of which anything was published), doubts and doubts_of_people (of people and ratio; sentences), and status_kind, status_date,
    status_title (the latest that is known of it)."""
    cohorts = db.table("core.cohort", role=PILOT).select(
        "cohort", "batch", "position", pl.col("named").alias("cohort_named"), pl.col("province").alias("cohort_province")
    )
    places = pilot_counties(db).select("ref_area", pl.col("name_zh").alias("area_name"), "cohort")
    listed = places.join(cohorts, on="cohort").sort("position", "ref_area").collect().to_dicts()
    claims = _claims(db)
    events = _events(db)
    rows = [_row(place, claims[place["ref_area"]], events[place["ref_area"]]) for place in listed]
    published = {row["cohort"] for row in rows if row["batch"] and any(row[cell] for cell in STEPS.values())}
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    return frame.with_columns(pl.col("cohort").is_in(published).alias("of_batches"))


def first_batches(db: Tables) -> pl.DataFrame:
    """The same of the numbered batches of which anything was published."""
    return pilots(db).filter("of_batches")


def _row(place: Row, claims: list[Row], events: list[Row]) -> Row:
    by_cell = {cell: [claim for claim in claims if claim["cell"] == cell] for cell in (*CELLS, "batch")}
    latest = max(events, key=lambda event: (event["weight"], event["period_start"], event["date"]), default=None)
    named = min((event["date"] for event in events if event["kind"] == "pilot_named"), default=place["cohort_named"])
    row = {name: place[name] for name in _PLACE} | {
        "named": named,
        "both_ends": sum(any(claim["both"] for claim in by_cell[cell]) for cell in STEPS.values()),
        "status_kind": latest["kind"] if latest else None,
        "status_date": latest["date"] if latest else None,
        "status_title": latest["title"] if latest else None,
        "fact_ids": _ids(claim["fact_ids"] for claim in claims),
        "source_ids": _ids([*(claim["source_ids"] for claim in claims), *([latest["source_ids"]] if latest else [])]),
        "doubts": [claim["reserve"] for claim in claims if claim["reserve"] and claim["cell"] in STEPS.values()],
        "doubts_of_people": [claim["reserve"] for claim in claims if claim["reserve"] and claim["cell"] not in STEPS.values()],
    }
    for cell, told in by_cell.items():
        if cell != "batch":
            row[cell] = "；".join(claim["text"] for claim in told) or None
        row[f"{cell}_fact_ids"] = _ids(claim["fact_ids"] for claim in told)
    return row | {f"{cell}_after": _only([claim["after"] for claim in by_cell[cell] if claim["both"]]) for cell in STEPS.values()}


def _ids(lists: Iterable[str]) -> str:
    return ",".join(dict.fromkeys(one for listed in lists for one in listed.split(",") if one))


def _only(values: list[float]) -> float | None:
    """The value where there is just one; two claims of one thing give none."""
    return values[0] if len(values) == 1 else None


def _claims(db: Tables) -> dict[str, list[Row]]:
    """Every claim by place: cell, text, fact_ids, source_ids, both (before and after), after, reserve (doubt in words)."""
    natures = read_codes(db)["nature"]
    unsure = set(db.table("core.scope", doubtful=True).select("scope").collect()["scope"])
    found: dict[str, list[Row]] = defaultdict(list)
    steps = changes(db, *STEPS, cohort_role=PILOT, is_total=True).collect()
    usual = pl.col("scope") == pl.col("indicator").replace_strict(USUAL, return_dtype=pl.String)
    largest = pl.coalesce("before", "after", "change_pct_stated").abs()
    for row in steps.sort(~usual, largest, "scope", descending=[False, True, False], nulls_last=True).to_dicts():
        if text := _step(row, natures, in_doubt=row["scope"] not in unsure):
            both = row["before"] is not None and row["after"] is not None
            found[row["ref_area"]].append(_claim(row, STEPS[row["indicator"]], text, both=both))
    for listed in (_over(db), _ratios(db), _batches(db)):
        for claim in listed:
            found[claim["ref_area"]].append(claim)
    return found


def _claim(row: Row, cell: str, text: str, *, both: bool = False) -> Row:
    label, reserve = ("存疑", row["doubt"]) if row.get("doubt") else ("待核", row.get("to_check"))
    what = f"{row['area_name']}{row['indicator_zh']}（{text.partition('（')[0]}）"
    return {
        "ref_area": row["ref_area"], "cell": cell, "text": text, "both": both, "after": row.get("after"), "fact_ids": row["fact_ids"],
        "source_ids": row["source_ids"], "reserve": f"{label}：{what}{reserve}。" if reserve else None,
    }  # fmt: skip


def _step(row: Row, natures: Any, *, in_doubt: bool) -> str:
    """36→22个, 〔35〕→22个 (computed), 未公布→22个（县级，只计正科级）, −31%（只有比例）; blank without any. `in_doubt`: a doubt has to be
    said; a scope that says 疑 itself does."""
    unit, marks = row["unit_measure"], _reserves(row) if in_doubt else []
    if row["before"] is None and row["after"] is None:
        if row["change_pct_stated"] is None:
            return ""
        text, marks = words.value(row["change_pct_stated"], "%"), ["只有比例", *marks]
    else:
        text = _arrow(
            _end(row["before"], "" if row["after"] is not None else unit, computed=row["before_basis"] == "computed"),
            _end(row["after"], unit, computed=row["after_basis"] == "computed"),
        )
    if row["scope_nature"] != _COUNT:
        marks.append(natures[row["scope_nature"]])
    elif row["scope"] != USUAL[row["indicator"]]:
        marks.append(_NOT_STATED.get(row["scope_coverage"]) or str(row["scope_coverage"]))
    return text + _bracket(marks)


def _reserves(row: Row) -> list[str]:
    return [mark for mark, told in (("存疑", row["doubt"]), ("待核", row["to_check"])) if told]


def _end(value: float | None, unit: str, *, computed: bool) -> str:
    said = words.value(value)
    return words.NOT_PUBLISHED if value is None else f"〔{said}〕{unit}" if computed else f"{said}{unit}"


def _arrow(before: str, after: str) -> str:
    return f"{before}→{after}"


def _bracket(marks: list[str]) -> str:
    return f"（{'，'.join(marks)}）" if marks else ""


def _over(db: Tables) -> list[Row]:
    """People still over quota, and the years within which they are to be placed."""
    years = {
        row["ref_area"]: row
        for row in facts(db, "reform_transition_years", category="过渡期", cohort_role=PILOT).collect().to_dicts()
    }
    claims = []
    for row in facts(db, "staff_over", cohort_role=PILOT, anonymous=False).sort("ref_area", "scope").collect().to_dicts():
        known = years.get(row["ref_area"])
        text = f"仍超编{words.claimed(row)}" + (f"，过渡期{words.claimed(known)}" if known else "")
        more = {name: _ids([row[name], known[name] if known else ""]) for name in ("fact_ids", "source_ids")}
        claims.append(_claim(row | more, "over", text))
    return claims


def _ratios(db: Tables) -> list[Row]:
    """Ratios as stated or converted from a stated share, the latest of each end; those that we compute from people and staff have
    a page of their own."""
    table = db.table(
        "mart.population_staff_ratio", cohort_role=PILOT, phase=("before", "after"), anonymous=False, illustrative=False
    )
    rows = (
        table.filter(pl.col("obs_value").is_not_null() & (pl.col("basis") != RECOMPUTED))
        .sort("ref_area", "scope", "phase", "time_period")
        .collect()
    )
    claims = []
    for _key, pair in rows.group_by("ref_area", "scope", maintain_order=True):
        ends = {row["phase"]: row for row in pair.to_dicts()}
        row = next(iter(ends.values()))
        scope = "口径未注明" if row["unstated"] else f"人员：{row['staff_scope']}"
        joined = {
            "fact_ids": _ids(pair["fact_ids"]), "source_ids": _ids(pair["source_ids"]), "indicator_zh": "财政供养比",
            "doubt": "；".join(pair["doubt"].drop_nulls()) or None, "after": ends["after"]["obs_value"] if "after" in ends else None,
        }  # fmt: skip
        text = _arrow(_ratio(ends.get("before")), _ratio(ends.get("after"))) + f"；{scope}"
        claims.append(_claim(row | joined, "ratio", text, both=len(ends) > 1))
    return claims


def _ratio(row: Row | None) -> str:
    """32:1, 约17:1, 〔约25.4:1〕 (converted); the doubt stands at the end that it is about."""
    if row is None:
        return words.NOT_PUBLISHED
    said = words.stated(row["obs_value"], ":1", precision=row["precision"])
    return (f"〔{said}〕" if row["basis"] == CONVERTED else said) + _bracket(_reserves(row))


def _batches(db: Tables) -> list[Row]:
    return [_claim(row, "batch", "") for row in facts(db, "pilot_batch", cohort_role=PILOT, anonymous=False).collect().to_dicts()]


def _events(db: Tables) -> dict[str, list[Row]]:
    """What is known of each place and when. An announced completion weighs more than what came later, events and numbers after
    the reform more than a measure that was reported."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in db.table("mart.timeline", cohort_role=PILOT, illustrative=False).collect().to_dicts():
        weight = 2 if row["kind"] == "completed" else 1
        found[row["ref_area"]].append(row | {"weight": weight, "source_ids": row["source_id"]})
    after = changes(db, *STEPS, cohort_role=PILOT, is_total=True).filter(pl.col("after_start").is_not_null()).collect()
    for row in after.filter(pl.col("after").is_not_null() | pl.col("change_pct_stated").is_not_null()).to_dicts():
        published = {"kind": PUBLISHED, "date": row["time_after"], "period_start": row["after_start"], "title": "", "weight": 1}
        found[row["ref_area"]].append(published | {"source_ids": row["source_ids"]})
    measures = db.table("mart.measure", cohort_role=PILOT, proposed=False, anonymous=False, illustrative=False)
    for row in measures.filter(pl.col("period_start").is_not_null()).collect().to_dicts():
        reported = {"kind": REPORTED, "date": row["date"], "period_start": row["period_start"], "title": "", "weight": 0}
        found[row["ref_area"]].append(reported | {"source_ids": row["source_id"]})
    return found
