"""大屏: /wall, a page of its own beside Dash for the meeting-room screen, and /wall/scenes.json, what it shows.

The page is drawn for 1920×1080 and scaled as a whole; nothing on it is smaller than 2.2 % of the height. All scenes come in one
answer from one build, so that the screen never mixes two; the script asks again at every turn (assets/wall.lazy.js).
"""

import re
from functools import partial
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request, send_file

from dashboard.cards.chart import Figure
from dashboard.cards.guard import or_sentence
from dashboard.cards.selection import Selection
from dashboard.cards.shown import Shown, shown, shown_headline, shown_rows
from dashboard.drawing.canvas import Canvas, text_width
from dashboard.language.sentence import Finding, Number
from dashboard.tools.wall.scenes import SCENES, Scene
from dashboard.warehouse import Build, Warehouse, WarehouseUnavailableError

CHART_WIDTH, CHART_HEIGHT = 1026, 770  # px of the 1920×1080 stage
TYPE_SCALES = (3.0, 2.7, 2.4, 2.2, 2.0)  # the smallest words of a figure are 12 px at scale 1, so 24 px at the last
FIGURE_ROOM, FIGURE_LARGEST = 650, 150
SMALL_UNITS = re.compile(r"(?<=[\d.])(个|人|项|名)$")
FILES = ("1_tokens.css", "wall.lazy.css", "wall.lazy.js", "plotly-zh-cn.js")
UNREADABLE = "暂时读不到数据，数据就绪后会自动恢复。"

PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="description" content="县乡机构改革的主要数字，轮流放映。">
<title>大屏 · {name}</title>
<link rel="icon" type="image/svg+xml" href="/assets/favicon.svg">
<link rel="stylesheet" href="{tokens}">
<link rel="stylesheet" href="{style}">
</head>
<body class="wall">
<noscript>大屏需要启用 JavaScript。</noscript>
<main class="wall__stage" id="stage" data-version="{version}">
<header class="wall__head"><p class="wall__name">{name}</p><p class="wall__build" id="build"></p></header>
<div class="wall__scenes" id="scenes" aria-live="off"></div>
<footer class="wall__foot"><ol class="wall__marks" id="marks" aria-hidden="true"></ol><p class="wall__state" id="state" role="status"></p></footer>
<div class="wall__controls" id="controls" role="group" aria-label="大屏操作">
<button type="button" data-wall="back">前一幕</button><button type="button" data-wall="pause">暂停</button>
<button type="button" data-wall="on">后一幕</button><button type="button" data-wall="leave">退出</button>
</div>
</main>
<p class="wall__phone">大屏按会议室屏幕和电脑排版，手机上放不下。手机上请看<a href="/">总览</a>。</p>
<script src="{plotly}"></script>
<script src="{script}"></script>
</body>
</html>"""


def serve_wall(server: Flask, db: Warehouse, *, assets: Path, name: str) -> None:
    """Add the page and its scenes to `server`."""
    plotly = assets / "vendor" / "plotly-basic.min.js"

    @server.get("/wall")
    def _page() -> Response:
        tokens, style, script, _locale = (f"/assets/{file}?m={int((assets / file).stat().st_mtime)}" for file in FILES)
        small = f"/assets/vendor/{plotly.name}?m={int(plotly.stat().st_mtime)}" if plotly.is_file() else "/wall/plotly.js"
        body = PAGE.format(
            name=escape(name), tokens=tokens, style=style, script=script, plotly=small, version=escape(_version(assets))
        )
        return Response(body, mimetype="text/html")

    @server.get("/wall/scenes.json")
    def _scenes() -> Response:
        try:
            with db.pinned() as build:
                made = db.remember("wall", lambda: {"build": build.build_id, "dated": _dated(build), "scenes": _all(db)})
        except WarehouseUnavailableError as error:
            return Response(str(error) or UNREADABLE, status=503, mimetype="text/plain")
        answer = jsonify(made | {"version": _version(assets)})
        answer.add_etag()
        answer.make_conditional(request)
        return answer

    @server.get("/wall/plotly.js")
    def _whole_plotly() -> Response:
        """The bundle inside the plotly package, for an installation without the small one."""
        return send_file(Path(str(files("plotly"))) / "package_data" / "plotly.min.js", mimetype="text/javascript")


def _version(assets: Path) -> str:
    """Changes when the page's own files change: a screen that runs for weeks then loads itself anew."""
    return str(max(int((assets / file).stat().st_mtime) for file in FILES))


def _dated(build: Build) -> str:
    return f"数据版本 {build.built_at:%Y年%-m月%-d日}" if build.built_at else f"数据版本 {build.build_id}"


def _all(db: Warehouse) -> list[dict[str, Any]]:
    """Every scene that has rows; one that fails is left out and logged."""
    made = [or_sentence(f"wall {scene.headline.id}", partial(_scene, db, scene), _left_out, failed="") for scene in SCENES]
    return [scene for scene in made if scene]


def _left_out(_said: str) -> None:
    return None


def _scene(db: Warehouse, scene: Scene) -> dict[str, Any] | None:
    told, whole = shown_headline(db, scene.headline), shown(db, scene.chart, Selection())
    card = shown_rows(db, scene.chart, Selection(), scene.rows(whole.rows))
    if told.is_empty or card.empty:
        return None
    headline, question = scene.headline, scene.chart.question
    sources = [citation.text.rstrip("。") for citation in card.citations]
    drawing = _drawing(card)
    return {
        "id": headline.id,
        "theme": headline.theme,
        "question": question,
        "figure": _large(told.figure),
        "figure_px": min(FIGURE_LARGEST, round(FIGURE_ROOM / max(text_width(told.figure.plain(), 1.0), 1.0))),
        "finding": _parts(told.finding),
        "notes": "".join(card.notes_elsewhere),
        "sources": f"{'；'.join(sources)}。",
        "sources_count": f"共{len(sources)}个，逐条见“{headline.theme}”页。" if len(sources) > 2 else "",
        "chart": {"data": drawing["data"], "layout": drawing["layout"] | {"width": CHART_WIDTH}},
        "alt": f"{question}{told.finding.plain()}",
    }


def _drawing(card: Shown) -> Figure:
    """The figure in the largest type with which it has room."""
    for scale in TYPE_SCALES:
        drawing = card.figure(Canvas(width=CHART_WIDTH, scale=scale))
        if drawing["layout"]["height"] <= CHART_HEIGHT:
            break
    return drawing


def _parts(finding: Finding) -> list[dict[str, Any]]:
    return [{"text": part.text, "number": isinstance(part, Number)} for part in finding.parts]


def _large(figure: Finding) -> list[dict[str, Any]]:
    """The figure with its unit set apart, so that it can be set smaller."""
    parts: list[dict[str, Any]] = []
    for part in _parts(figure):
        unit = SMALL_UNITS.search(part["text"])
        parts.append({"text": part["text"][: unit.start()] if unit else part["text"], "unit": unit.group() if unit else ""})
    return parts
