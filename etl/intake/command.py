"""The command `import`: files and folders to findings on the terminal, as JSON and as annotated copies."""

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

import polars as pl

from etl.intake.annotate import SUFFIX, annotate
from etl.intake.intake import Intake, read_intake
from etl.intake.mapping import Mapping, read_mapping
from etl.intake.sheets import TEXTS, WORKBOOKS
from etl.problems import TOLD, InputErrors, Problem, display_path
from etl.read.crosscheck import cross_check
from etl.read.facts import TEXT_SCHEMA, read_fact_file
from etl.read.sources import Registries, fact_files, read_registries


class Import:
    """One run of the command; what it says goes to `tell` line by line."""

    def __init__(self, sources: Path, mapping: Path | None, tell: Callable[[str], object]) -> None:
        self.sources, self._tell = sources, tell
        self.mapping: Mapping | None = read_mapping(mapping) if mapping else None

    @cached_property
    def registries(self) -> Registries:
        """Raises InputErrors where they are faulty themselves: effects would drown the cause."""
        registries = read_registries(self.sources)
        problems = [*registries.problems, *cross_check(registries)]
        if problems:
            raise InputErrors(problems)
        return registries

    @cached_property
    def known(self) -> pl.DataFrame:
        """The facts that are kept already, as text."""
        texts = [read_fact_file(path, file=path.name, problems=[]) for path in fact_files(self.sources)]
        return pl.concat([pl.DataFrame(schema=TEXT_SCHEMA), *texts])

    def paths(self, given: Iterable[Path]) -> list[Path]:
        """The files meant; of a folder all tables in it, without annotated copies and the locks of office programs."""
        found: list[Path] = []
        for path in given:
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            found += [one for one in inside if not path.is_dir() or self._is_table(one)]
        if not found:
            raise InputErrors(
                [Problem(file="、".join(map(display_path, given)), message="没有可读的表格", fix="放入 XLSX、XLS、ODS 或 CSV")]
            )
        return found

    def _is_table(self, path: Path) -> bool:
        own = path.name.endswith(SUFFIX) or path.name.startswith(("~$", ".~"))
        return path.is_file() and path.suffix.lower() in {*WORKBOOKS, *TEXTS} and not own

    def read(self, path: Path) -> Intake:
        """Read one file and say what was found."""
        intake = read_intake(path, registries=self.registries, mapping=self.mapping, known=self.known)
        errors = sum(finding.severity == "错误" for finding in intake.findings)
        self._tell(f"{display_path(path)}：{errors} 处错误，{len(intake.findings) - errors} 处警示")
        for finding in intake.findings[:TOLD]:
            self._tell(f"  {finding}")
        if len(intake.findings) > TOLD:
            self._tell(f"  ……其余 {len(intake.findings) - TOLD} 处见批注")
        if intake.findings and intake.file_hash:
            self._tell(f"  批注：{display_path(annotate(intake))}")
        places = intake.facts["ref_area"].n_unique()
        told = f"可以入库：{intake.facts.height} 个数，{places} 个地区"
        self._tell("有错误，没有入库：改好后整个文件重新导入" if intake.refused else told)
        return intake

    def guess(self, path: Path) -> str:
        """Write a mapping to be edited beside the file; what was done, in words."""
        from etl.intake.guess import guess_mapping

        target = path.with_suffix(".toml")
        if target.exists():
            raise InputErrors([Problem(file=display_path(target), message="已经有一份映射", fix="改用它，或先移走再猜")])
        guessed = guess_mapping(path, self.registries)
        target.write_text(guessed.text, encoding="utf-8")
        return f"已写好 {display_path(target)}：认出 {guessed.mapped} 列，请核对 {guessed.doubtful} 处，没有认出 {guessed.unmapped} 列"

    def as_json(self, intakes: Iterable[Intake]) -> str:
        """All findings, file by file."""
        return json.dumps(
            [
                {
                    "file": display_path(intake.file),
                    "file_hash": intake.file_hash,
                    "refused": intake.refused,
                    "facts": intake.facts.height,
                    "areas": intake.facts["ref_area"].n_unique(),
                    "findings": [finding.to_dict() for finding in intake.findings],
                }
                for intake in intakes
            ],
            ensure_ascii=False,
            indent=1,
        )
