"""Registries against each other: keys are unique, every reference exists, areas form one tree."""

from collections.abc import Iterator

from etl.problems import Problem, nearest
from etl.read.sources import KEYS, Entry, Registries

# registry → (column, registry that the column points into)
REFERENCES = {
    "event": (("ref_area", "area"), ("source_id", "source")),
    "identity_term": (
        ("identity_id", "identity"),
        ("ref_area", "area"),
        ("indicator", "indicator"),
        ("scope", "scope"),
        ("source_id", "source"),
    ),
    "correction": (("source_id", "source"), ("ref_area", "area"), ("indicator", "indicator"), ("scope", "scope")),
    "conflict_topic": (("ref_area", "area"), ("indicator", "indicator")),
    "area": (("parent", "area"), ("same_as", "area"), ("cohort", "cohort")),
}
KIND = {"area": "地区", "indicator": "指标", "source": "来源", "scope": "口径", "identity": "恒等式", "cohort": "批次"}
REGISTER = {
    "area": "areas.csv",
    "indicator": "indicators.toml",
    "source": "sources.csv",
    "scope": "scopes.csv",
    "cohort": "cohorts.csv",
}
SIDES = {"sum": {"lhs", "rhs"}, "at_most": {"lhs", "rhs"}, "ratio": {"numerator", "denominator", "rhs"}, "note": set()}


def cross_check(registries: Registries) -> Iterator[Problem]:
    """Every contradiction between registries."""
    for table in KEYS:
        yield from _unique(registries, table)
    for table, references in REFERENCES.items():
        for column, target in references:
            known = registries.by_key(target)
            for entry in registries.entries[table]:
                value = getattr(entry.record, column)
                if value is not None and value not in known:
                    yield unknown(entry, column, target, list(known))
    yield from _tree(registries)
    yield from _event_places(registries)
    yield from _identity_sides(registries)
    yield from _conflict_members(registries)
    yield from _scopes_left_out(registries)


def unknown(entry: Entry, column: str, target: str, known: list[str]) -> Problem:
    value = str(getattr(entry.record, column))
    register = REGISTER.get(target, "identities.csv")
    return entry.problem(column, f"没有登记过的{KIND[target]}", nearest(value, known) or f"先在 {register} 里登记")


def _unique(registries: Registries, table: str) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in registries.entries[table]:
        key = getattr(entry.record, KEYS[table])
        if key in first:
            before = first[key]
            place = f"第 {before.line} 行" if before.file == entry.file else f"{before.file} 第 {before.line} 行"
            yield entry.problem(KEYS[table], f"与{place}重复", "删去一行，或换一个编号")
        first.setdefault(key, entry)


def _tree(registries: Registries) -> Iterator[Problem]:
    """Only the nation has no parent; following parents always ends."""
    parents = {area.ref_area: area.parent for area in registries.records("area")}
    for entry in registries.entries["area"]:
        area: str = entry.record.ref_area
        parent: str | None = entry.record.parent
        if parent is None and entry.record.level != "nation":
            yield entry.problem("parent", "只有全国可以没有上级", "填上级地区的 ref_area，省级填 CN")
        seen = {area}
        while parent is not None and parent not in seen:
            seen.add(parent)
            parent = parents.get(parent)
        if parent == area:
            yield entry.problem("parent", "上级关系成环", "检查这几行的 parent")


def _event_places(registries: Registries) -> Iterator[Problem]:
    sources = registries.by_key("source")
    for entry in registries.entries["event"]:
        source = sources.get(entry.record.source_id)
        if source and not source.url and not entry.record.locator:
            yield entry.problem("locator", "来源没有网址，这里必须写明出处位置", "例如“第 3 段”或“第 25 页”")


def _identity_sides(registries: Registries) -> Iterator[Problem]:
    sides: dict[str, set[str]] = {}
    for term in registries.records("identity_term"):
        sides.setdefault(term.identity_id, set()).add(term.side)
    for entry in registries.entries["identity"]:
        needed, found = SIDES[entry.record.relation], sides.get(entry.record.identity_id, set())
        if entry.record.expected == "note":
            needed = set()
        if missing := needed - found:
            words = "、".join(sorted(missing))
            yield entry.problem("relation", f"identity_terms.csv 里缺少 {words} 项", "补上各项，或把 relation 改为 note")
        if surplus := found - needed:
            words = "、".join(sorted(surplus))
            yield entry.problem("relation", f"identity_terms.csv 里多出 {words} 项", "删去这些项，或改 relation")


def _scopes_left_out(registries: Registries) -> Iterator[Problem]:
    known = registries.by_key("area")
    for entry in registries.entries["scope"]:
        for code in filter(None, (entry.record.left_out or "").split(";")):
            if code not in known:
                yield entry.problem("left_out", f"没有登记过的地区“{code}”", nearest(code, known) or "先在 areas.csv 里登记")


def _conflict_members(registries: Registries) -> Iterator[Problem]:
    known = registries.by_key("scope")
    for entry in registries.entries["conflict_topic"]:
        for scope in entry.record.scopes:
            if scope not in known:
                yield entry.problem("members", f"没有登记过的口径“{scope}”", nearest(scope, known) or "先在 scopes.csv 里登记")
