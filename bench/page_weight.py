"""What every page weighs on the wire, with an empty cache and at the second visit, and whom it asks."""

import argparse
import time

from playwright.sync_api import Browser

from bench import browser, servers
from bench.browser import Seen
from bench.report import Line, say, tell
from dashboard.pages import PAGES

NAME = "页面重量"
BUDGET = "冷 ≤ {most:.1f} MB，热 ≤ {warm:.0f} KB；站外请求 0，控制台报错 0"
COLD, WARM = 1.0e6, 20e3
HEAVIER = {"/data": 1.3e6}  # its table of facts is a library of its own
WARMED_UP = 4.0  # seconds; the server compresses large static files better once they have been asked for


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--parts", action="store_true", help="列出冷、热访问时每个请求的字节数")
    asked.add_argument("--only", help="只测这一页，例如 /data")
    wanted = asked.parse_args()
    lines = []
    with servers.dashboard() as address, browser.chromium() as opened:
        for page in PAGES:
            if wanted.only in {None, page.path}:
                _warm_up(opened, address, page.path)
                lines.append(_weigh(opened, address, page.path, parts=wanted.parts))
    return tell(lines)


def _warm_up(opened: Browser, address: str, path: str) -> None:
    """The first visit of a server's life is nobody's budget."""
    with browser.profile(opened, address) as (page, _seen):
        page.goto(address + path)
        browser.settle(page)
    time.sleep(WARMED_UP)


def _weigh(opened: Browser, address: str, path: str, *, parts: bool) -> Line:
    with browser.profile(opened, address) as (page, seen):
        page.goto(address + path)
        browser.settle(page)
        cold, foreign, complaints = seen.bytes, list(seen.foreign), list(seen.complaints)
        if parts:
            _say_parts("冷", seen)
        seen.forget()
        page.goto("about:blank")
        seen.forget()
        page.goto(address + path)
        browser.settle(page)
        warm = seen.bytes
        foreign, complaints = foreign + seen.foreign, complaints + seen.complaints
        if parts:
            _say_parts("热", seen)
    for said in foreign + complaints:
        say(f"{path}: {said}")
    most = HEAVIER.get(path, COLD)
    kept = cold <= most and warm <= WARM and not foreign and not complaints
    measured = f"冷 {cold / 1e6:.2f} MB，热 {warm / 1e3:.1f} KB，站外 {len(foreign)}，报错 {len(complaints)}"
    budget = BUDGET.format(most=most / 1e6, warm=WARM / 1e3)
    return Line(item=f"{NAME} {path}", measured=measured, budget=budget, kept=kept)


def _say_parts(visit: str, seen: Seen) -> None:
    for size, url in seen.by_url():
        if size:
            say(f"{visit} {size:8.0f}  {url[:150]}")


if __name__ == "__main__":
    raise SystemExit(main())
