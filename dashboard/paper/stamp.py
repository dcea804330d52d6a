"""The stamp that an export carries: from which build, charts, selections and facts it was made. Format: docs/export-stamp.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from dashboard.cards.shown import Shown
from dashboard.warehouse import Build, Warehouse
from vocabulary.characters import fit
from vocabulary.stamps import KEYWORD, claim_digest, sealed, written

_PIECE = 240  # office programs keep at most 255 characters of a property
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


@dataclass(frozen=True, kw_only=True)
class Made:
    """One card inside an export."""

    chart_id: str
    selection: str  # query string, "" for the default


def made_of(card: Shown) -> Made:
    """How the stamp names a card."""
    return Made(chart_id=card.chart.id, selection=card.selection.to_query())


def stamp(db: Warehouse, build: Build, made: Sequence[Made], fact_ids: Iterable[str]) -> str:
    """The stamp as compact JSON in ASCII. Facts that the build does not have are left out."""
    rows = db.table("mart.fact", fact_id=set(fact_ids)).sort("fact_id").collect()
    facts = {row["fact_id"]: [written(row["obs_value"]), claim_digest(row)] for row in rows.iter_rows(named=True)}
    content = {
        "build": build.build_id,
        "built_at": build.built_at.isoformat(timespec="seconds") if build.built_at else "",
        "charts": [{"id": one.chart_id, "selection": one.selection} for one in made],
        "facts": facts,
    }
    return sealed(content)


def properties(stamped: str, build_id: str) -> dict[str, str]:
    """The stamp as properties of an office file: one that people read, and the stamp in numbered pieces."""
    pieces = [stamped[start : start + _PIECE] for start in range(0, len(stamped), _PIECE)]
    return {"数据版本": build_id} | {f"{KEYWORD}-{number:03d}": piece for number, piece in enumerate(pieces, start=1)}


def custom_properties_part(values: Mapping[str, str]) -> bytes:
    """docProps/custom.xml for the office libraries that do not write it themselves."""
    listed = "".join(
        f'<property fmtid="{_PROPERTY_SET}" pid="{number}" name="{escape(name)}"><vt:lpwstr>{escape(fit(value))}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        f'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{listed}</Properties>'
    ).encode()
