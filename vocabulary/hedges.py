"""The words around a number that widen it: 近6000, 13万余, 约17:1, 不少于60, 350以上. What they allow: vocabulary/quantity.py."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from vocabulary.numerals import Number, normalise, numbers

Kind = Literal["more", "at_least", "at_most", "about"]

# Before the number. "" = ends like a hedge and is none. The longest that fits counts: 不超过 before 超过, 节约 before 约.
PREFIXES: tuple[tuple[Kind | Literal[""], str], ...] = (
    ("at_most", "近 将近 接近 不足 不到 没到 未到 未达 未及 未满 不满 低于 少于 小于 不超 不超过 未超过"),
    ("at_most", "不高于 不多于 不大于 至多 最多 小于等于 ≤ < <= =<"),
    ("at_least", "超过 超 超出 逾 高于 多于 大于 至少 最少 起码 突破 不止 大于等于 ≥ > >= =>"),
    ("at_least", "不少于 不低于 不小于 不下 不下于"),
    ("about", "约 大约 大概 大致 估计 ≈"),
    ("", "最近 附近 邻近 临近 靠近 新近 反超 赶超 节约 集约 制约 条约 公约 合约 预约 签约 契约"),
)
BARE_PREFIXES = ("上", "过")  # at least, before a scale alone: 上百, 过千, 过半
FILLERS = "了为有是达到在占合需"  # may stand between hedge and number: 超过了60, 约占38%
PREFIXES_AT_MOST = 3  # 至少约60; a hostile cell is longer

# After the number: the hedge, how many characters (a unit, 人口, 及) may stand between, the words. The first that occurs counts.
SUFFIXES: tuple[tuple[Kind | Literal[""], int, str], ...] = (
    ("more", 0, "余 多 年多 天多 元多 亩多 倍多 公里多 个多月"),
    ("at_least", 6, "以上 之上 开外"),
    ("at_most", 6, "以下 之下 以内 之内"),
    ("about", 4, "左右"),
    ("about", 1, "上下 来个 来人 来名 来项"),
    ("", 5, "级以上 级及以上 级以下 级及以下 以上级 以下简称 以下统称"),
)
STOPS = '，,。.;；、()（）/"“”'  # a hedge does not reach over these


@dataclass(frozen=True, kw_only=True)
class Hedge:
    """A word that widens a number, and where it stands in the normalised phrase."""

    kind: Kind
    word: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A number of a phrase with the hedges around it. `upper` differs from `value` for a spread (3～5)."""

    number: Number
    hedges: tuple[Hedge, ...] = ()

    @property
    def value(self) -> Decimal:
        return self.number.value

    @property
    def upper(self) -> Decimal:
        return self.number.upper

    @property
    def step(self) -> Decimal:
        """The unit of the last digit stated: 3.90万 → 100."""
        return self.number.step

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Each kind of hedge once, in the order of the phrase."""
        return tuple(dict.fromkeys(hedge.kind for hedge in self.hedges))


def quantities(text: str, *, dates: bool = False) -> tuple[Quantity, ...]:
    """Every number of a Chinese phrase in its order, with its hedges. A scale alone counts only with one: 近百, not 百姓."""
    text = normalise(text)
    found = numbers(text, dates=dates)
    heads = (0, *(number.end for number in found))
    tails = (*(number.start for number in found[1:]), len(text))
    read = []
    for number, head, tail in zip(found, heads, tails, strict=False):
        hedges = (*_before(text, head, number), *_inside(text, number), *_after(text, number, tail))
        if hedges or not number.bare:
            read.append(Quantity(number=number, hedges=hedges))
    return tuple(read)


def _before(text: str, least: int, number: Number) -> tuple[Hedge, ...]:
    """The hedges that end right before the number, but for a filler or two: 约, 至少约."""
    found: list[Hedge] = []
    while len(found) < PREFIXES_AT_MOST:
        hedge = _ending(text, least, found[0].start if found else number.start)
        if hedge is None:
            break
        found.insert(0, hedge)
    bare = number.bare and not found and text.endswith(BARE_PREFIXES, least, number.start)
    return (
        (Hedge(kind="at_least", word=text[number.start - 1], start=number.start - 1, end=number.start),) if bare else tuple(found)
    )


def _ending(text: str, least: int, stop: int) -> Hedge | None:
    """The longest hedge that ends at `stop`, or before a filler or two there."""
    for end in range(stop, max(stop - 3, least), -1):
        fits = [(len(word), kind, word) for kind, words in PREFIXES for word in words.split() if text.endswith(word, least, end)]
        if fits:
            _, kind, word = max(fits)
            return Hedge(kind=kind, word=word, start=end - len(word), end=end) if kind else None
        if text[end - 1] not in FILLERS:
            break
    return None


def _inside(text: str, number: Number) -> Iterator[Hedge]:
    """The 余 of 10余万, the 多 of 二十多万."""
    if number.more:
        place = max(text.rfind(word, number.start, number.end) for word in "余多")
        yield Hedge(kind="more", word=text[place], start=place, end=place + 1)


def _after(text: str, number: Number, stop: int) -> Iterator[Hedge]:
    """The first hedge after the number, if it is within reach and no punctuation stands between."""
    tail = text[number.end : stop]
    stop = min((place for place, char in enumerate(tail) if char in STOPS), default=len(tail))
    fits = [
        (place, -len(word), kind, word)
        for kind, reach, words in SUFFIXES
        for word in words.split()
        if 0 <= (place := tail.find(word, 0, stop)) <= reach
    ]
    if fits:
        place, _, kind, word = min(fits)
        if kind:
            start = number.end + place
            yield Hedge(kind=kind, word=word, start=start, end=start + len(word))
