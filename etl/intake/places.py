"""Which place each row of a table is about: by code, by name with the names beside it; never by likeness."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl
from pypinyin import lazy_pinyin

from etl.intake.finding import Finding
from etl.intake.headers import HELPERS
from etl.intake.layout import AREA_ROLES, Layout
from etl.intake.mapping import AVERAGES, TOTALS
from etl.intake.sheets import ROW
from etl.read.readers import half_width
from etl.read.sources import Registries
from vocabulary.gazetteer import KIND_ENDING, Gazetteer, Place, names_of, plain

MOST_OFFERED = 100  # unknown names whose nearest are looked for, which takes a while
_TOWN = ("township", "unit")


def registered_names(registries: Registries) -> list[Place]:
    """Rows for the matcher: areas.csv, then divisions.csv with all that was."""
    areas = [record.model_dump() for record in registries.records("area")]
    named = {area["ref_area"]: area["name_zh"] for area in areas}
    kept = [area | {"facts": 0, "label": _label(area, named.get(area["parent"]))} for area in areas]
    return names_of(kept, [record.model_dump() for record in registries.records("division")])


def matcher(registries: Registries) -> Gazetteer:
    """What finds those places by their names."""
    return Gazetteer(registries.remember(registered_names))


def _label(area: dict[str, Any], parent: str | None) -> str:
    """A township names its county: 张店乡（鲁山县）."""
    above = area["county"] or parent
    return f"{area['name_zh']}（{above}）" if area["level"] in _TOWN and above else area["name_zh"]


@dataclass
class Places:
    """What the rows of one table are about. `new` gathers areas that the table brings in, `findings` what is wrong."""

    layout: Layout
    rows: list[Place]
    gazetteer: Gazetteer
    new: dict[str, dict[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _offered: int = 0
    _left: dict[str, int] = field(default_factory=dict)

    @cached_property
    def by_code(self) -> dict[str, list[Place]]:
        found: dict[str, list[Place]] = {}
        for row in self.rows:
            found.setdefault(row["code"].casefold(), []).append(row)
        return found

    @cached_property
    def earlier(self) -> dict[str, set[str]]:
        """Code → names of units that it took the place of."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            if row["former"]:
                found.setdefault(row["ref_area"], set()).add(plain(row["name_zh"]))
        return found

    @cached_property
    def whole_names(self) -> dict[str, list[Place]]:
        """Places by their whole name, those that stand hiding those that are gone; 沙县 of an old table is not 沙县区 of today."""
        standing: dict[str, list[Place]] = {}
        gone: dict[str, list[Place]] = {}
        for row in self.rows:
            (gone if row["former"] else standing).setdefault(plain(row["name_zh"]), []).append(row)
        return gone | standing

    def read(self) -> pl.DataFrame:
        """`row` and `ref_area` of every line that is about a place and is to be read; totals and what is left out are not among them."""
        roles = {role: letter for role, letter in self.layout.area.items() if role in AREA_ROLES}
        lines = self.layout.rows.select(ROW, *(pl.col(letter).alias(role) for role, letter in roles.items()))
        codes = [self._place(line) for line in lines.iter_rows(named=True)]
        return pl.DataFrame({ROW: lines[ROW], "ref_area": codes}, schema={ROW: pl.Int64, "ref_area": pl.String}).drop_nulls()

    @cached_property
    def totals(self) -> re.Pattern[str]:
        return re.compile(f"{self.layout.rules.totals or TOTALS}|{AVERAGES}")

    def is_total(self, line: dict[str, Any]) -> bool:
        """合计, 全市 … in the cell of the place, with or without blanks between the characters."""
        words = ("".join((line.get(role) or "").split()) for role in ("name", "code"))
        return any(word and self.totals.fullmatch(word) for word in words)

    def _place(self, line: dict[str, Any]) -> str | None:
        code, name = half_width(line.get("code") or ""), line.get("name") or ""
        if self._left_out(code, name):
            return None
        if self.is_total(line):
            if not self.layout.rules.totals:
                self._found(line, "合计行，不是一个地区", "合计由看板算出，不必录入；删去这一行", severity="警示")
            return None
        if self.layout.rules.constant and not (code or name):
            return self._named(self.layout.rules.constant, line)
        if not (code or name):
            self._found(line, "有数，没有写是哪个地区", "每一行都写地区；合并单元格要取消合并后逐行填写")
            return None
        return self._coded(code, name, line) if code else self._named(name, line)

    def _left_out(self, code: str, name: str) -> bool:
        for rule in self.layout.rules.left_out:
            if code in rule.codes or name in rule.names or (rule.pattern and code and re.fullmatch(rule.pattern, code)):
                self._left[rule.reason] = self._left.get(rule.reason, 0) + 1
                return True
        return False

    def left_out(self) -> Iterator[Finding]:
        """How many lines the mapping leaves out, and why."""
        for reason, count in self._left.items():
            message = f"按映射不读 {count} 行：{reason}"
            yield Finding(
                severity="警示", sheet=self.layout.sheet.name, message=message, fix="核对确实不要；要的从映射的 left_out 里去掉"
            )

    def _coded(self, stated: str, name: str, line: dict[str, Any]) -> str | None:
        """The place of a code; a name beside it must be one of its names."""
        code = next((form for form in _forms(stated) if form.casefold() in self.by_code), "")
        if not code:
            return self._unknown_code(stated, name, line)
        known = self.by_code[code.casefold()]
        if name and stated not in self.layout.rules.names_differ:
            names = {form for row in known for form in (plain(row["name_zh"]), plain(row["label"]))}
            sought = plain(name)
            meant = {row["code"] for row in self.gazetteer.named(name)}
            if _bare(sought) not in {_bare(form) for form in names} and known[0]["code"] not in meant:
                now = "、".join(dict.fromkeys(row["name_zh"] for row in known))
                if sought in self.earlier.get(code, ()):
                    self._found(
                        line,
                        f"“{name}”是旧名，{stated} 现在是{now}；按代码入库",
                        "核对是撤并前还是撤并后的数",
                        severity="警示",
                        role="name",
                    )
                else:
                    fix = self._code_of(name, line) or "改名称或代码；代码无误的，在映射 [area.names_differ] 里写明"
                    self._found(line, f"代码与名称不是一处：{stated} 是{now}", fix, role="name")
                    return None
        return str(known[0]["code"])

    def _unknown_code(self, code: str, name: str, line: dict[str, Any]) -> str | None:
        county = self.by_code.get(code[:6]) if code.isdigit() and len(code) > 6 else None
        if self.layout.rules.new_level and county and name:
            return self._brought(code, name, county[0])
        below = '县以下的新地方，在映射 [area] 里写 new_level = "township" 一并带入' if county else ""
        fix = self._code_of(name, line) or below or "核对代码；这个地方确实没有登记的，先在 areas.csv 里登记"
        self._found(line, "没有这个地区代码", fix, role="code")
        return None

    def _code_of(self, name: str, line: dict[str, Any]) -> str:
        """The remedy where the name beside a wrong code is exactly one place's."""
        just = self._just(name, line) if name else ()
        return f"“{name}”的代码是 {just[0]['code']}" if len(just) == 1 else ""

    def _just(self, name: str, line: dict[str, Any]) -> list[Place]:
        """The places of a name that lie in what is said beside it and are of the level that is meant."""
        within = self.layout.rules.within
        just = list(self.gazetteer.named(f"{within}{name}")) if within else []
        just = just or self.whole_names.get(plain(name), []) or list(self.gazetteer.named(name))
        level = self.layout.rules.level
        found = [row for row in just if not level or row["level"] == level]
        for helper in HELPERS:
            if said := line.get(helper):
                found = [row for row in found if _bare(plain(row[helper] or row["province"] or "")) == _bare(plain(said))]
        return found

    def _named(self, name: str, line: dict[str, Any]) -> str | None:
        just = self._just(name, line)
        if len(just) == 1:
            return str(just[0]["code"])
        if just:
            listed = "；".join(f"{_whole(row)} {row['code']}" for row in just[:12])
            self._found(line, f"有 {len(just)} 个地方叫这个名字：{listed}", "在旁边加一列省、市，或写代码")
            return None
        if self.layout.rules.new_level and (county := self._county(line)):
            return self._brought("", name, county)
        self._found(line, "没有找到这个地区", self._offer(name) or "核对名称，或写六位代码；新的地方先在 areas.csv 里登记")
        return None

    def _offer(self, name: str) -> str:
        self._offered += 1
        near = self.gazetteer.called(name).near if self._offered <= MOST_OFFERED else ()
        listed = "、".join(f"{row['prefecture'] or row['province'] or ''}{row['name_zh']}" for row in near[:3])
        return f"是否是：{listed}" if listed else ""

    def _county(self, line: dict[str, Any]) -> Place | None:
        said = line.get("county") or self.layout.rules.within
        above = {helper: line.get(helper) for helper in ("province", "prefecture")}
        just = [row for row in self._just(said, above) if row["level"] == "county"] if said else []
        return just[0] if len(just) == 1 else None

    def _brought(self, code: str, name: str, county: Place) -> str:
        """A place below a known county that is not registered yet: it comes in with the table."""
        key = code or f"{county['code']}-{''.join(lazy_pinyin(KIND_ENDING.sub('', name)))}"
        if not code and self.new.get(key, {}).get("name_zh", name) != name:
            key = f"{county['code']}-{''.join(lazy_pinyin(name))}"
        row = {
            "ref_area": key,
            "name_zh": name,
            "level": self.layout.rules.new_level or "township",
            "parent": str(county["code"]),
        }
        row |= {helper: county[helper] for helper in ("province", "prefecture") if county[helper]}
        self.new.setdefault(key, row | {"county": str(county["name_zh"])})
        return key

    def _found(self, line: dict[str, Any], message: str, fix: str, *, severity: Any = "错误", role: str = "") -> None:
        roles = [one for one in (role, "name", "code") if one in self.layout.area]
        letter = self.layout.area[roles[0]] if roles else self.layout.sheet.columns[0]
        value = line.get(roles[0]) if roles else None
        self.findings.append(
            Finding(
                severity=severity,
                sheet=self.layout.sheet.name,
                cell=f"{letter}{line[ROW]}",
                value=value,
                message=message,
                fix=fix,
            )
        )


def _forms(code: str) -> Iterable[str]:
    """A code as it stands, and without the noughts that a statistical code of nine or twelve digits ends with."""
    yield code
    if code.isdigit() and len(code) in {9, 12}:
        yield code[:9] if code.endswith("000") and not code.endswith("000000") else code[:6] if set(code[6:]) == {"0"} else code


def _bare(name: str) -> str:
    return KIND_ENDING.sub("", name)


def _whole(row: Place) -> str:
    """A name with the places above it, each once."""
    return "".join(dict.fromkeys(filter(None, (row["province"], row["prefecture"], row["name_zh"]))))
