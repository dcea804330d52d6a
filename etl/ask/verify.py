"""Whether the facts in an exported picture, workbook or document are still what the warehouse holds, fact by fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.ask.diff import named, read_facts
from etl.problems import EtlError
from etl.stamps import Stamp, read_stamp
from vocabulary.stamps import claim_digest, written

EXPORTS = frozenset({".png", ".svg", ".xlsx", ".docx", ".pptx"})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """`changed` are Chinese sentences, one for each fact that is not what it was; none means unchanged."""

    stamp: Stamp
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Verifier:
    """What a warehouse holds now, read once for any number of files: `facts` by fact_id, and the build's id."""

    facts: dict[str, dict[str, Any]]
    build: str

    @classmethod
    def of(cls, warehouse: Path) -> "Verifier":
        """EtlError when the file is no warehouse."""
        return cls(read_facts(warehouse), build_of(warehouse))

    def verify(self, path: Path) -> Verdict:
        """Compare the stamp of `path` with the facts. EtlError without a stamp, or when nothing can be compared."""
        stamp = read_stamp(path)
        if not stamp.facts and stamp.build != self.build:
            raise EtlError(
                f"{path.name} 没有登记事实（例如大事记），而数据版本已由 {stamp.build} 变为 {self.build}，不能核对；请重新导出"
            )
        changed = [_sentence(fact_id, stated, self.facts.get(fact_id)) for fact_id, stated in stamp.facts.items()]
        return Verdict(stamp=stamp, changed=tuple(filter(None, changed)))


def exported(given: Iterable[Path]) -> list[Path]:
    """The files meant; of a folder whatever may carry a stamp. EtlError where that is nothing."""
    found = []
    for path in given:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [one for one in inside if not path.is_dir() or (one.suffix.lower() in EXPORTS and not one.name.startswith("~$"))]
    if not found:
        raise EtlError(f"{'、'.join(map(str, given))} 里没有导出的文件（PNG、SVG、XLSX、DOCX、PPTX）")
    return found


def build_of(warehouse: Path) -> str:
    """The build_id of a warehouse file."""
    import duckdb

    with duckdb.connect(str(warehouse), read_only=True) as connection:
        row = connection.execute("select build_id from meta.build").fetchone()
    return str(row[0]) if row else ""


def _sentence(fact_id: str, stated: tuple[str, str], fact: dict[str, Any] | None) -> str:
    """What changed of one fact; blank when nothing did."""
    value, digest = stated
    if fact is None:
        return f"{fact_id}：已不在库中（导出时为 {value}）"
    if claim_digest(fact) == digest:
        return ""
    now = written(fact["obs_value"])
    what = f"由 {value} 改为 {now}" if now != value else f"数值仍为 {now}，原文说法、精度或区间有改动"
    return f"{fact_id}：{named(fact)} {what}"
