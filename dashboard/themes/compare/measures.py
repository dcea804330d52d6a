"""What can be compared: every indicator that several places published, and a few measures made of several indicators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import polars as pl

from dashboard.themes.compare import form_rows as compare_forms
from dashboard.themes.compare import rows as compare
from dashboard.warehouse.places import members
from dashboard.warehouse.tables import TOTAL, Tables
from vocabulary.alphabet import Key, by_pinyin

Form = Literal["values", "staffing", "structure", "take_up"]
Read = Callable[[Tables, compare.Wanted], pl.DataFrame]
FIRST = "party_gov_bodies"  # what is proposed where places published several things alike
POPULATIONS = ("population_resident", "population_registered", "population_census", "population_total")


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One entry of the picker. `places` have something to show for it; `n` counts one that is named twice once.

    `parts`: indicators that it sets side by side; who published one of them published it.
    """

    slug: str
    name_zh: str
    theme: str
    form: Form = "values"
    places: frozenset[str] = frozenset()
    n: int = 0
    read: Read | None = None  # of a measure that is made of several indicators
    parts: tuple[str, ...] = ()


_COMBINED = (
    Measure(slug=compare.RATIO, name_zh="财政供养比（N:1）", theme="财政供养", form="values", read=compare.ratios),
    Measure(slug="staffing", name_zh="编制与实有", theme="编制", form="staffing", read=compare_forms.staffing),
    Measure(
        slug="post_structure", name_zh="编制构成（行政、工勤、事业）", theme="编制", form="structure", read=compare_forms.post_structure
    ),
    Measure(
        slug="age_structure", name_zh="人员年龄构成", theme="编制", form="structure",
        read=partial(compare_forms.structure, dimension="age_band"),
    ),
    Measure(
        slug="education_structure", name_zh="人员学历构成", theme="编制", form="structure",
        read=partial(compare_forms.structure, dimension="education"),
    ),
    Measure(slug="take_up", name_zh="赋权事项承接率", theme="赋权", form="take_up", read=compare_forms.take_up),
    Measure(
        slug="population", name_zh="人口（常住、户籍、普查分栏）", theme="人口", form="values", parts=POPULATIONS,
        read=lambda db, wanted: compare.claims(db, POPULATIONS, wanted).with_columns(
            indicator=pl.lit("population"), indicator_zh=pl.lit("人口")
        ),
    ),
)  # fmt: skip
COMBINED = {measure.slug: measure for measure in _COMBINED}


def rows(db: Tables, slug: str, places: tuple[str, ...], cohorts: tuple[str, ...]) -> pl.DataFrame:
    """Rows of a measure for the chosen places, with its `form` and `indicator_zh`; empty for a measure that nobody knows."""
    made, wanted = COMBINED.get(slug), members(db, places, cohorts) if places or cohorts else None
    found = made.read(db, wanted) if made and made.read else compare.claims(db, (slug,), wanted)
    if not made and found.is_empty():
        return found
    name = made.name_zh.partition("（")[0] if made and made.form != "values" else None
    named = pl.lit(name).alias("indicator_zh") if name else pl.lit(None)
    return found.with_columns(pl.lit(made.form if made else "values").alias("form"), *([named] if name else []))


def measures(db: Tables) -> dict[str, Measure]:
    """Every measure by its slug, those that most places published first."""
    facts = (
        db.table("mart.fact", preferred=True, illustrative=False, **dict.fromkeys(compare.WHOLE, TOTAL))
        .select("indicator", "indicator_zh", "theme", "ref_area", "counted_as")
        .collect()
    )
    found = [
        Measure(slug=slug, name_zh=name, theme=theme or "其他", places=frozenset(places), n=len(set(counted)))
        for slug, name, theme, places, counted in facts.group_by("indicator", "indicator_zh", "theme")
        .agg("ref_area", "counted_as")
        .iter_rows()
        if slug not in COMBINED
    ]
    for made in _COMBINED:
        known = (
            facts.filter(pl.col("indicator").is_in(made.parts))
            if made.parts
            else rows(db, made.slug, (), ()).filter(pl.col("obs_value").is_not_null())
        )
        found.append(replace(made, places=frozenset(known["ref_area"].to_list()), n=known["counted_as"].n_unique()))
    return {measure.slug: measure for measure in sorted(found, key=_by_places)}


def _by_places(measure: Measure) -> tuple[int, Key]:
    """Those of most places first, then by name."""
    return -len(measure.places), by_pinyin(measure.name_zh)


def most_shared(known: dict[str, Measure], chosen: list[str], same: Mapping[str, str]) -> list[tuple[Measure, int]]:
    """Measures by how many of the chosen places published them (n beside each), the best first; those of none are left out.

    `same` (places.counted_as): a place that is chosen by its name and unnamed is one.
    """
    counted = [(measure, len({same.get(place, place) for place in measure.places & set(chosen)})) for measure in known.values()]
    made_first = {slug: index for index, slug in enumerate((FIRST, *COMBINED))}
    return sorted(
        ((measure, count) for measure, count in counted if count),
        key=lambda pair: (-pair[1], made_first.get(pair[0].slug, len(made_first)), *_by_places(pair[0])),
    )
