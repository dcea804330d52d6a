"""What counties need over HTTP: the workbook that they fill in, and what is found in one that is filled in. Nothing of either is kept.

The loading side does the work in a process of its own: the dashboard knows the warehouse file and nothing of how it is made.
"""

import json
import re
import subprocess
import sys
from base64 import b64encode
from pathlib import Path, PurePath, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, Response, jsonify, request

from dashboard.access.carried import told
from dashboard.api.attachments import MEDIA, attachment, refuse_in_words
from dashboard.settings import ROOT
from dashboard.themes.mine.typed.filled import own_of
from dashboard.web.server.documents import Desk

TEMPLATE, CHECK = "/download/template.xlsx", "/download/check"
READ = frozenset({".xlsx", ".xls", ".ods", ".csv"})
_CODE = re.compile(r"([0-9]{6})?")
_SECONDS = 60
_LONGEST_NAME = 200  # bytes; a file system takes 255, and the annotated copy has a longer one
NOT_DONE = "没有做成，请稍后再试。"


class FilingError(Exception):
    """Nothing to give. The message is a sentence for the reader."""


def serve_filing(server: Flask, desk: Desk, *, checks: bool) -> None:
    """Add the routes. `checks`: workbooks may be sent here to be looked at."""

    @server.get(TEMPLATE)
    def _template() -> Response:
        within = request.args.get("within", "")
        if not _CODE.fullmatch(within):
            raise FilingError("within 应是六位行政区划代码，例如 411700")
        with desk.place(), TemporaryDirectory() as folder:
            target = Path(folder) / "template.xlsx"
            told = _etl("template", "--target", str(target), *(("--within", within) if within else ()))
            if not target.exists():
                raise FilingError(_said(told))
            return attachment(target.read_bytes(), MEDIA["xlsx"], f"填报模板{within}.xlsx")

    if checks:

        @server.post(CHECK)
        def _check() -> Response:
            sent = request.files.get("file")
            # Under its own name: a marking of secrecy may stand in it, and a report that is kept is corrected under it.
            name = PureWindowsPath(sent.filename or "").name if sent else ""
            if sent is None or PurePath(name).suffix.lower() not in READ:
                raise FilingError("请给出 XLSX、XLS、ODS 或 CSV 文件。")
            if len(name.encode()) > _LONGEST_NAME or not name.isprintable():
                raise FilingError("文件名太长或有不能显示的字符，请改名后再试。")
            with desk.place(), TemporaryDirectory() as folder:
                told("checked", file=name)
                file = Path(folder) / name
                sent.save(file)
                return jsonify(_found(file))

    refuse_in_words(server, {FilingError: 400})


def _found(file: Path) -> dict[str, Any]:
    """What `import --check` finds in a file: findings, how much it holds, the annotated copy, and what 我县 can say of its one county."""
    copies = file.parent / "copies"  # theirs goes with the file
    told = _etl("import", "--check", "--json", "--out", str(copies), str(file))
    try:
        (found,) = json.loads(told.stdout)
    except ValueError:
        raise FilingError(_said(told)) from None
    copy = next(copies.glob("*"), None)
    return {
        "refused": found["refused"], "facts": found["facts"], "areas": found["areas"], "findings": found["findings"],
        "copy": b64encode(copy.read_bytes()).decode() if copy else "", "own": own_of(found["rows"]),
    }  # fmt: skip


def _said(told: subprocess.CompletedProcess[str]) -> str:
    """Why it was refused, in the words of the command; a failure that it did not foresee is no reader's affair."""
    said = told.stderr.strip()
    return NOT_DONE if told.returncode != 1 or not said or said.startswith("Traceback") else said[:300]


def _etl(*words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [sys.executable, "-m", "etl", *words], cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FilingError(NOT_DONE) from None
