"""The catalogue says what Click says: no message that the installed Click no longer has, and the compiled file is of the written one."""

from __future__ import annotations

import ast
import gettext
from pathlib import Path

import click
import pytest

from commandline.chinese import CATALOGUE

FOLDER = CATALOGUE / "zh_CN" / "LC_MESSAGES"
Entry = dict[str, str]  # keyword of a .po file → text


def entries() -> list[Entry]:
    """The messages of messages.po, without its header."""
    found: list[Entry] = []
    for block in (FOLDER / "messages.po").read_text(encoding="utf-8").split("\n\n")[1:]:
        pairs = (line.partition(" ") for line in block.strip().splitlines())
        found.append({keyword: ast.literal_eval(text) for keyword, _, text in pairs})
    return found


def messages_of_click() -> set[str]:
    """Every text that the installed Click hands to gettext."""
    found = set()
    for path in Path(click.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"_", "ngettext"}:
                found |= {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
    return found


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: entry["msgid"])
def test_click_says_this_and_the_compiled_catalogue_answers(entry):
    assert {entry["msgid"], entry.get("msgid_plural", entry["msgid"])} <= messages_of_click(), "Click says it in other words now"
    with (FOLDER / "messages.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    remedy = "compile it anew, see commandline/__init__.py"
    if "msgid_plural" in entry:
        for count in (1, 2):
            assert compiled.ngettext(entry["msgid"], entry["msgid_plural"], count) == entry["msgstr[0]"], remedy
    else:
        assert compiled.gettext(entry["msgid"]) == entry["msgstr"], remedy


def test_the_compiled_catalogue_holds_nothing_else():
    size = int.from_bytes((FOLDER / "messages.mo").read_bytes()[8:12], "little")
    assert size == len(entries()) + 1  # and the header


def test_placeholders_are_those_of_click():
    for entry in entries():
        known = f"{entry['msgid']}{entry.get('msgid_plural', '')}"
        for piece in entry.get("msgstr", entry.get("msgstr[0]", "")).split("{")[1:]:
            assert "{" + piece.partition("}")[0].partition("!")[0] in known
