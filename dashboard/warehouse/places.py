"""Places: what they are called and how that is typed, where they lie, how many facts are kept of each."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl
from pypinyin import Style, lazy_pinyin, pinyin

from dashboard.warehouse.tables import Tables

MOST_SPELLINGS = 6  # of one name
MOST_NEAR = 6  # names offered for one that is not kept
_KINDS = "省市县区旗乡镇街道州"  # what a name ends with is read in one way only
_KIND = re.compile(
    r"(?<=..)(?:(?:壮族|回族|维吾尔)?自治区|省|市|县|区|旗|盟|州|乡|镇|街道)$"
)  # what people leave out: 石楼 for 石楼县
_LIKE_SIGNS, _LIKE_SOUND = 0.5, 0.6  # how much of a name without its kind, or of its pinyin, must be the same to be offered
_LONGEST = 64  # characters of an address that are looked at

Place = dict[str, Any]  # a row of `every_place`


class Called(NamedTuple):
    """`just`: the places that are called so, several where names are the same. `near`: the nearest names where there is none."""

    just: tuple[Place, ...]
    near: tuple[Place, ...] = ()


def every_place(db: Tables) -> pl.DataFrame:
    """All places, the nation first, then by code. Besides the columns of core.ref_area: facts (n), parent_name,
    label (a township names its county: 张店乡（鲁山县）), cohort_role, spelled (pinyin and initials, blank-separated)."""
    areas = db.table("core.ref_area").collect()
    counted = db.table("mart.fact_count_by_area").collect().group_by("ref_area").agg(pl.col("facts").sum().cast(pl.Int64))
    parents = areas.select(pl.col("ref_area").alias("parent"), pl.col("name_zh").alias("parent_name"))
    roles = db.table("core.cohort").select("cohort", pl.col("role").alias("cohort_role")).collect()
    found = (
        areas.join(counted, on="ref_area", how="left").join(parents, on="parent", how="left").join(roles, on="cohort", how="left")
    )
    above = pl.coalesce("county", "parent_name")
    small = pl.col("level").is_in(["township", "unit"]) & above.is_not_null() & ~pl.col("name_zh").str.contains("（")
    return found.with_columns(
        pl.col("facts").fill_null(0),
        pl.when(small).then(pl.format("{}（{}）", "name_zh", above)).otherwise("name_zh").alias("label"),
        pl.col("name_zh").map_elements(spelling, return_dtype=pl.String).alias("spelled"),
    ).sort(pl.col("ref_area") != "CN", "ref_area")


def members(db: Tables, places: tuple[str, ...], cohorts: tuple[str, ...]) -> list[str]:
    """The chosen places that exist, in the order of choice; then those of the cohorts, by code. Illustrative ones never."""
    areas = db.table("core.ref_area", illustrative=False).select("ref_area", "cohort").collect()
    known = set(areas["ref_area"].to_list())
    grouped = [areas.filter(pl.col("cohort") == cohort)["ref_area"].sort().to_list() for cohort in cohorts]
    return list(dict.fromkeys([place for place in places if place in known] + [place for group in grouped for place in group]))


def called(places: Sequence[Place], words: str) -> Called:
    """The places that `words` name: by code or slug, by name or label, by a name with the places above it (山西省石楼县), by a name
    without its kind (石楼). Blanks, case and width do not count. The surest of these ways that finds anything decides."""
    sought = _plain(words[:_LONGEST])
    if not sought:
        return Called(())
    graded = [(grade, row) for row in places if (grade := _grade(row, sought)) is not None]
    best = min((grade for grade, _row in graded), default=None)
    just = tuple(row for grade, row in graded if grade == best)
    return Called(just) if just else Called((), tuple(_near(places, sought)))


def coded(places: Sequence[Place], stated: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`stated` with every name that is exactly one place's as its code, the others as they are; and those others."""
    found = {words: called(places, words).just for words in stated}
    codes = {words: just[0]["ref_area"] for words, just in found.items() if len(just) == 1}
    return tuple(dict.fromkeys(codes.get(words, words) for words in stated)), tuple(
        words for words in stated if words not in codes
    )


def _plain(words: str) -> str:
    """Without blanks and signs that are not seen, in one width and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isprintable() and not sign.isspace()).casefold()


def _short(name: str) -> str:
    return _KIND.sub("", name)


def _grade(row: Place, sought: str) -> int | None:
    """How surely `sought` names a place, 0 best; None when it does not."""
    name = _plain(row["name_zh"])
    if sought == row["ref_area"].casefold():
        return 0
    if sought in {name, _plain(row["label"])}:
        return 1
    below = _without_parents(row, sought)
    if below == name:
        return 2
    return 3 if _short(name) in {sought, below} else None


def _without_parents(row: Place, sought: str) -> str:
    """河南省鲁山县张店乡 → 张店乡, for a place that lies there."""
    for above in dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["county"]))):
        form = next((form for form in (_plain(above), _short(_plain(above))) if sought.startswith(form) and sought != form), "")
        if form and above != row["name_zh"]:
            sought = sought.removeprefix(form)
    return sought


def _near(places: Sequence[Place], sought: str) -> list[Place]:
    """Places whose name holds `sought` or stands in it, whose spelling or code begins with it, or that are written or spoken much
    like it; those with most facts first in each way. No material, no place without a name."""
    named = sorted((row for row in places if not (row["illustrative"] or row["anonymous"])), key=lambda row: -row["facts"])
    spelled = {row["ref_area"]: row["spelled"].split(" ") for row in named}
    begins = [
        row for row in named
        if sought in _plain(row["name_zh"]) or any(typed.startswith(sought) for typed in (*spelled[row["ref_area"]], row["ref_area"].lower()))
    ]  # fmt: skip
    shorts = {row["ref_area"]: _short(_plain(row["name_zh"])) for row in named}
    sounds = {ref_area: spelling(short).split(" ")[0] for ref_area, short in shorts.items()}
    written, spoken = (
        [row for like in get_close_matches(one, list(forms.values()), MOST_NEAR, least) for row in named if forms[row["ref_area"]] == like]
        for one, forms, least in (
            (_short(sought), shorts, _LIKE_SIGNS), (spelling(_short(sought)).split(" ")[0], sounds, _LIKE_SOUND)
        )
    )  # fmt: skip
    inside = sorted((row for row in named if _plain(row["name_zh"]) in sought), key=lambda row: -len(row["name_zh"]))
    return list({row["ref_area"]: row for row in (*begins, *inside, *written, *spoken)}.values())[:MOST_NEAR]


@lru_cache(maxsize=4096)
def spelling(name: str) -> str:
    """How a name may be typed in Latin letters: 河曲县 → hequxian hqx. Rarer readings of its characters follow, one at a time."""
    characters = "".join(re.findall(r"[㐀-鿿]", name.partition("（")[0]))
    if not characters:
        return name.lower()
    usual = lazy_pinyin(characters)
    spelled = [usual]
    for at, readings in enumerate(pinyin(characters, style=Style.NORMAL, heteronym=True)):
        rarer = [reading for reading in readings if reading != usual[at]] if characters[at] not in _KINDS else []
        spelled += [[*usual[:at], reading, *usual[at + 1 :]] for reading in rarer]
    forms = (
        form for syllables in spelled[:MOST_SPELLINGS] for form in ("".join(syllables), "".join(one[0] for one in syllables))
    )
    return " ".join(dict.fromkeys(forms))
