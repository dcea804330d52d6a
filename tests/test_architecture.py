"""The shape of the code, read from its syntax trees: import floors, homes of libraries, sizes, no cycles.

To add a module, put its name (a package by its folder) on a floor of FLOORS. Every fault says how to mend it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# From the ground up: a module imports from its own floor and those below. Those that `|` parts do not know each other.
FLOORS = {
    "etl": (
        "codes problems periods chinese progress drafts numerals quantity stamps",
        "decoding messages readers",
        "registry sources facts fact_problems crosscheck inputs",
        "comments landing builder checks",
        "publish fingerprint changes",
        "build diff show dictionary",
        "verify",
        "__main__",
    ),
    "dashboard": (
        "settings theme words cache pushdown public_copy typeset",
        "warehouse | sandbox",
        "catalog selection comparability notes interval what_if",
        "queries | figures | findings",
        "charts",
        "analysis",
        "components",
        "pages briefs",
        "exports debug server api early",
        "app __main__",
    ),
}

DASH_HOMES = "dashboard.components dashboard.pages dashboard.debug dashboard.early dashboard.app dashboard.__main__"
HOMES = {  # library: the only places that import it
    "duckdb": "etl dashboard.warehouse dashboard.public_copy dashboard.sandbox",
    "plotly": "dashboard.theme dashboard.figures dashboard.charts",
    "dash": DASH_HOMES,
    "dash_ag_grid": DASH_HOMES,
    "dash_mantine_components": DASH_HOMES,
}
SHUT_OUT = {"polars": "dashboard.pages"}  # library: where it has no business

MODULE_LINES = 250
FUNCTION_LINES = 40
POSITIONAL = 5


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file. `name` is what an import statement calls it."""

    name: str
    is_package: bool
    lines: int
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @property
    def unit(self) -> str:
        return unit(self.name)


def unit(name: str) -> str:
    """What stands on a floor: dashboard.queries.ratio → queries; "" for the package itself."""
    return [*name.split("."), ""][1]


def read_modules(root: Path) -> dict[str, Module]:
    """Every module of the packages by name; none is fine."""
    modules = {}
    for path in sorted(path for package in FLOORS for path in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        text = path.read_text(encoding="utf-8")
        name = ".".join(parts[:-1] if is_package else parts)
        modules[name] = Module(name=name, is_package=is_package, lines=text.count("\n"), tree=ast.parse(text))
    return modules


def imports(module: Module, modules: dict[str, Module]) -> Iterator[str]:
    """What a module imports, wherever in the file: modules of ours by full name, other libraries at least by their first."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = module.name.split(".")
            above = home[: len(home) - node.level + module.is_package] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield full if full in modules or base in FLOORS else base


def floor_faults(modules: dict[str, Module]) -> Iterator[str]:
    floor_of = {
        (package, name): (height, room)
        for package, floors in FLOORS.items()
        for height, floor in enumerate(floors)
        for room, names in enumerate(floor.split("|"))
        for name in names.split()
    }
    for module in modules.values():
        own = floor_of.get((module.package, module.unit))
        if own is None and module.unit:
            yield f"{module.name} stands on no floor: add {module.unit!r} to FLOORS[{module.package!r}] in {Path(__file__).name}"
            continue
        height, room = own or (-1, 0)  # the package itself, dashboard/__init__.py, lies under all floors
        for target in sorted(set(imports(module, modules))):
            package = target.partition(".")[0]
            other = floor_of.get((package, unit(target)), (-1, 0))
            if package in FLOORS and package != module.package:
                yield f"{module.name} imports {target}: etl and dashboard meet in the warehouse file only; read it from there"
            elif other[0] > height:
                yield f"{module.name} imports {target} from a higher floor: move what both need down, or pass it as an argument"
            elif other[0] == height and other[1] != room:
                yield f"{module.name} imports {target}, its neighbour: let the floor above bring the two together"


def library_faults(modules: dict[str, Module]) -> Iterator[str]:
    for module in modules.values():
        place = f"{module.package}.{module.unit}"
        for library in sorted({target.partition(".")[0] for target in imports(module, modules)}):
            homes = HOMES.get(library, module.package).split()
            if module.package not in homes and place not in homes:
                yield f"{module.name} imports {library}, at home in {', '.join(homes)}: move that code there and call it"
            if place in SHUT_OUT.get(library, "").split():
                yield f"{module.name} imports {library}: let queries shape the rows and charts hand them over"


def size_faults(modules: dict[str, Module]) -> Iterator[str]:
    for module in modules.values():
        if module.lines > MODULE_LINES:
            yield f"{module.name} has {module.lines} lines, more than {MODULE_LINES}: split it by what its parts know"
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            place = f"{module.name}.{node.name} (line {node.lineno})"
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{place} has {lines} lines, more than {FUNCTION_LINES}: take a step out of it and name it"
            named = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args) if arg.arg not in {"self", "cls"}]
            if len(named) > POSITIONAL:
                yield f"{place} takes {len(named)} positional arguments, more than {POSITIONAL}: put the rest behind `*`"


def cycle_faults(modules: dict[str, Module]) -> Iterator[str]:
    graph = {name: (set(imports(module, modules)) & modules.keys()) - {name} for name, module in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"an import cycle, {' ← '.join(error.args[1])}: move what they share into a module that both import"


RULES = (floor_faults, library_faults, size_faults, cycle_faults)


@pytest.mark.parametrize("rule", RULES)
def test_the_code_keeps_its_shape(rule):
    faults = list(rule(read_modules(ROOT)))
    assert not faults, "\n".join(["", *faults])


def plant(root: Path, files: dict[str, str]) -> list[str]:
    """The faults of a small tree of files."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return [fault for rule in RULES for fault in rule(read_modules(root))]


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("dashboard/words.py", "from dashboard import warehouse", "from a higher floor"),
        ("dashboard/words.py", "def later():\n    from dashboard.charts import CHARTS", "from a higher floor"),
        ("dashboard/queries/ratio.py", "from ..figures import canvas", "its neighbour"),
        ("dashboard/utils.py", "", "add 'utils' to FLOORS"),
        ("dashboard/charts.py", "import etl.quantity", "meet in the warehouse file"),
        ("etl/show.py", "from dashboard import words", "meet in the warehouse file"),
        ("etl/readers.py", "from etl.build import build", "from a higher floor"),
        (
            "dashboard/app.py",
            "import duckdb",
            "imports duckdb, at home in etl, dashboard.warehouse, dashboard.public_copy, dashboard.sandbox",
        ),
        ("dashboard/figures/bar.py", "from dash import html", "imports dash, at home"),
        ("dashboard/pages/ratio.py", "import plotly.graph_objects as go", "imports plotly, at home"),
        ("dashboard/pages/ratio.py", "import polars as pl", "let queries shape the rows"),
        ("etl/show.py", "\n" * 251, "251 lines, more than 250"),
        ("etl/show.py", "def f():\n" + "    pass\n" * 40, "41 lines, more than 40"),
        ("etl/show.py", "class A:\n    def f(self, a, b, c, d, e, f): ...", "takes 6 positional arguments"),
    ],
)
def test_a_fault_is_seen(tmp_path, name, text, fault):
    assert fault in "\n".join(plant(tmp_path, {name: text}))


def test_a_cycle_is_seen_even_behind_a_late_import(tmp_path):
    files = {"etl/diff.py": "import etl.show", "etl/show.py": "def show():\n    from etl import diff"}
    assert "an import cycle" in "\n".join(plant(tmp_path, files))


def test_an_empty_tree_and_a_sound_one_have_no_faults(tmp_path):
    assert plant(tmp_path, {}) == []
    sound = {
        "dashboard/__init__.py": "",
        "dashboard/charts.py": "from dashboard import queries\nfrom dashboard.figures.bar import bar\nimport plotly",
        "dashboard/queries/__init__.py": "from dashboard.queries.ratio import ratio",
        "dashboard/queries/ratio.py": "import polars as pl\nfrom dashboard.warehouse import Warehouse",
        "dashboard/warehouse.py": "import duckdb",
    }
    assert plant(tmp_path, sound) == []
