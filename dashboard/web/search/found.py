"""What a reader's words find, the surest first in each kind: an answer with its receipt, places, pages, cards, indicators, terms, sources.

Words are compared in one width and case, as signs, pinyin or initials; every word must fit. 河曲 编制 and 河曲编制 name a place and then
what is asked of it: its figures come first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.cards.page import Page
from dashboard.language import words
from dashboard.themes.area.charts import worded_facts
from dashboard.themes.area.rows import facts_of
from dashboard.warehouse import Warehouse
from dashboard.warehouse.codes import codes
from dashboard.warehouse.gazetteer import gazetteer
from dashboard.web.search.entries import CARD, INDICATOR, PAGE, SOURCE, TERM, Entry, entries
from vocabulary.alphabet import spelling
from vocabulary.gazetteer import Gazetteer, Place, plain
from vocabulary.matches import Fit

ANSWER, PLACE = "数字", "地区"
MOST = {ANSWER: 6, PLACE: 6, PAGE: 3, CARD: 5, INDICATOR: 4, TERM: 3, SOURCE: 3}
LONGEST = 40  # characters that are looked at
FEWEST_LATIN, ENOUGH_LATIN = 2, 4  # letters: one alone begins everything; so many may stand within a name
UNCOVERED, UNCOVERED_COUNTY = "未收录", "未收录：可看相近地区，或到“我县”填数"


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is, its name, what to know of it, where it leads."""

    kind: str
    title: str
    about: str
    href: str


def found(db: Warehouse, pages: Sequence[Page], text: str) -> list[Hit]:
    """Everything that `text` finds, kind by kind, each at most MOST."""
    sought = [plain(word) for word in text[:LONGEST].split()]
    if not any(sought):
        return []
    with db.pinned():
        listed = db.remember(f"search {' '.join(page.path for page in pages)}", lambda: entries(db, pages))
        place, asked = _place_and_question(db, text[:LONGEST])
        hits = [*_answers(db, place, asked), *_places(db, text[:LONGEST], place)]
    ranked = sorted((fit, len(entry.title), at) for at, entry in enumerate(listed) if (fit := _fit(entry, sought)) is not None)
    hits += [_hit(listed[at]) for _fit_, _length, at in ranked]
    hits = hits or [_place(row) for row in gazetteer(db).called(text[:LONGEST]).near]  # written or spoken like it
    return [hit for kind, most in MOST.items() for hit in [one for one in hits if one.kind == kind][:most]]


def _fit(entry: Entry, sought: list[str]) -> int | None:
    """How well an entry fits all words, 0 the best; None where one does not fit."""
    fits = [_word_fit(entry.kept_as, entry.typed, word) for word in sought if word]
    return None if None in fits else max(fit for fit in fits if fit is not None)


def _word_fit(name: str, typed: Sequence[str], word: str) -> int | None:
    if name == word:
        return 0
    if name.startswith(word):
        return 1
    if word in name and not word.isascii():
        return 2
    if word.isascii() and len(word) >= FEWEST_LATIN and any(one.startswith(word) for one in typed):
        return 3
    within = (name, *typed) if len(word) >= ENOUGH_LATIN else (name,)
    return 4 if len(word) > FEWEST_LATIN and any(word in one for one in within) else None


def _hit(entry: Entry) -> Hit:
    return Hit(entry.kind, entry.title, entry.about, entry.href)


def _places(db: Warehouse, text: str, place: Place | None) -> list[Hit]:
    """Places that are called so; else those that the words begin, spell or stand in, covered ones first; else the one that is asked about."""
    names = gazetteer(db)
    rows = names.named(text) or _begun(names, text) or ([place] if place else [])
    return [_place(row) for row in sorted(rows, key=lambda row: not row["kept"])]


def _begun(names: Gazetteer, text: str) -> Sequence[Place]:
    """What pickers offer too. One word must be the name's own; of several one may say where the place lies: 山西 lou."""
    written = plain(text)
    if written.isascii() and len(written) < FEWEST_LATIN:
        return ()
    worst = Fit.LIES_IN if len(text.split()) > 1 else Fit.HOLDS
    return names.offered(text, MOST[PLACE], lambda row: not row["anonymous"], worst)


def _place(row: Place) -> Hit:
    name = row["name_zh"]
    above = "".join(dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["county"]))))
    where = above.removesuffix(name)
    gone = f"{row['former']}{'，今' + row['now'] if row['now'] else ''}" if row["former"] else ""
    missing = UNCOVERED_COUNTY if row["level"] == "county" else UNCOVERED
    kept = f"{row['facts']}条数" if row["facts"] else "" if row["kept"] else missing
    return Hit(PLACE, name, "，".join(filter(None, (where, gone, row["cohort"], kept))), f"/area/{row['ref_area']}")


def _answers(db: Warehouse, place: Place | None, asked: str) -> list[Hit]:
    """Figures of a place for what is asked after its name."""
    if place is None or not place["kept"]:
        return []
    facts = facts_of(db, place["ref_area"]).filter(preferred=True)
    if facts.is_empty():
        return []
    fits = {
        name: fit
        for name in facts["indicator_zh"].unique().to_list()
        if (fit := _word_fit(plain(name), spelling(name).split(" "), asked)) is not None
    }
    rows = worded_facts(facts.filter(facts["indicator_zh"].is_in(list(fits))), codes(db)).to_dicts()
    rows.sort(key=lambda row: fits[row["indicator_zh"]])
    return [_answer(place, row) for row in rows]


def _answer(place: Place, row: dict[str, Any]) -> Hit:
    doubt = "（待核）" if row["to_check"] else "（存疑）" if row["doubt"] else ""
    about = "，".join(filter(None, (words.date(row["time_period"]), row["scope"], row["source"])))
    return Hit(
        ANSWER,
        f"{place['name_zh']}{row['what']}：{row['said']}{doubt}",
        about,
        f"/area/{place['ref_area']}?fact={row['fact_id']}",
    )


def _place_and_question(db: Warehouse, text: str) -> tuple[Place | None, str]:
    """The one place that the longest beginning of `text` names, and the rest; (None, "") where nothing is asked of a place."""
    names = gazetteer(db)
    first, _, rest = text.strip().partition(" ")
    cuts = [(first, rest)] if rest.strip() else [(text[:at], text[at:]) for at in range(len(text) - 1, 1, -1)]
    for name, question in cuts:
        just = names.named(name)
        if len(just) == 1 and plain(question):
            return just[0], plain(question)
    return None, ""
