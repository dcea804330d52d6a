"""The shape of the code, read from its syntax trees: import floors, homes of libraries, no cycles.

To add a module outside the folders that are there, put its name on a floor of FLOORS. Every fault says how to mend it.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from dash import Dash

ROOT = Path(__file__).parent.parent

# From the ground up: a module imports from its own floor and those below. Those that `|` parts do not know each other.
# A name is a module or folder of the package; of two that fit, the longer one holds.
FLOORS = {
    "vocabulary": (  # below both halves
        "interval rounding periods stamps numerals characters sql matches alphabet contract",
        "hedges gazetteer",
        "quantity",
        "wording",
    ),
    "commandline": ("chinese",),  # below both halves as well
    "etl": (
        "codes drafts problems progress stamps",
        "read",
        "intake",
        "build",
        "ask",
        "__main__",
    ),
    "dashboard": (
        "settings",
        "access",
        "language",
        "warehouse",
        "gate | drawing | dash_adapter",
        "cards",
        "themes.timeline | themes.measures | themes.changes | themes.ratio | themes.extension | themes.towns",
        "themes.township | themes.small_counties | themes.compare | themes.data",
        "themes.area | themes.overview | themes.mine",
        "charts",  # the register of charts
        "sandbox",
        "paper",
        "tools",
        "pages",  # the register of pages
        "api",
        "web",
        "__main__",
    ),
}
# Inside the folder of a theme, by the name of the module; whatever else there is stands between them.
THEME_FLOORS = {"rows": 0, "sentences": 0, "page": 2}

DASH_HOMES = "dashboard.dash_adapter dashboard.cards dashboard.themes dashboard.tools dashboard.web dashboard.__main__"
HOMES = {  # library: the only places that import it
    "click": "commandline etl.__main__ dashboard.__main__ dashboard.access.commands dashboard.paper.__main__ dashboard.sandbox.__main__",
    "duckdb": "etl dashboard.warehouse dashboard.sandbox",
    "pyspark": "etl.build.spark_driver",  # runs in an environment of its own
    "py4j": "etl.build.spark_driver",
    "plotly": "dashboard.drawing",
    "sqlite3": "dashboard.access.accounts",
    "argon2": "dashboard.access.passwords",
    "flask_limiter": "dashboard.access.door",
    "flask_wtf": "dashboard.access.door",
    "dash": DASH_HOMES,
    "dash_ag_grid": DASH_HOMES,
    "dash_mantine_components": DASH_HOMES,
}
# Packages that all others may import, and the libraries that they import besides the standard one.
GROUND: dict[str, set[str]] = {"vocabulary": {"opencc", "pypinyin"}, "commandline": {"click", "rich"}}
# library: names of modules that have no business with it, in cards, themes and tools
SHUT_OUT = {"polars": "page", "dash": "rows sentences chart charts scenes selection"}
ADAPTER = "dashboard.dash_adapter"  # the only place, with two files of assets/, that knows what Dash does not document
_DASH_MODULES = {"dash", "dash.dcc", "dash.html"}  # those that it documents
_DASH_NAMES = re.compile(
    r"_dash(?!_adapter|board)|dash_(?:html|core)_components|dash_renderer|dash_table\b|dash_component_api|react-entry-point|"
    r"dashRenderType|dashPersistence|new DashRenderer"
)
_UNMARKED = {"callback_map", "index", "renderer", "dispatch", "serve_layout"}  # no underscore, no documentation either


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file. `name` is what an import statement calls it."""

    name: str
    is_package: bool
    tree: ast.Module

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @property
    def leaf(self) -> str:
        return self.name.rpartition(".")[2]


def within(name: str, place: str) -> bool:
    return f"{name}.".startswith(f"{place}.")


def read_modules(root: Path) -> dict[str, Module]:
    """Every module of the packages by name; none is fine."""
    modules = {}
    for path in sorted(path for package in FLOORS for path in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        text = path.read_text(encoding="utf-8")
        name = ".".join(parts[:-1] if is_package else parts)
        modules[name] = Module(name=name, is_package=is_package, tree=ast.parse(text))
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


def floor_of(name: str) -> tuple[int, int] | None:
    """Height and room of a module; the package itself lies under all floors. None when it stands nowhere."""
    package, _, rest = name.partition(".")
    if not rest or not FLOORS[package]:
        return -1, 0
    places = {
        place: (height, room)
        for height, floor in enumerate(FLOORS[package])
        for room, names in enumerate(floor.split("|"))
        for place in names.split()
        if within(rest, place)
    }
    if not places and any(place.startswith(f"{rest}.") for floor in FLOORS[package] for place in floor.split()):
        return -1, 0  # a folder whose parts stand on floors of their own: dashboard/themes/__init__.py
    return places[max(places, key=len)] if places else None


def floor_faults(modules: dict[str, Module]) -> Iterator[str]:
    for module in modules.values():
        own = floor_of(module.name)
        if own is None:
            unit = module.name.partition(".")[2]
            yield f"{module.name} stands on no floor: add {unit!r} to FLOORS[{module.package!r}] in {Path(__file__).name}"
            continue
        height, room = own
        for target in sorted(set(imports(module, modules))):
            package = target.partition(".")[0]
            if package not in FLOORS:
                continue
            other = floor_of(target) or (-1, 0)
            if package != module.package:
                if module.package in GROUND:
                    yield f"{module.name} imports {target}: {module.package} lies below all; hand in what it needs as an argument"
                elif package not in GROUND:
                    yield f"{module.name} imports {target}: etl and dashboard meet in the warehouse file only; read it from there"
            elif other[0] > height:
                yield f"{module.name} imports {target} from a higher floor: move what both need down, or pass it as an argument"
            elif package == module.package and other[0] == height and other[1] != room:
                yield f"{module.name} imports {target}, its neighbour: let the floor above bring the two together"


def theme_faults(modules: dict[str, Module]) -> Iterator[str]:
    for module in modules.values():
        folder = module.name.rpartition(".")[0]
        if not within(folder, "dashboard.themes") or module.is_package:
            continue
        height = THEME_FLOORS.get(module.leaf, 1)
        for target in sorted(set(imports(module, modules))):
            home, _, leaf = target.rpartition(".")
            other = THEME_FLOORS.get(leaf, 1)
            if home == folder and target in modules and (other > height or (other == height == 0)):
                yield f"{module.name} imports {target}: in a theme rows and sentences come first, then charts, then the page"


def library_faults(modules: dict[str, Module]) -> Iterator[str]:
    for module in modules.values():
        for library in sorted({target.partition(".")[0] for target in imports(module, modules)}):
            if module.package in GROUND and library not in {*sys.stdlib_module_names, *FLOORS, *GROUND[module.package]}:
                yield f"{module.name} imports {library}: {module.package} is pure; do that above it"
            homes = HOMES.get(library, module.package).split()
            if not any(within(module.name, home) for home in homes):
                yield f"{module.name} imports {library}, at home in {', '.join(homes)}: move that code there and call it"
            elif module.package == "dashboard" and module.leaf in SHUT_OUT.get(library, "").split():
                yield f"{module.name} imports {library}: rows shape, charts hand over, pages lay out"


def cycle_faults(modules: dict[str, Module]) -> Iterator[str]:
    graph = {name: (set(imports(module, modules)) & modules.keys()) - {name} for name, module in modules.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield f"an import cycle, {' ← '.join(error.args[1])}: move what they share into a module that both import"


def adapter_faults(modules: dict[str, Module]) -> Iterator[str]:
    for module in modules.values():
        if module.package != "dashboard" or within(module.name, ADAPTER):
            continue
        for library in sorted(set(imports(module, modules))):
            if library.partition(".")[0] == "dash" and library not in _DASH_MODULES:
                yield f"{module.name} imports {library}, which Dash does not document: have {ADAPTER} import it"
        if any(within(module.name, home) for home in DASH_HOMES.split()):
            for name in sorted(_private_to_dash(module.tree)):
                yield f"{module.name} uses {name}, which is Dash's own affair: give it a function in {ADAPTER} that says why"


def _private_to_dash(tree: ast.Module) -> set[str]:
    """Names and addresses that Dash does not document, as attributes, methods that override them, or words; prose is none of them."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls", "os"}
            if (node.attr.startswith("_") and not node.attr.startswith("__") and not own) or (
                node.attr in _UNMARKED and isinstance(node.value, ast.Name) and node.value.id == "app"
            ):
                found.add(node.attr)
        elif isinstance(node, ast.ImportFrom) and node.module == "dash":
            found |= {alias.name for alias in node.names if alias.name.startswith("_")}
        elif isinstance(node, ast.ClassDef) and any("Dash" in ast.unparse(base) for base in node.bases):
            methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
            found |= {name for name in methods if name in _UNMARKED or (name.startswith("_") and hasattr(Dash, name))}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            found |= set(_DASH_NAMES.findall(node.value))
    return found


RULES = (floor_faults, theme_faults, library_faults, cycle_faults, adapter_faults)


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
        ("dashboard/language/words.py", "from dashboard import warehouse", "from a higher floor"),
        ("dashboard/language/words.py", "def later():\n    from dashboard.charts import CHARTS", "from a higher floor"),
        ("dashboard/gate/notes.py", "from ..drawing import canvas", "its neighbour"),
        ("dashboard/themes/towns/rows.py", "from dashboard.themes.ratio import rows", "its neighbour"),
        ("dashboard/themes/towns/rows.py", "from dashboard.themes.towns import charts", "rows and sentences come first"),
        ("dashboard/themes/towns/rows.py", "from dashboard.themes.towns import sentences", "rows and sentences come first"),
        ("dashboard/themes/towns/charts.py", "from dashboard.themes.towns.page import PAGE", "rows and sentences come first"),
        ("dashboard/utils.py", "", "add 'utils' to FLOORS"),
        ("dashboard/themes/unheard/page.py", "", "add 'themes.unheard.page' to FLOORS"),
        ("dashboard/charts.py", "import etl.stamps", "meet in the warehouse file"),
        ("etl/ask/show.py", "from dashboard import language", "meet in the warehouse file"),
        ("etl/read/readers.py", "from etl.build.build import build", "from a higher floor"),
        ("dashboard/web/app.py", "import duckdb", "imports duckdb, at home in etl, dashboard.warehouse, dashboard.sandbox"),
        ("dashboard/drawing/bar.py", "from dash import html", "imports dash, at home"),
        ("dashboard/themes/ratio/charts.py", "from dash import html", "imports dash: rows shape"),
        ("dashboard/themes/ratio/page.py", "import plotly.graph_objects as go", "imports plotly, at home"),
        ("dashboard/themes/ratio/page.py", "import polars as pl", "imports polars: rows shape"),
        (
            "dashboard/web/app.py",
            "def ids(layout):\n    return list(layout._traverse())",
            "uses _traverse, which is Dash's own affair",
        ),
        ("dashboard/cards/card.py", "def known(app):\n    return app.callback_map", "uses callback_map"),
        ("dashboard/web/app.py", "from dash import _callback", "uses _callback"),
        ("dashboard/web/app.py", "import dash._validate", "imports dash._validate, which Dash does not document"),
        (
            "dashboard/web/app.py",
            "from dash.development.base_component import Component",
            "have dashboard.dash_adapter import it",
        ),
        ("dashboard/web/app.py", "class Ours(Dash):\n    def index(self):\n        return ''", "uses index"),
        ("dashboard/web/app.py", "class Ours(Dash):\n    def _config(self):\n        return {}", "uses _config"),
        ("dashboard/web/server/kept.py", "ADDRESS = '/_dash-update-component'", "uses _dash"),
        ("vocabulary/quantity.py", "from dashboard import language", "vocabulary lies below all"),
        ("vocabulary/quantity.py", "from etl.problems import EtlError", "vocabulary lies below all"),
        ("commandline/chinese.py", "from vocabulary import quantity", "commandline lies below all"),
        ("commandline/chinese.py", "import polars as pl", "commandline is pure"),
        ("dashboard/web/app.py", "import click", "imports click, at home in"),
        ("vocabulary/numerals.py", "from vocabulary.quantity import interval", "from a higher floor"),
        ("vocabulary/quantity.py", "import polars as pl", "vocabulary is pure"),
        ("vocabulary/stamps.py", "def later():\n    import duckdb", "vocabulary is pure"),
    ],
)
def test_a_fault_is_seen(tmp_path, name, text, fault):
    others = {
        "dashboard/themes/towns/page.py": "",
        "dashboard/themes/towns/charts.py": "",
        "dashboard/themes/towns/sentences.py": "",
        "dashboard/themes/ratio/rows.py": "",
    }
    assert fault in "\n".join(plant(tmp_path, others | {name: text}))


def test_a_cycle_is_seen_even_behind_a_late_import(tmp_path):
    files = {"etl/ask/diff.py": "import etl.ask.show", "etl/ask/show.py": "def show():\n    from etl.ask import diff"}
    assert "an import cycle" in "\n".join(plant(tmp_path, files))


def test_an_empty_tree_and_a_sound_one_have_no_faults(tmp_path):
    assert plant(tmp_path, {}) == []
    sound = {
        "dashboard/__init__.py": "",
        "dashboard/charts.py": "from dashboard.themes.ratio import charts",
        "dashboard/themes/ratio/charts.py": "from dashboard.themes.ratio import rows\nfrom dashboard.drawing.bar import bar",
        "dashboard/themes/ratio/rows.py": "import polars as pl\nimport vocabulary.stamps\nfrom dashboard.warehouse import Warehouse",
        "dashboard/drawing/bar.py": "import plotly",
        "dashboard/warehouse/__init__.py": "import duckdb",
        "vocabulary/stamps.py": "import json",
    }
    assert plant(tmp_path, sound) == []


@pytest.mark.parametrize(
    "path", sorted([*(ROOT / "assets").glob("*.js"), *(ROOT / "assets").glob("*.css")]), ids=lambda path: path.name
)
def test_scripts_and_styles_leave_what_is_dashs_own_to_the_adapter(path):
    used = set(_DASH_NAMES.findall(path.read_text(encoding="utf-8")))
    assert bool(used) == ("dash_adapter" in path.name), (
        f"{path.name} uses {used}: give it a place in assets/dash_adapter.first.js"
    )


def test_every_folder_of_tests_is_run(pytestconfig):
    """pytest passes over folders with certain names (build is one), and says nothing."""
    passed_over = pytestconfig.getini("norecursedirs")
    folders = {folder for path in (ROOT / "tests").rglob("test_*.py") for folder in path.relative_to(ROOT).parents if folder.name}
    assert [folder.as_posix() for folder in folders for pattern in passed_over if fnmatch(folder.name, pattern)] == []
