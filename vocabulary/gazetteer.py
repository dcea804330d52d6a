"""What places are called, and which place somebody means: one matcher for addresses, files, search, comparison and imports.

It knows the names that it is given: of the divisions of the country those that they had since 2000, and whatever else is kept.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any, NamedTuple

from opencc import OpenCC
from pypinyin import lazy_pinyin

# As the names of autonomous places have them.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|京|独龙|鄂伦春|各"
)
# What people leave out: 石楼 for 石楼县, 漾濞 for 漾濞彝族自治县.
KIND_ENDING = re.compile(rf"(?<=..)(?:(?:(?:{_PEOPLES})族?)*自治[区州县旗]|省|地区|林区|市|县|区|旗|盟|州|乡|镇|街道)$")

MOST_NEAR = 6  # names offered for one that is not known
_LIKE_SIGNS, _LIKE_SOUND = 0.5, 0.6  # how much of a name without its kind, or of its pinyin, must be the same to be offered
_LONGEST = 64  # characters of an address that are looked at

Place = dict[str, Any]  # a row of `names_of`


class Called(NamedTuple):
    """`just`: the places that are called so, several where names are the same. `near`: the nearest names where there is none."""

    just: tuple[Place, ...]
    near: tuple[Place, ...] = ()


class Gazetteer:
    """Names of places, looked up in the surest way that finds any."""

    def __init__(self, rows: Iterable[Place]) -> None:
        self._rows = list(rows)
        self._codes: dict[str, list[Place]] = {}
        self._names: dict[str, list[Place]] = {}
        self._shorts: dict[str, list[Place]] = {}
        for row in self._rows:
            name = plain(row["name_zh"])
            self._codes.setdefault(row["code"].casefold(), []).append(row)
            for form in {name, plain(row["label"])}:
                self._names.setdefault(form, []).append(row)
            self._shorts.setdefault(_short(name), []).append(row)

    def coded(self, code: str) -> Place | None:
        """The place of a code as it is kept now, an earlier code as well; None when nobody has or had it."""
        return next(iter(_standing_first(self._codes.get(code.casefold(), []))), None)

    def called(self, words: str) -> Called:
        """The places that `words` name (see `named`), or the nearest where there is none."""
        just = self.named(words)
        sought = plain(words[:_LONGEST])
        return Called(just) if just or not sought else Called((), tuple(self._near(_simplified(sought))))

    def named(self, words: str) -> tuple[Place, ...]:
        """The places that `words` name: by code or slug, by name or label, by a name with the places above it (山西省石楼县), by a
        name without its kind (石楼), by an earlier name (沙县). Blanks, case, width and traditional characters do not count. The surest
        of these ways that finds anything decides; a code is never guessed from one that is like it."""
        sought = plain(words[:_LONGEST])
        return (self._surest(sought) or self._surest(_simplified(sought))) if sought else ()

    def _surest(self, sought: str) -> tuple[Place, ...]:
        """Places of the first way that finds any."""
        return next((tuple(just) for found in self._ways(sought) if (just := _standing_first(found))), ())

    def _ways(self, sought: str) -> Iterator[list[Place]]:
        """From the surest to the least sure."""
        yield self._codes.get(sought, [])
        yield [row for row in self._names.get(sought, []) if not row["former"]]
        yield self._below(sought, self._names)
        yield [row for row in self._shorts.get(sought, []) if not row["former"]]
        yield self._below(sought, self._shorts)
        yield self._names.get(sought, [])
        if sought.isascii() and sought.isalpha():
            yield self._spoken.get(sought, [])

    @cached_property
    def _spoken(self) -> dict[str, list[Place]]:
        """Standing places by how their names are spoken, with and without their kind: shilouxian, shilou."""
        found: dict[str, list[Place]] = {}
        for row in self._rows:
            if not row["former"]:
                syllables = row["spoken"].split(" ")
                for said in dict.fromkeys(("".join(syllables), "".join(syllables[: len(_short(row["name_zh"]))]))):
                    found.setdefault(said, []).append(row)
        return found

    def _below(self, sought: str, forms: dict[str, list[Place]]) -> list[Place]:
        """河南省鲁山县张店乡: places of the name at the end that lie in what is said before it."""
        ends = (sought[at:] for at in range(1, len(sought) - 1))
        return [row for end in ends for row in forms.get(end, []) if _lies_in(row, sought.removesuffix(end))]

    def _near(self, sought: str) -> list[Place]:
        """Places whose name holds `sought` or stands in it, whose spelling or code begins with it, or that are written or spoken much
        like it; those with most facts first in each way. No material, no place without a name, none that is gone."""
        rows = [row for row in self._rows if not (row["illustrative"] or row["anonymous"] or row["former"])]
        named = sorted(rows, key=lambda row: -row["facts"])
        if sought.isdigit():
            return [row for row in named if row["code"].startswith(sought)][:MOST_NEAR]
        sound = "".join(lazy_pinyin(_short(sought)))
        begins = [
            row for row in named if sought in plain(row["name_zh"]) or any(typed.startswith(sought) for typed in _typed(row))
        ]
        alike = [row for row in self._spoken.get(sound, []) if not (row["illustrative"] or row["anonymous"])]
        shorts = {row["code"]: _short(plain(row["name_zh"])) for row in named}
        sounds = {row["code"]: "".join(row["spoken"].split(" ")[: len(shorts[row["code"]])]) for row in named}
        written, spoken = (
            [
                row
                for like in get_close_matches(one, list(forms.values()), MOST_NEAR, least)
                for row in named
                if forms[row["code"]] == like
            ]
            for one, forms, least in ((_short(sought), shorts, _LIKE_SIGNS), (sound, sounds, _LIKE_SOUND))
        )
        inside = sorted((row for row in named if plain(row["name_zh"]) in sought), key=lambda row: -len(row["name_zh"]))
        return list({row["code"]: row for row in (*begins, *alike, *inside, *written, *spoken)}.values())[:MOST_NEAR]


def _typed(row: Place) -> tuple[str, ...]:
    """Ways to type a place in Latin letters: in full, by initials, by its code."""
    syllables = row["spoken"].split(" ")
    return "".join(syllables), "".join(one[:1] for one in syllables), row["code"].lower()


def plain(words: str) -> str:
    """Without blanks and signs that are not seen, in one width and case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isprintable() and not sign.isspace()).casefold()


def names_of(kept: Iterable[Place], divisions: Sequence[Place]) -> list[Place]:
    """Rows for a `Gazetteer`: the places that are kept, then divisions that are not among them, then names and codes that are gone.

    Besides the columns of `kept`: `kept`, `code` (what the name's own code was), `spoken` (pinyin, a syllable a character), `former` (how
    it ended: 2021年撤县设区; blank of what stands), `now` (what took its place, where that is one unit). Of a name that is gone `ref_area`
    is that unit."""
    spoken = {row["name_zh"]: row["pinyin"] for row in divisions}
    rows = [
        row
        | {"kept": True, "code": row["ref_area"], "former": "", "now": ""}
        | {"spoken": spoken.get(row["name_zh"]) or " ".join(lazy_pinyin(row["name_zh"]))}
        for row in kept
    ]
    listed = {row["ref_area"] for row in rows}
    standing = {row["division"]: row["name_zh"] for row in divisions if row["until"] is None}
    new = [row for row in divisions if row["until"] is not None or row["division"] not in listed]
    return rows + [_named(row, standing) for row in new]


def _named(division: Place, standing: dict[str, str]) -> Place:
    """A row of core.division with the columns that a kept place has."""
    town = division["level"] == "township"
    county = standing.get(division["parent"] or "") if town else division["name_zh"] if division["level"] == "county" else None
    return dict.fromkeys(("same_as", "cohort", "cohort_role", "note"), None) | {
        **{column: division[column] for column in ("name_zh", "level", "kind", "parent", "province", "prefecture")},
        "county": county,
        "ref_area": division["successor"] or division["division"],
        "code": division["division"],
        "adcode": division["division"],
        "label": f"{division['name_zh']}（{county}）" if town and county else division["name_zh"],
        "parent_name": standing.get(division["parent"] or "", ""),
        "spoken": division["pinyin"],
        "facts": 0,
        **dict.fromkeys(("kept", "covered", "anonymous", "illustrative"), False),
        "former": f"{division['until']}年{division['change_zh']}" if division["until"] else "",
        "now": standing.get(division["successor"] or "", ""),
    }


def _short(name: str) -> str:
    return KIND_ENDING.sub("", name)


def _simplified(words: str) -> str:
    """Traditional characters as simplified ones: 蘭考縣 → 兰考县."""
    return str(_converter().convert(words))


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _standing_first(rows: Sequence[Place]) -> list[Place]:
    """One row a place; what stands hides what it was called before."""
    standing = [row for row in rows if not row["former"]]
    return list({row["ref_area"]: row for row in reversed(standing or rows)}.values())[::-1]


def _lies_in(row: Place, before: str) -> bool:
    """Everything said before the name is a place above it, whole or without its kind, in order."""
    for above in dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["county"]))):
        if above != row["name_zh"]:
            form = next((form for form in (plain(above), _short(plain(above))) if before.startswith(form)), "")
            before = before.removeprefix(form)
    return before == ""
