"""What places are called, and which place somebody means: one matcher for addresses, files, search, comparison and imports.

It knows the names that it is given: of the divisions of the country those that they had since 2000, and whatever else is kept.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, cached_property
from typing import Any, NamedTuple

from opencc import OpenCC
from pypinyin import lazy_pinyin

from vocabulary.matches import Fit, Matches, Thing

# As the names of autonomous places have them.
_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|京|独龙|鄂伦春|各"
)
# What people leave out: 石楼 for 石楼县, 漾濞 for 漾濞彝族自治县.
KIND_ENDING = re.compile(rf"(?<=..)(?:(?:(?:{_PEOPLES})族?)*自治[区州县旗]|省|地区|林区|市|县|区|旗|盟|州|乡|镇|街道)$")

# The same endings without 自治, the longest first: nearly every name has one of these, and there are tens of thousands.
_ENDINGS = ("地区", "林区", "街道", "省", "市", "县", "区", "旗", "盟", "州", "乡", "镇")
_FEWEST_SIGNS = 2  # that a name without its kind still has

_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")  # in one width, case and spelling already

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

    def offered(self, words: str, most: int, fits: Callable[[Place], bool], worst: Fit = Fit.WITHIN) -> list[Place]:
        """At most `most` places that `fits` lets through, for somebody who is still typing `words`: first those that the words name (see
        `named`), then those that they begin, spell or stand in, by how well they fit and then by facts; several words narrow each
        other. Nothing that is only like them."""
        text = words[:_LONGEST]
        just = sorted(filter(fits, self.named(text)), key=lambda row: -row["facts"])
        sought = [form for form in map(plain, text.split()) if form]
        found = self._matching(sought, most, fits, worst) or self._matching(list(map(_simplified, sought)), most, fits, worst)
        return list({row["ref_area"]: row for row in (*just, *found)}.values())[:most]

    def _matching(self, sought: list[str], most: int, fits: Callable[[Place], bool], worst: Fit) -> list[Place]:
        rows = self._may_be_offered
        return [rows[at] for at in self._matches.best(sought, most, lambda at: fits(rows[at]), worst)]

    @cached_property
    def _may_be_offered(self) -> list[Place]:
        """Places that stand and are no material: those with most facts first, then by province, then by pinyin."""
        rows = [row for row in self._rows if not (row["illustrative"] or row["former"])]
        provinces = {name: at for at, name in enumerate(dict.fromkeys(row["province"] for row in rows))}
        return sorted(rows, key=lambda row: (-row["facts"], provinces[row["province"]], row["sort_text"]))

    @cached_property
    def _matches(self) -> Matches:
        return Matches([_thing(row) for row in self._may_be_offered])

    @cached_property
    def _standing(self) -> list[Place]:
        """Places with a name that may be offered."""
        return [row for row in self._may_be_offered if not row["anonymous"]]

    @cached_property
    def _like_signs(self) -> "_Alike":
        return _Alike([(_short(plain(row["name_zh"])), row) for row in self._standing], _LIKE_SIGNS)

    @cached_property
    def _like_sound(self) -> "_Alike":
        shorts = ((len(_short(plain(row["name_zh"]))), row) for row in self._standing)
        return _Alike([("".join(row["spoken"].split(" ")[:signs]), row) for signs, row in shorts], _LIKE_SOUND)

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
        named = self._standing
        if sought.isdigit():
            return [row for row in named if row["code"].startswith(sought)][:MOST_NEAR]
        sound = "".join(lazy_pinyin(_short(sought)))
        begins = self._matching([sought], MOST_NEAR, lambda row: not row["anonymous"], Fit.HOLDS)
        alike = [row for row in self._spoken.get(sound, []) if not (row["illustrative"] or row["anonymous"])]
        written, spoken = self._like_signs.near(_short(sought)), self._like_sound.near(sound)
        return list({row["code"]: row for row in (*begins, *alike, *self._inside(sought), *written, *spoken)}.values())[
            :MOST_NEAR
        ]

    def _inside(self, sought: str) -> list[Place]:
        """Places whose name stands in `sought`, the longest first."""
        parts = {sought[first:past] for first in range(len(sought)) for past in range(first + 1, len(sought) + 1)}
        named = [row for part in parts for row in self._names.get(part, []) if plain(row["name_zh"]) == part]
        offered = [row for row in named if not (row["illustrative"] or row["anonymous"] or row["former"])]
        return sorted(offered, key=lambda row: (-len(row["name_zh"]), -row["facts"], row["code"]))


class _Alike:
    """Forms of names that are much like another: those that difflib calls the closest matches, found among tens of thousands.

    Two forms cannot be more alike than the signs that they share allow. So the forms are compared in the order of that bound, and
    only as long as one may still be among the closest.
    """

    def __init__(self, forms: Sequence[tuple[str, Place]], least: float) -> None:
        self._forms, self._least = forms, least
        self._with: dict[str, tuple[list[int], list[int]]] = {}  # sign → places in the list, how often it is there
        self._at: dict[str, list[int]] = {}  # form → places in the list
        for at, (form, _row) in enumerate(forms):
            self._at.setdefault(form, []).append(at)
            for sign in set(form):
                places, times = self._with.setdefault(sign, ([], []))
                places.append(at)
                times.append(form.count(sign))

    def near(self, sought: str) -> list[Place]:
        """The rows of the closest MOST_NEAR forms, the closest first."""
        shared = [0] * len(self._forms)
        for sign in set(sought):
            most = sought.count(sign)
            for at, times in zip(*self._with.get(sign, ((), ())), strict=True):
                shared[at] += min(times, most)
        bounds = ((2 * signs / (len(self._forms[at][0]) + len(sought)), at) for at, signs in enumerate(shared) if signs)
        may = sorted((pair for pair in bounds if pair[0] >= self._least), key=lambda pair: -pair[0])
        matcher = SequenceMatcher()
        matcher.set_seq2(sought)
        best: list[tuple[float, str]] = []
        for bound, at in may:
            if len(best) == MOST_NEAR and bound < best[-1][0]:
                break
            matcher.set_seq1(self._forms[at][0])
            if (score := matcher.ratio()) >= self._least:
                best = sorted([*best, (score, self._forms[at][0])], reverse=True)[:MOST_NEAR]
        return [self._forms[at][1] for _score, like in best for at in self._at[like]]


def _thing(row: Place) -> Thing:
    """A place as `Matches` compares it: typed in Latin letters in full and by initials, by its codes, and lying where it lies."""
    name, label = plain(row["name_zh"]), plain(row["label"])
    syllables = row["spoken"].split(" ")
    spelled = row.get("spellings") or f"{''.join(syllables)} {''.join(one[:1] for one in syllables)}"
    codes = dict.fromkeys(filter(None, (row["code"], row["adcode"])))
    above = dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["county"], row["cohort"])))
    about = "\t".join(one for one in above if one != row["name_zh"])
    return Thing(label, _short(name), " ".join((*([name] if name != label else []), spelled, *codes)).casefold(), about)


def plain(words: str) -> str:
    """Without blanks and signs that are not seen, in one width and case."""
    if _IDEOGRAPHS.fullmatch(words):  # nearly every name of a place: it is what it is
        return words
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isprintable() and not sign.isspace()).casefold()


def names_of(kept: Iterable[Place], divisions: Sequence[Place]) -> list[Place]:
    """Rows for a `Gazetteer`: the places that are kept, then divisions that are not among them, then names and codes that are gone.

    Besides the columns of `kept`: `kept`, `code` (what the name's own code was), `spoken` (pinyin, a syllable a character), `former` (how
    it ended: 2021年撤县设区; blank of what stands), `now` (what took its place, where that is one unit), `sort_text` (where it stands by
    pinyin; of what the warehouse has no such text of, its syllables). Of a name that is gone `ref_area` is that unit."""
    spoken = {row["name_zh"]: row["pinyin"] for row in divisions}
    rows = []
    for row in kept:
        said = spoken.get(row["name_zh"]) or " ".join(lazy_pinyin(row["name_zh"]))
        rows.append({"sort_text": said, **row, "kept": True, "code": row["ref_area"], "former": "", "now": "", "spoken": said})
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
        "sort_text": division["pinyin"],
        "facts": 0,
        **dict.fromkeys(("kept", "covered", "anonymous", "illustrative"), False),
        "former": f"{division['until']}年{division['change_zh']}" if division["until"] else "",
        "now": standing.get(division["successor"] or "", ""),
    }


def _short(name: str) -> str:
    """`name` without its kind, as KIND_ENDING has it."""
    if "自治" in name:
        return KIND_ENDING.sub("", name)
    end = next((end for end in _ENDINGS if name.endswith(end) and len(name) >= len(end) + _FEWEST_SIGNS), "")
    return name.removesuffix(end)


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
