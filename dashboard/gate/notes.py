"""The sentences under a figure: what the scope gate has to say about rows, each short enough to be read.

A sentence names what it speaks of while that is a name or two; a longer list is counted in the sentence and kept whole in the
note's `detail`, which the card shows on demand (展开). Nothing is left out, and nothing is cut by 等.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import polars as pl

from dashboard.language.typeset import years
from dashboard.language.words import listing

Level = Literal["pass", "warn", "block"]

MOST_NAMED = 3  # places
MOST_KINDS = 2  # scopes, years, batches


APART = "apart"  # code of a note about what must not be set side by side


class Remark(str):
    """A note as a plain sentence; `detail` is the whole list that would bury it, blank when the sentence names everything.

    `code`: what kind of note it is (Note.code), blank for one without a kind.
    """

    __slots__ = ("code", "detail")
    detail: str
    code: str

    def __new__(cls, text: str, detail: str = "", code: str = "") -> Self:
        made = super().__new__(cls, text)
        made.detail, made.code = detail, code
        return made


def code_of(note: str) -> str:
    """The kind of a note."""
    return note.code if isinstance(note, Remark) else ""


def set_apart(text: str) -> Remark:
    """A note of what must not be set side by side; a card tells it before the others."""
    return Remark(text, code=APART)


@dataclass(frozen=True, kw_only=True)
class Note:
    """One sentence for 口径/注. block: kept apart or left out; warn: to be read with care; pass: a plain fact."""

    code: str
    level: Level
    text: str
    detail: str = ""

    @property
    def remark(self) -> Remark:
        return Remark(self.text, self.detail, self.code)


def kept_apart(shown: str, other: str, why: str, where: str = "另图") -> Note:
    """The note of a card about what must not be set beside it: 不并列：张店乡609:1只含…，与…口径不同 → 另图."""
    return Note(code=APART, level="block", text=f"不并列：{other}{why}，与{shown}口径不同 → {where}。")


def unranked(rows: pl.DataFrame, value: str) -> tuple[str, ...]:
    """Places that have no value: they are listed as 未公布 and never ranked."""
    return tuple(dict.fromkeys(rows.filter(pl.col(value).is_null())["area_name"].to_list()))


def illustrative_note(left_out: pl.DataFrame) -> Note:
    """What the comparison leaves out because it describes no real place."""
    return _about(
        Note(code="illustrative", level="block", text="考题和范本不参与比较"),
        _names(left_out),
        "考题和范本不参与比较（{count}个地区）",
    )


def scope_notes(labels: Sequence[str], vague: Sequence[pl.DataFrame]) -> list[Note]:
    """Several scopes stand in panels of their own; `vague` are the rows whose source states no scope."""
    notes = []
    if len(labels) > 1:
        unique = list(dict.fromkeys(label.replace("　", "、") for label in labels))
        listed, said = "；".join(unique), "口径不同，分栏展示，不并列、不排名"
        if len(unique) <= MOST_KINDS:
            notes.append(Note(code="scope", level="block", text=f"{said}：{listed}。"))
        else:
            text = f"共{len(unique)}种口径，分栏展示，不并列、不排名。"
            notes.append(Note(code="scope", level="block", text=text, detail=f"口径：{listed}。"))
    if names := list(dict.fromkeys(name for rows in vague for name in _names(rows))):
        note = Note(code="unstated", level="warn", text="原文未注明口径，只看量级，不排名")
        notes.append(_about(note, names, "有{count}个地区原文未注明口径，只看量级，不排名"))
    return notes


def spread_notes(panels: Sequence[pl.DataFrame]) -> list[Note]:
    """Warnings when places on one axis differ in year or batch; one place at several times is a course, not a difference."""
    where = "同栏" if len(panels) > 1 else ""  # panels may differ more among each other than the places within one
    found = [
        _spread(
            panels,
            "year",
            (f"{where}年份不同，只看方向和量级", f"{where}年份不同（{{kinds}}），只看方向和量级"),
            lambda kinds: years(map(str, kinds)),
        ),
        _spread(
            panels,
            "cohort",
            ("批次不同，改革起点和时长不一", "批次不同（{kinds}），改革起点和时长不一"),
            lambda kinds: f"{len(kinds)}批",
        ),
    ]
    return [note for note in found if note]


def mark_notes(rows: pl.DataFrame, value: str) -> list[Note]:
    """What open and one-sided marks mean here, by place."""
    if "precision" not in rows.columns:
        return []
    known = rows.filter(pl.col(value).is_not_null()) if value in rows.columns else rows
    marks = (
        ("approx", ["approx"], "约数以空心标记"),
        ("bound", ["at_least", "at_most"], "只知一端的以竖线加虚线标记"),
    )
    found = [(code, known.filter(pl.col("precision").is_in(kinds)), text) for code, kinds, text in marks]
    return [
        _about(Note(code=code, level="pass", text=text), _names(members), f"{text}（{{count}}个地区）")
        for code, members, text in found
        if members.height
    ]


def people_notes(rows: pl.DataFrame, value: str) -> list[Note]:
    """Unnamed places, places without a value, and n."""
    notes = []
    if "anonymous" in rows.columns:
        nameless = rows.filter(pl.col("anonymous").fill_null(False))
        if nameless.height:
            note = Note(code="anonymous", level="warn", text="原文未具名，不对应公开地名")
            notes.append(_about(note, _names(nameless), "有{count}个地区原文未具名，不对应公开地名"))
    if value not in rows.columns:
        return notes
    if missing := unranked(rows, value):
        note = Note(code="missing", level="pass", text="未公布，不排名、不按零计")
        notes.append(_about(note, missing, "有{count}个地区未公布，不排名、不按零计"))
    return [*notes, *_counted(rows.filter(pl.col(value).is_not_null()))]


def _counted(known: pl.DataFrame) -> list[Note]:
    """n: the places that have a value. The nation is no place among them; how many are unnamed is said."""
    nation = pl.col("ref_area") == "CN" if "ref_area" in known.columns else pl.lit(False)
    places = known.filter(~nation)
    # An unnamed place that its features identify is the named one: counted once.
    count = places.select(pl.coalesce("counted_as", "area_name").n_unique()).item()
    if count < 2:
        return []
    unnamed = places.filter(pl.col("anonymous").fill_null(False))["area_name"].n_unique()
    asides = [f"其中{unnamed}个未具名"] if unnamed else []
    if (twice := places["area_name"].n_unique() - count) > 0:
        asides.append(f"{twice}个未具名的与已具名的是同一地，只计一次")
    asides += ["不含全国"] if places.height < known.height else []
    return [Note(code="n", level="pass", text=f"共{count}个地区有数（{'，'.join([f'n＝{count}', *asides])}）。")]


def _spread(
    panels: Sequence[pl.DataFrame], column: str, texts: tuple[str, str], shortly: Callable[[Sequence[Any]], str]
) -> Note | None:
    """`texts` = (before a colon and the list, with {kinds} in short)."""
    groups: dict[Any, list[str]] = {}
    for rows in panels:
        kinds = _kinds(rows, column)
        if len(kinds) > 1 and len({name for names in kinds.values() for name in names}) > 1:
            for kind, names in kinds.items():
                groups.setdefault(kind, []).extend(names)
    if not groups:
        return None
    suffix = "年" if column == "year" else ""
    ordered = sorted(groups) if column == "year" else list(groups)
    if len(ordered) <= MOST_KINDS:
        listed = listing(f"{kind}{suffix}" for kind in ordered)
        return Note(code=column, level="warn", text=f"{texts[0]}：{listed}。")
    detail = "；".join(f"{kind}{suffix}：{listing(groups[kind])}" for kind in ordered)
    return Note(code=column, level="warn", text=f"{texts[1].format(kinds=shortly(ordered))}。", detail=f"{detail}。")


def _kinds(rows: pl.DataFrame, column: str) -> dict[Any, list[str]]:
    """Places by what stands in `column`."""
    found: dict[Any, list[str]] = {}
    for name, kind in rows.select("area_name", column).iter_rows() if column in rows.columns else ():
        if kind:
            found.setdefault(kind, []).append(name)
    return found


def _about(note: Note, names: Iterable[str], counted: str) -> Note:
    """`note` with the names it speaks of: in the sentence while they are few, else counted there and whole in the detail."""
    unique = list(dict.fromkeys(names))
    if len(unique) <= MOST_NAMED:
        return Note(code=note.code, level=note.level, text=f"{note.text}：{listing(unique)}。")
    text = counted.format(count=len(unique))
    return Note(code=note.code, level=note.level, text=f"{text}。", detail=f"{note.text}：{listing(unique)}。")


def _names(rows: pl.DataFrame) -> list[str]:
    return list(dict.fromkeys(rows["area_name"].to_list()))
