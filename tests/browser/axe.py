"""What axe says of a page as it stands."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
CONTRAST = EVERYTHING | {"runOnly": ["color-contrast"]}  # all that the dark scheme changes, and most of the time it takes
WITHOUT_CONTRAST = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}


def serious(visit: Visit, rules: dict[str, Any] = EVERYTHING, within: str | None = None) -> list[tuple[str, list[str], str]]:
    """What axe calls serious or critical on the page, or `within` a part of it."""
    return [
        (fault["id"], node["target"], node.get("failureSummary", "")[:200])
        for fault in Axe().run(visit.page, context=within, options=rules).response["violations"]
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"][:3]
    ]


def dark(visit: Visit) -> None:
    """The system's choice changes while the page is open."""
    visit.page.emulate_media(color_scheme="dark")
    visit.until("document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'")
    visit.page.wait_for_timeout(300)


def both_schemes(visit: Visit, opened: str | None = None) -> list[tuple[str, list[str], str]]:
    """The same in light and dark. Over a page that was looked at closed, contrast is that of what is `opened`."""
    found = serious(visit, WITHOUT_CONTRAST) + serious(visit, CONTRAST, opened) if opened else serious(visit)
    dark(visit)
    return found + serious(visit, CONTRAST, opened)
