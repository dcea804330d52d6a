"""Registries against each other: keys are unique, every reference exists, areas form one tree."""

from collections.abc import Iterator

from etl.problems import Problem, nearest
from etl.read.sources import KEYS, Entry, Registries

# registry → (column, registry that the column points into)
REFERENCES = {
    "event": (("ref_area", "area"), ("source_id", "source")),
    "measure": (("ref_area", "area"), ("source_id", "source")),
    "identity_term": (
        ("identity_id", "identity"),
        ("ref_area", "area"),
        ("indicator", "indicator"),
        ("scope", "scope"),
        ("source_id", "source"),
    ),
    "correction": (("source_id", "source"), ("ref_area", "area"), ("indicator", "indicator"), ("scope", "scope")),
    "conflict_topic": (("ref_area", "area"), ("indicator", "indicator")),
    "division": (("source_id", "source"),),
    "area": (("parent", "area"), ("same_as", "area"), ("cohort", "cohort")),
}
# Registries whose rows no single column tells apart.
KEYS_TOGETHER = {
    "event": ("ref_area", "date", "kind", "source_id"),
    "measure": ("ref_area", "date", "measure", "statement_zh", "source_id"),
    "code": ("code_list", "code"),
    "division": ("division", "name_zh"),
}
KIND = {"area": "地区", "indicator": "指标", "source": "来源", "scope": "口径", "identity": "恒等式", "cohort": "批次"}
REGISTER = {
    "area": "areas.csv",
    "indicator": "indicators.toml",
    "source": "sources.csv",
    "scope": "scopes.csv",
    "cohort": "cohorts.csv",
}
NATION = "CN"
SIDES = {"sum": {"lhs", "rhs"}, "at_most": {"lhs", "rhs"}, "ratio": {"numerator", "denominator", "rhs"}, "note": set()}


def cross_check(registries: Registries) -> Iterator[Problem]:
    """Every contradiction between registries."""
    for table, column in KEYS.items():
        yield from _unique(registries, table, (column,), "删去一行，或换一个编号")
    for table, columns in KEYS_TOGETHER.items():
        yield from _unique(registries, table, columns, f"删去一行；{'、'.join(columns)} 全同的行只能有一行")
    for table, references in REFERENCES.items():
        for column, target in references:
            known = registries.by_key(target)
            for entry in registries.entries[table]:
                value = getattr(entry.record, column)
                if value is not None and value not in known:
                    yield unknown(entry, column, target, list(known))
    yield from _tree(registries)
    yield from _same_places(registries)
    yield from _divisions(registries)
    yield from _places_in_sources(registries)
    yield from _measure_words(registries)
    yield from _spellings(registries)
    yield from _identity_sides(registries)
    yield from _conflict_members(registries)
    yield from _scopes_left_out(registries)


def unknown(entry: Entry, column: str, target: str, known: list[str]) -> Problem:
    value = str(getattr(entry.record, column))
    register = REGISTER.get(target, "identities.csv")
    return entry.problem(column, f"没有登记过的{KIND[target]}", nearest(value, known) or f"先在 {register} 里登记")


def _unique(registries: Registries, table: str, columns: tuple[str, ...], fix: str) -> Iterator[Problem]:
    first: dict[tuple[str, ...], Entry] = {}
    for entry in registries.entries[table]:
        key = tuple(getattr(entry.record, column) for column in columns)
        if key in first:
            before = first[key]
            place = f"第 {before.line} 行" if before.file == entry.file else f"{before.file} 第 {before.line} 行"
            yield entry.problem(columns[0], f"与{place}重复", fix)
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


def _divisions(registries: Registries) -> Iterator[Problem]:
    """What a division lies in and what took its place stand; what has gone says how; a place of areas.csv is called as there."""
    entries = registries.entries["division"]
    standing = {entry.record.division: entry.record.name_zh for entry in entries if entry.record.until is None}
    coded = _coded(registries)
    names: dict[str, set[str]] = {code: set() for code in coded}
    for entry in entries:
        if entry.record.division in coded:
            names[entry.record.division].add(entry.record.name_zh)
    for entry in entries:
        division = entry.record
        for column in ("parent", "successor"):
            code = getattr(division, column)
            if code not in standing and code not in {None, NATION}:
                yield entry.problem(column, "不是现有的行政区划", "填现有区划的六位代码；没有单一接续的留空")
        if (division.until is None) != (division.change_zh is None):
            yield entry.problem("change_zh", "撤销年份与变更要么都写、要么都空", "例如 2021 与 撤县设区")
    for entry in registries.entries["area"] if entries else ():
        known = names.get(entry.record.ref_area, {entry.record.name_zh})
        if entry.record.name_zh not in known:
            yield entry.problem(
                "name_zh", f"与行政区划登记不一致，{entry.record.ref_area} 是{'、'.join(sorted(known))}", "改名称或代码"
            )


def _coded(registries: Registries) -> set[str]:
    """Codes that places and divisions share."""
    divisions = {entry.record.division for entry in registries.entries["division"]}
    return divisions & {entry.record.ref_area for entry in registries.entries["area"]}


def _same_places(registries: Registries) -> Iterator[Problem]:
    """Only an unnamed place is another one, and that one has a name: a chain of them would be counted twice."""
    areas = registries.by_key("area")
    for entry in registries.entries["area"]:
        area = entry.record
        named = areas.get(area.same_as) if area.same_as else None
        if area.same_as and not area.anonymous:
            yield entry.problem("same_as", "只有来源没有点名的地区才写即何地", "清空 same_as；确是未点名的，anonymous 填 yes")
        elif named and (named.anonymous or named.same_as):
            yield entry.problem("same_as", "指向的地区自己也没有名字", "填点了名的那个地区的 ref_area")


def _places_in_sources(registries: Registries) -> Iterator[Problem]:
    """Events and measures of a source without an address say where in it they stand."""
    sources = registries.by_key("source")
    for entry in (*registries.entries["event"], *registries.entries["measure"]):
        source = sources.get(entry.record.source_id)
        if source and not source.url and not entry.record.locator:
            yield entry.problem("locator", "来源没有网址，这里必须写明出处位置", "例如“第 3 段”或“第 25 页”")


def _measure_words(registries: Registries) -> Iterator[Problem]:
    """Every measure is a code of the list `measure`; its Chinese word in place of the code is the likely slip."""
    words = {word.code: word.name_zh for word in registries.records("code") if word.code_list == "measure"}
    codes = {name: code for code, name in words.items()}
    for entry in registries.entries["measure"]:
        code: str = entry.record.measure
        if code not in words:
            meant = codes.get(code)
            fix = f"“{code}”的代码是 {meant}" if meant else nearest(code, list(words))
            yield entry.problem("measure", "没有登记过的做法", fix or "先在 codes.csv 的 measure 清单里登记")


def _spellings(registries: Registries) -> Iterator[Problem]:
    """A word on a page is one term: no other spelling is that of another term, or stands twice."""
    known: dict[str, Entry] = {}
    for entry in registries.entries["term"]:
        known.setdefault(entry.record.term, entry)
    for entry in registries.entries["term"]:
        for alias in entry.record.spellings[1:]:
            if alias in known:
                yield entry.problem("aliases", f"“{alias}”已经是“{known[alias].record.term}”的写法", "一种写法只能归一个术语")
            known.setdefault(alias, entry)


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
