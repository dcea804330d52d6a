"""The published cuts of pilots applied to the reader's numbers of the same scope; and the fields that are missing."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import polars as pl

from dashboard.cards.own import OWN
from dashboard.gate.comparability import with_axis
from dashboard.language.sentence import receipts
from dashboard.themes.mine.rows import bodies, labelled, posts, ratios
from dashboard.themes.mine.size.rows import bands
from dashboard.themes.mine.typed.fields import (
    BODIES_SCOPE,
    BY_KEY,
    INSTITUTIONS_SCOPE,
    LEADERS_SCOPE,
    REFORMED_SCOPE,
)
from dashboard.themes.mine.typed.reading import Given, OwnSet
from dashboard.themes.ratio.what_if.sums import said
from dashboard.themes.small_counties.rows import PILOT
from dashboard.warehouse.tables import changes, facts
from dashboard.warehouse.warehouse import Warehouse
from vocabulary.interval import Interval

# indicator → (scope of the pilots' numbers, field of the reader's). 事业编制 and 事业单位 are of one scope, which the reader states.
MEASURES = {
    "party_gov_bodies": (BODIES_SCOPE, "bodies"),
    "public_institutions": (REFORMED_SCOPE, "institutions"),
    "institution_posts": (REFORMED_SCOPE, "posts_inst"),
    "leadership_posts": (LEADERS_SCOPE, "leaders"),
}


def cuts(db: Warehouse, own: str) -> pl.DataFrame:
    """Pilots with both ends of a measure, one row for each set of the reader that can be held against it; `mine` and `result` in
    words, blank where the reader said nothing of it. `first`: the row that is drawn."""
    rows = changes(db, *MEASURES, cohort_role=PILOT).collect()
    rows = rows.filter(pl.all_horizontal(pl.col("before", "after").is_not_null()) & (pl.col("before") > 0))
    rows = with_axis(
        rows.filter(pl.col("scope") == pl.col("indicator").replace_strict({name: scope for name, (scope, _) in MEASURES.items()}))
    )
    order = {name: place for place, name in enumerate(MEASURES)}
    listed = rows.sort(pl.col("indicator").replace_strict(order, return_dtype=pl.Int32), "change_pct", "ref_area").to_dicts()
    sets = labelled(db, own)
    made = [one for row in listed for one in _applied(row, sets)]
    more = {
        "for_set": pl.String(),
        "mine": pl.String(),
        "result": pl.String(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "first": pl.Boolean(),
        "own": pl.Boolean(),
    }
    return pl.DataFrame(made, schema=rows.schema | more, orient="row")


def _applied(row: dict[str, Any], sets: list[tuple[OwnSet, str]]) -> list[dict[str, Any]]:
    scope, key = MEASURES[row["indicator"]]
    blank = row | {"for_set": "", "mine": "", "result": "", "low": None, "high": None, "first": True, "own": False}
    found: list[dict[str, Any]] = []
    for one, label in sets:
        given = one.given.get(key)
        if given and (scope != REFORMED_SCOPE or one.option(INSTITUTIONS_SCOPE).scope == scope):
            ids, sources = receipts(row["fact_ids"], given.fact_ids), receipts(row["source_ids"], given.source_ids)
            scaled = _scaled(given, row)
            words = {"for_set": label, "mine": given.text, "result": said(scaled, given.field.unit), **_ends(scaled)}
            found.append(
                blank | words | {"first": not found, "own": True, "fact_ids": ",".join(ids), "source_ids": ",".join(sources)}
            )
    return found or [blank]


def _scaled(given: Given, row: Mapping[str, Any]) -> Interval:
    """The number of the reader by the same share, in whole things, rounded outwards."""
    before, after = Decimal(repr(row["before"])), Decimal(repr(row["after"]))
    low, high = (None if end is None else end * after / before for end in (given.bounds.low, given.bounds.high))
    return Interval(
        low=None if low is None else low.to_integral_value(ROUND_FLOOR),
        high=None if high is None else high.to_integral_value(ROUND_CEILING),
    )


def _ends(bounds: Interval) -> dict[str, float | None]:
    return {name: None if end is None else float(end) for name, end in (("low", bounds.low), ("high", bounds.high))}


# What a field is good for: in words, and whose facts it would stand beside.
USES = {
    "resident": "供养比（常住）、全国档次、人口小县门槛、相近的县",
    "registered": "供养比（户籍）、全国档次、人口小县门槛",
    "staff": "每多少人对应一名财政供养人员",
    "bodies": "与试点县改革前后、普通县区并列",
    "institutions": "与试点县改革前后并列（县直，除学校医院）",
    "leaders": "试点县科级领导职数的降幅在本县是多少",
    "posts_admin": "行政编制超编、空编，满编率",
    "people_admin": "行政编制超编、空编，满编率",
    "posts_inst": "事业编制超编、空编，试点县的降幅在本县是多少",
    "people_inst": "事业编制超编、空编，满编率",
    "posts_worker": "工勤编制超编、空编",
    "people_worker": "工勤编制超编、空编",
    "revenue": "找相近的县时多一个条件",
    "spending": "找相近的县时多一个条件",
}


def fields(db: Warehouse, own: str) -> pl.DataFrame:
    """Every field: what was said in it, what it is good for, the facts that it stands or would stand beside; those without a word
    first. `problem`: what was said cannot be meant."""
    beside = _beside(db)
    sets = labelled(db, own)
    rows = []
    for key, use in USES.items():
        given = [(label, one.given[key]) for one, label in sets if key in one.given]
        problem = any(key in one.problems for one, _ in sets)
        ids, sources = beside[key]
        rows.append({
            "field": BY_KEY[key].label, "use": use, "state": "看不懂" if problem and not given else "已填" if given else "未填",
            "text": "；".join(f"{label}{one.text}" if len(sets) > 1 else one.text for label, one in given),
            "source": "；".join(dict.fromkeys("公布数" if one.fact_ids else "本人填写" for _, one in given)), "own": bool(given),
            "fact_ids": ",".join(receipts(ids, *(one.fact_ids for _, one in given))),
            "source_ids": ",".join(receipts(sources, *(one.source_ids for _, one in given))),
        })  # fmt: skip
    frame = pl.DataFrame(rows, schema_overrides={"own": pl.Boolean, "fact_ids": pl.String, "source_ids": pl.String})
    return frame.filter(pl.col("fact_ids") != "").sort("own", maintain_order=True)


def _beside(db: Warehouse) -> dict[str, tuple[str, str]]:
    """For each field the facts and sources that its number would stand beside."""

    def of(rows: pl.DataFrame) -> tuple[str, str]:
        ids, sources = ([*receipts(*rows[name].to_list())] for name in ("fact_ids", "source_ids"))
        return ",".join(ids), ",".join(source for source in sources if source != OWN)

    ratio, counts, sizes, cut, staffing = ratios(db, ""), bodies(db, ""), bands(db, ""), cuts(db, ""), posts(db, "")
    budget = {key: of(facts(db, *BY_KEY[key].published, scope=BY_KEY[key].scope).collect()) for key in ("revenue", "spending")}
    found = {
        "resident": of(sizes.filter(basis="常住")), "registered": of(sizes.filter(basis="户籍")), "staff": of(ratio),
        "bodies": of(counts.filter(measure="party_gov_bodies")), "institutions": of(counts.filter(measure="public_institutions")),
        "leaders": of(cut.filter(indicator="leadership_posts")), "posts_inst": of(cut.filter(indicator="institution_posts")), **budget,
    }  # fmt: skip
    return {key: found.get(key, of(staffing)) for key in USES}
