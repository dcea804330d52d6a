"""What axe says of a page as it stands."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import Visit

CONTRAST = {"runOnly": ["color-contrast"]}  # all that the dark scheme changes, and most of the time it takes
ALL_BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
# Of words in a drawing axe answers “cannot tell” at best, since shapes stand behind them, and takes most of its time for that: while
# contrast is looked at, drawings are empty sheets of their size.
EMPTIED = """async (ask) => {
  const drawings = [...document.querySelectorAll('.main-svg')].map((one) => [one, [...one.childNodes]]);
  for (const [drawing] of drawings) drawing.replaceChildren();
  try { return await ask(); } finally { for (const [drawing, parts] of drawings) drawing.replaceChildren(...parts); }
}"""
RUN = """async ([parts, rules]) => (await axe.run(parts, { resultTypes: ['violations'], preload: false, ...rules })).violations
  .filter((fault) => ['serious', 'critical'].includes(fault.impact))
  .flatMap((fault) => fault.nodes.slice(0, 3).map((node) => [fault.id, node.target.join(' '), (node.failureSummary || '').slice(0, 200)]))"""

Found = list[tuple[str, str, str]]


def _ask(visit: Visit, within: str, rules: dict[str, Any], run: str = RUN) -> Found:
    if visit.page.evaluate("typeof axe === 'undefined'"):
        visit.page.evaluate(AXE_SCRIPT)
    return [tuple(fault) for fault in visit.page.evaluate(run, [{"include": [within]}, rules])]


def weak_contrast(visit: Visit, within: str = "html") -> Found:
    """Words outside drawings that are hard to tell from what stands behind them, on the page or `within` a part of it."""
    return _ask(visit, within, CONTRAST, f"(asked) => ({EMPTIED})(() => ({RUN})(asked))")


def serious(visit: Visit, within: str = "html") -> Found:
    """What axe calls serious or critical on the page, or `within` a part of it."""
    return _ask(visit, within, ALL_BUT_CONTRAST) + weak_contrast(visit, within)


def dark(visit: Visit) -> None:
    """The system's choice changes while the page is open."""
    visit.page.emulate_media(color_scheme="dark")
    visit.until("document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'")
    visit.rest()


def both_schemes(visit: Visit, opened: str = "html") -> Found:
    """The same in light and dark. Over a page that was looked at closed, contrast is that of what is `opened`."""
    found = _ask(visit, "html", ALL_BUT_CONTRAST) + weak_contrast(visit, opened)
    dark(visit)
    return found + weak_contrast(visit, opened)
