"""The border to the reader: whatever breaks behind one part of a page becomes a Chinese sentence in that part."""

import logging
from collections.abc import Callable
from traceback import format_tb
from typing import TypeVar

from flask import g, has_request_context

from dashboard.warehouse import WarehouseUnavailableError

log = logging.getLogger(__name__)
Made = TypeVar("Made")
Said = TypeVar("Said")


def or_sentence(
    what: str, make: Callable[[], Made], otherwise: Callable[[str], Said], *, failed: str, private: bool = False
) -> Made | Said:
    """What `make` gives; when it fails, `otherwise` of a sentence: why there is no warehouse, or `failed`. The trace is logged.

    `private`: a reader's own numbers are at work. Where it failed is logged, but no message of the failure, which may hold them.
    """
    try:
        return make()
    except WarehouseUnavailableError as error:
        _not_to_be_kept()
        return otherwise(str(error))
    except Exception as error:  # the one place that catches everything: one part must not take the page with it
        if private:
            log.error("%s failed: %s\n%s", what, type(error).__name__, "".join(format_tb(error.__traceback__)))
        else:
            log.exception("%s failed", what)
        _not_to_be_kept()
        return otherwise(failed)


def _not_to_be_kept() -> None:
    """Tell the server (server/kept.py) that this answer is a failure, which may be over at the next question."""
    if has_request_context():
        g.failed = True
