"""The one shape of an error."""

from __future__ import annotations


def error_of(answer, status):
    """The error body of an answer, which must have exactly the agreed shape."""
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message", "line", "column", "hint"}
    assert answer.json["error"]["message"]
    return answer.json["error"]
