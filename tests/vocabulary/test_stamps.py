"""The stamp against its documented format (docs/export-stamp.md), put together by hand here."""

import hashlib
import json

import pytest

from vocabulary.stamps import claim_digest, sealed, unsealed

FACT: dict[str, object] = {
    "obs_value": 3.9,
    "value_low": 3.85,
    "value_high": None,
    "precision": "approx",
    "unit_measure": "万人",
    "as_stated": "3.9万",
    "note": "",
}
CONTENT = {"build": "b", "built_at": "", "charts": [{"id": "c", "selection": "b=常住"}], "facts": {"F1": ["3.9", "9f8a0c1d"]}}


def by_hand(**changed) -> str:
    text = json.dumps({"stamp": "reform-metrics/1", **CONTENT} | changed, separators=(",", ":"))
    return f'{text[:-1]},"check":"{hashlib.sha256(text.encode()).hexdigest()[:16]}"}}'


def test_a_claim_is_digested_as_documented():
    assert claim_digest(FACT) == hashlib.sha256("3.9|3.85||approx|万人|3.9万".encode()).hexdigest()[:8]


def test_a_change_of_value_wording_or_interval_changes_the_claim_and_a_note_does_not():
    changed: list[dict[str, object]] = [
        {"obs_value": 4.0},
        {"as_stated": "另一种说法"},
        {"value_high": 4.0},
        {"precision": "exact"},
        {"unit_measure": "人"},
    ]
    assert all(claim_digest(FACT | one) != claim_digest(FACT) for one in changed)
    assert claim_digest(FACT | {"note": "不算"}) == claim_digest(FACT)


def test_a_stamp_is_sealed_as_documented_and_opened_again():
    assert sealed(CONTENT) == by_hand()
    assert unsealed(by_hand()) == {"stamp": "reform-metrics/1", **CONTENT}


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "7", by_hand()[:-1], by_hand().replace('"b"', '"c"'), by_hand().replace("3.9", "4.9")]
)
def test_a_damaged_stamp_is_refused(text):
    with pytest.raises(ValueError, match="已损坏"):
        unsealed(text)


def test_another_format_is_named():
    with pytest.raises(ValueError, match=r"reform-metrics/9.*只认识 reform-metrics/1"):
        unsealed(by_hand(stamp="reform-metrics/9"))
