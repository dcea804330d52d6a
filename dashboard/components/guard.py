"""The border to the reader: whatever breaks behind one part of a page becomes a Chinese sentence in that part."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from dashboard.warehouse import WarehouseUnavailableError

log = logging.getLogger(__name__)
Made = TypeVar("Made")
Said = TypeVar("Said")


def or_sentence(what: str, make: Callable[[], Made], otherwise: Callable[[str], Said], *, failed: str) -> Made | Said:
    """What `make` gives; when it fails, `otherwise` of a sentence: why there is no warehouse, or `failed`. The trace is logged."""
    try:
        return make()
    except WarehouseUnavailableError as error:
        return otherwise(str(error))
    except Exception:  # the one place that catches everything: one part must not take the page with it
        log.exception("%s failed", what)
        return otherwise(failed)
