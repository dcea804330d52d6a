"""What can be compared: every indicator that several places published, and a few measures made of several indicators."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import polars as pl

from dashboard.themes.compare import form_rows as compare_forms
from dashboard.themes.compare import rows as compare
from dashboard.themes.ratio.rows import with_ratio
from dashboard.warehouse.places import first_places, members
from dashboard.warehouse.tables import Key, Tables
from vocabulary.alphabet import Key as Order
from vocabulary.alphabet import by_pinyin

Form = Literal["values", "staffing", "structure", "take_up"]
Read = Callable[[Tables, compare.Wanted, compare.Wanted], pl.DataFrame]  # the chosen places; else those that are shown
Where = Callable[..., pl.LazyFrame]  # rows of places (ref_area, counted_as) that meet keys
FIRST = "party_gov_bodies"  # what is proposed where places published several things alike
POPULATIONS = ("population_resident", "population_registered", "population_census", "population_total")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One entry of the picker. So many `areas` have something to show for it; `n` counts one that is named twice once.

    `parts`: indicators that it sets side by side; who published one of them published it. `where`: who has something to show.
    """

    slug: str
    name_zh: str
    theme: str
    form: Form = "values"
    areas: int = 0
    n: int = 0
    read: Read | None = None  # of a measure that is no indicator
    where: Where | None = None
    parts: tuple[str, ...] = ()


def _with_any(db: Tables, *indicators: str, **keys: Key) -> pl.LazyFrame:
    """Places that published one of the indicators, of all of the place: rows of mart.area_indicator."""
    named: dict[str, Key] = {"indicator": indicators} if indicators else {}
    return db.table("mart.area_indicator", **named, **keys).filter(pl.col("wholes") > 0)


_COMBINED = (
    Measure(slug=compare.RATIO, name_zh="财政供养比（N:1）", theme="财政供养", form="values", read=compare.ratios, where=with_ratio),
    Measure(
        slug="staffing", name_zh="编制与实有", theme="编制", form="staffing", read=compare_forms.staffing, where=compare_forms.with_staffing
    ),
    Measure(
        slug="post_structure", name_zh="编制构成（行政、工勤、事业）", theme="编制", form="structure", read=compare_forms.post_structure,
        where=compare_forms.with_post_structure,
    ),
    Measure(
        slug="age_structure", name_zh="人员年龄构成", theme="编制", form="structure",
        read=partial(compare_forms.structure, dimension="age_band"), where=partial(compare_forms.with_structure, dimension="age_band"),
    ),
    Measure(
        slug="education_structure", name_zh="人员学历构成", theme="编制", form="structure",
        read=partial(compare_forms.structure, dimension="education"), where=partial(compare_forms.with_structure, dimension="education"),
    ),
    Measure(
        slug="take_up", name_zh="赋权事项承接率", theme="赋权", form="take_up", read=compare_forms.take_up, where=compare_forms.with_take_up
    ),
    Measure(
        slug="population", name_zh="人口（常住、户籍、普查分栏）", theme="人口", form="values", parts=POPULATIONS,
        where=lambda db, **keys: _with_any(db, *POPULATIONS, **keys),
    ),
)  # fmt: skip
COMBINED = {measure.slug: measure for measure in _COMBINED}


def rows(db: Tables, slug: str, places: tuple[str, ...], cohorts: tuple[str, ...]) -> pl.DataFrame:
    """Rows of a measure for the chosen places, with its `form` and `indicator_zh`; empty for a measure that nobody knows."""
    made, wanted = COMBINED.get(slug), members(db, places, cohorts) if places or cohorts else None
    if made and made.read and made.where:
        first, total = first_places(made.where(db)) if wanted is None else (None, 0)
        found = made.read(db, wanted, first)
        found = found.with_columns(pl.lit(total).alias("published_by")) if total else found
    else:
        found = compare.claims(db, made.parts if made else (slug,), wanted)
    if not made:
        return found.with_columns(pl.lit("values").alias("form")) if found.height else found
    named = {"form": pl.lit(made.form)}
    if made.parts:
        named["indicator"] = pl.lit(made.slug)
    if made.parts or made.form != "values":
        named["indicator_zh"] = pl.lit(made.name_zh.partition("（")[0])
    return found.with_columns(**named)


def measures(db: Tables) -> dict[str, Measure]:
    """Every measure by its slug, those that most places published first."""
    counted = db.table("mart.area_count_by_indicator").group_by("indicator").agg(pl.col("areas", "counted").sum().cast(pl.Int64))
    rows = counted.join(db.table("core.indicator"), on="indicator").select("indicator", "name_zh", "theme", "areas", "counted")
    found = [
        Measure(slug=slug, name_zh=name, theme=theme or "其他", areas=areas, n=n)
        for slug, name, theme, areas, n in rows.collect().iter_rows()
        if slug not in COMBINED
    ]
    for made in _COMBINED:
        assert made.where
        known = made.where(db).select(pl.col("ref_area", "counted_as").n_unique()).collect()
        found.append(replace(made, areas=known["ref_area"].item(), n=known["counted_as"].item()))
    return {measure.slug: measure for measure in sorted(found, key=_by_places)}


def published(db: Tables, among: Sequence[str] | None = None) -> dict[str, frozenset[str]]:
    """Codes of the places that have something to show for a measure, by its slug: of all places, or of those `among` them."""
    keys: dict[str, Key] = {} if among is None else {"ref_area": among}
    by_indicator = _with_any(db, **keys).select("indicator", "ref_area").collect().group_by("indicator").agg("ref_area")
    found = {slug: frozenset(places) for slug, places in by_indicator.iter_rows()}
    for made in _COMBINED:
        assert made.where
        found[made.slug] = frozenset(made.where(db, **keys).select("ref_area").collect()["ref_area"])
    return found


def _by_places(measure: Measure) -> tuple[int, Order]:
    """Those of most places first, then by name."""
    return -measure.areas, by_pinyin(measure.name_zh)


def most_shared(
    known: Mapping[str, Measure], found: Mapping[str, Collection[str]], same: Mapping[str, str]
) -> list[tuple[Measure, int]]:
    """Measures by how many of the chosen places published them (n beside each), the best first; those of none are left out.

    `found` (`published` among the chosen places) says who did; `same` (places.counted_as): a place that is chosen by its name and
    unnamed is one.
    """
    counted = [(measure, len({same.get(place, place) for place in found.get(slug, ())})) for slug, measure in known.items()]
    made_first = {slug: index for index, slug in enumerate((FIRST, *COMBINED))}
    return sorted(
        ((measure, count) for measure, count in counted if count),
        key=lambda pair: (-pair[1], made_first.get(pair[0].slug, len(made_first)), *_by_places(pair[0])),
    )
