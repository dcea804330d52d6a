"""What keeps figures apart is a column: no code decides by a piece of a scope, a cohort, a note or a title."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HALVES = sorted(path for half in ("etl", "dashboard") for path in (ROOT / half).rglob("*.py"))
# Tests of a text, as methods of Python and of polars; a pattern handed to `re` is one too.
METHODS = {"contains", "starts_with", "ends_with", "startswith", "endswith", "extract", "strip_prefix", "find"}
COLUMNS = {
    "scope", "authorised_scope", "cohort", "note", "title", "source_title", "locator", "staff_scope", "population_basis", "area_name",
    "as_stated", "definition_zh",
}  # fmt: skip


def is_chinese(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and any("㐀" <= sign <= "鿿" for sign in node.value)


def names_of(node: ast.AST) -> set[str]:
    """Column names that an expression holds as text: pl.col("scope"), row["scope"], row.get("scope")."""
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def decisions(tree: ast.AST) -> list[int]:
    """Lines that ask whether a column of words holds a piece of Chinese."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            if names_of(node.func.value) & COLUMNS and any(is_chinese(part) for part in ast.walk(ast.Tuple(elts=node.args))):
                lines.append(node.lineno)
        elif (
            isinstance(node, ast.Compare) and is_chinese(node.left) and any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)
        ):
            lines += [node.lineno] if any(names_of(part) & COLUMNS for part in node.comparators) else []
    return lines


@pytest.mark.parametrize("path", HALVES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_decides_by_a_piece_of_prose(path):
    assert decisions(ast.parse(path.read_text(encoding="utf-8"))) == [], "meaning belongs in a column of the warehouse"


@pytest.mark.parametrize(
    "code",
    [
        'rows.filter(pl.col("scope").str.contains("限额"))',
        'rows.filter(pl.col("cohort").str.starts_with("山西"))',
        'pl.col("note").str.extract(r"(疑为[^；]+)")',
        'limit = "限额" in row["scope"]',
        'town = "乡镇" not in (row.get("staff_scope") or "")',
        'row["title"].endswith("方案")',
    ],
)
def test_the_old_kind_is_noticed(code):
    assert decisions(ast.parse(code))


@pytest.mark.parametrize("code", ['pl.col("scope") == "党政机构（实设）"', '"、" in text', 'row["unit_measure"].endswith(":1")'])
def test_an_equal_key_or_other_words_are_no_such_thing(code):
    assert not decisions(ast.parse(code))
