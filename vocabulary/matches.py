"""What a reader who is still typing may mean: named things among very many, the best fit first.

A thing is found by its name, by how the name is typed in Latin letters, by its code and by what it lies in; several words narrow each
other. All names stand in one long text: where a word occurs in it is found without looking at each name.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple


class Fit(IntEnum):
    """How a word fits a thing, the best first."""

    EXACT = 0  # its name, its code, or how it is typed
    SHORT = 1  # its name without what it is: 石楼 for 石楼县
    BEGINS = 2
    SPELLED = 3  # typed so, as far as one has come
    HOLDS = 4
    LIES_IN = 5
    WITHIN = 6  # somewhere in how it is typed


_FEWEST_WITHIN = 3  # letters: fewer stand somewhere in everything


class Thing(NamedTuple):
    """All in one width and case. `typed`: ways to type it and its codes, blanks between. `about`: what it lies in."""

    name: str
    short: str
    typed: str
    about: str = ""


class Matches:
    """Things in the order in which those that fit alike are offered."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self._things = things
        lines = [f" {thing.name}\t{thing.short} {thing.typed}\t{thing.about}\n" for thing in things]
        self._text = "".join(lines)
        self._ends = list(accumulate(map(len, lines)))

    def best(self, words: Sequence[str], most: int, fits: Callable[[int], bool], worst: Fit = Fit.WITHIN) -> list[int]:
        """Places in the list of the first `most` things that `fits` lets through and every word fits, as well as the worst-fitting word
        does and no worse than `worst`."""
        if not words:
            return []
        found: list[list[int]] = [[] for _ in Fit]
        for at in self._holding(max(words, key=len)):
            fit = max(_fit(self._things[at], word) for word in words)
            if fit <= worst and fits(at):
                found[fit].append(at)
        return [at for alike in found for at in alike][:most]

    def _holding(self, word: str) -> Iterator[int]:
        """Things in whose line the word stands, each once and in order. A letter or two stand in nearly every line and count at its
        beginnings only."""
        word = f" {word}" if word.isascii() and len(word) < _FEWEST_WITHIN else word
        start = self._text.find(word)
        while start >= 0:
            at = bisect_right(self._ends, start)
            yield at
            start = self._text.find(word, self._ends[at])


_NOT = len(Fit)  # worse than any fit


def _fit(thing: Thing, word: str) -> int:
    typed = f" {thing.typed} "
    if thing.name == word or f" {word} " in typed:
        return Fit.EXACT
    if thing.name.startswith(word):
        return Fit.SHORT if thing.short == word else Fit.BEGINS
    if f" {word}" in typed:
        return Fit.SPELLED
    if word in thing.name:
        return Fit.HOLDS
    if word in thing.about:
        return Fit.LIES_IN
    return Fit.WITHIN if len(word) >= _FEWEST_WITHIN and word in typed else _NOT
