"""The command `import`: files and folders to findings on the terminal, as JSON and as annotated copies, and to what is kept of them."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import polars as pl

from etl.intake.annotate import SUFFIX, annotate
from etl.intake.differences import Names, differences
from etl.intake.finding import Finding, cell_order
from etl.intake.intake import Intake, read_intake
from etl.intake.landing import as_kept, contradictions, keep, kept_facts, name_of, of_others, take_back
from etl.intake.mapping import Mapping, read_mapping
from etl.intake.pack import ENDING, pack, unpack
from etl.intake.sheets import TEXTS, WORKBOOKS
from etl.intake.trial import MOST_FIGURES, Build, Trial
from etl.problems import TOLD, InputErrors, Problem, display_path
from etl.progress import shown_steps
from etl.read.admission import admit
from etl.read.crosscheck import cross_check
from etl.read.sources import Registries, read_registries

MOST_ROWS = 200  # figures of a file that its JSON holds


@dataclass(frozen=True, kw_only=True)
class How:
    """What is asked of the command beside the files."""

    out: Path  # where the annotated copies go
    guess: bool = False
    check: bool = False
    json: bool = False
    name: str = ""
    compare: bool = False
    undo: bool = False
    pack: bool = False


@dataclass
class Done:
    """What came of a run: the files that were read. `base`: checks that what is kept already does not pass, in words: no fault of theirs.
    `untried`: they hold too many figures for a trial. `copies`: the annotated copy of a file that has one."""

    intakes: list[Intake] = field(default_factory=list)
    base: list[str] = field(default_factory=list)
    untried: bool = False
    copies: dict[Path, Path] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        """Whether any file has an error."""
        return any(intake.refused for intake in self.intakes)

    @property
    def sound(self) -> list[Intake]:
        """Those that may be kept."""
        return [intake for intake in self.intakes if not intake.refused]

    def as_json(self) -> str:
        """All findings, file by file, with the first figures."""
        told = [
            {
                "file": display_path(intake.file),
                "file_hash": intake.file_hash,
                "refused": intake.refused,
                "facts": intake.facts.height,
                "areas": intake.facts["ref_area"].n_unique(),
                "findings": [finding.to_dict() for finding in intake.findings],
                "rows": intake.facts.head(MOST_ROWS).to_dicts(),
                "base": self.base,
                "untried": self.untried,
                "annotated": display_path(self.copies[intake.file]) if intake.file in self.copies else None,
            }
            for intake in self.intakes
        ]
        return json.dumps(told, ensure_ascii=False, indent=1)


class Import:
    """One run of the command; what it says goes to `tell` line by line."""

    def __init__(self, sources: Path, mapping: Path | None, how: How, *, build: Build, tell: Callable[[str], object]) -> None:
        self.sources, self.how, self._build, self._tell = sources, how, build, tell
        self.mapping: Mapping | None = read_mapping(mapping) if mapping else None

    def run(self, given: tuple[Path, ...]) -> Done:
        """Do what is asked. Raises EtlError where nothing could be read at all."""
        if self.how.undo:
            for name in given:
                self._undo(str(name))
            return Done()
        paths = self._paths(given)
        if self.how.guess:
            for path in paths:
                self._tell(self._guess(path))
            return Done()
        if self.how.name and len(paths) > 1:
            raise InputErrors(
                [Problem(file="--name", message="有几个文件，不能都叫这个名称", fix="一次导入一个文件，或不写 --name")]
            )
        if self.how.compare:
            return self._compare(paths)
        done = self._judged(paths)
        if self.how.pack:
            for intake in done.sound:
                self._tell(f"已打包：{display_path(pack(intake))}，把它发给上级")
        elif not self.how.check:
            self._take(done)
        return done

    @cached_property
    def registries(self) -> Registries:
        """Raises InputErrors where they are faulty themselves: effects would drown the cause."""
        registries = read_registries(self.sources)
        admit(registries, ())
        problems = [*registries.problems, *cross_check(registries)]
        if problems:
            raise InputErrors(problems)
        return registries

    def _paths(self, given: Iterable[Path]) -> list[Path]:
        """The files meant; of a folder all tables in it, without annotated copies and the locks of office programs."""
        found: list[Path] = []
        for path in given:
            inside = sorted(path.rglob("*")) if path.is_dir() else [path]
            tables = [one for one in inside if not path.is_dir() or self._is_table(one, path)]
            found += [unpack(one) if one.suffix.lower() == ".zip" else one for one in tables]
        if not found:
            where = "、".join(map(display_path, given))
            raise InputErrors([Problem(file=where, message="没有可读的表格", fix="放入 XLSX、XLS、ODS 或 CSV")])
        return found

    def _is_table(self, path: Path, folder: Path) -> bool:
        """Whether a file of `folder` is meant: no annotated copy of ours, no lock of an office program, nothing in a hidden folder."""
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        own = path.name.endswith(SUFFIX) or path.name.startswith("~$") or hidden
        packed = path.name.endswith(ENDING) and not path.with_name(path.name.removesuffix(ENDING) + ".xlsx").exists()
        return path.is_file() and (packed or path.suffix.lower() in {*WORKBOOKS, *TEXTS}) and not own

    @cached_property
    def _kept(self) -> pl.DataFrame:
        return kept_facts(self.sources)

    def _name(self, path: Path) -> str:
        return self.how.name or name_of(path)

    def _read(self, path: Path, kept: pl.DataFrame) -> Intake:
        """Read one file and hold it against what is kept."""
        known = of_others(kept, self._name(path))
        intake = read_intake(path, registries=self.registries, mapping=self.mapping, known=known)
        return _with(intake, contradictions(intake, known))

    def _judged(self, paths: Sequence[Path]) -> Done:
        """Read all files, each against those before it as if they were kept; try those without errors; say what was found."""
        done, kept = Done(), self._kept
        with shown_steps(len(paths)) as steps:
            for path in paths:
                steps.say(f"读入 {path.name}")
                intake = self._read(path, kept)
                done.intakes.append(intake)
                if not intake.refused and len(paths) > 1:
                    kept = pl.concat([kept, as_kept(intake, self._name(path))])
        figures = sum(intake.facts.height for intake in done.sound)
        done.untried = figures > MOST_FIGURES
        if not done.untried:
            self._try(done)
        for intake in done.intakes:
            self._tell_of(intake, done.copies)
        if done.untried:
            self._tell(f"有 {figures:,} 个数，太多，没有试做数据仓库：它的检查到 make warehouse 时才做，通不过的再用 --undo 撤回")
        if done.base:
            self._tell("库里原有的数通不过检查，与这次的文件无关；先改好它们，否则数据仓库生成不了：")
            for sentence in done.base:
                self._tell(f"  {sentence}")
        return done

    def _try(self, done: Done) -> None:
        """Build those without errors on trial."""
        sound = done.sound
        trial = Trial(self.sources, self.registries, self._kept, self._build)
        verdict = trial.judge(sound, [self._name(intake.file) for intake in sound])
        tried = {intake.file: _with(intake, found) for intake, found in zip(sound, verdict.findings, strict=True)}
        done.intakes = [tried.get(intake.file, intake) for intake in done.intakes]
        done.base = verdict.base

    def _tell_of(self, intake: Intake, copies: dict[Path, Path]) -> None:
        """What was found in a file, on the terminal and at the cells of a copy, which then is one of `copies`."""
        path, found = intake.file, intake.findings
        errors = sum(finding.severity == "错误" for finding in found)
        self._tell(f"{display_path(path)}：{errors} 处错误，{len(found) - errors} 处警示")
        for finding in found[:TOLD]:
            self._tell(f"  {finding}")
        if len(found) > TOLD:
            self._tell(f"  ……其余 {len(found) - TOLD} 处见批注")
        if found and intake.file_hash and not intake.secret:
            copies[path] = annotate(intake, self.how.out, taken=copies.values())
            self._tell(f"  批注写在：{display_path(copies[path])}")
        if intake.refused:
            self._tell("有错误，没有入库：改好后整个文件重新导入")

    def _take(self, done: Done) -> None:
        """Keep what may be kept; then how many came in."""
        for intake in done.sound:
            self._keep(intake)
        held, kept = [intake.file.name for intake in done.intakes if intake.refused], len(done.sound)
        if kept + len(held) > 1:
            self._tell(
                f"共 {kept + len(held)} 份：入库 {kept} 份" + (f"，退回 {len(held)} 份（{'、'.join(held)}）" if held else "")
            )
        if kept:
            self._tell("下一步：make warehouse 生成数据仓库；谁报了、谁没报，看“数据与来源”的“报送进度”")

    def _keep(self, intake: Intake) -> None:
        done = keep(intake, self.sources, self.registries, name=self.how.name)
        one = done.submission
        if done.again:
            self._tell(f"与“{one.name}”第 {one.version} 版是同一个文件，没有新的一版")
            return
        self._tell(f"已入库：“{one.name}”第 {one.version} 版，{one.facts} 个数，{one.places} 个地区")
        for change in done.changes[:TOLD]:
            self._tell(f"  {change}")
        if one.version > 1 and not done.changes:
            self._tell("  与上一版没有不同")

    def _undo(self, name: str) -> None:
        gone, now = take_back(name, self.sources)
        rest = f"第 {now.version} 版重新算数" if now else "这份报送已没有算数的一版"
        self._tell(f"已撤回：“{gone.name}”第 {gone.version} 版，{gone.facts} 个数；{rest}")

    def _compare(self, paths: Sequence[Path]) -> Done:
        if len(paths) != 2:
            raise InputErrors([Problem(file="--compare", message="要比较的应是两个文件", fix="写两份各自录入的表")])
        one, other = (self._read(path, self._kept) for path in paths)
        done = Done([one, other])
        for intake in done.intakes:
            self._tell_of(intake, done.copies)
        names = Names.of(self.registries, [*one.areas, *other.areas])
        only = (f"只在 {one.file.name}", f"只在 {other.file.name}")
        found = differences(one.facts, other.facts, names, only=only)
        for difference in found:
            self._tell(difference)
        self._tell(f"共 {len(found)} 处不同" if found else f"两份完全相同，{one.facts.height} 个数")
        return done

    def _guess(self, path: Path) -> str:
        """Write a mapping to be edited beside the file; what was done, in words."""
        from etl.intake.guess import guess_mapping

        target = path.with_suffix(".toml")
        if target.exists():
            raise InputErrors([Problem(file=display_path(target), message="已经有一份映射", fix="改用它，或先移走再猜")])
        guessed = guess_mapping(path, self.registries)
        target.write_text(guessed.text, encoding="utf-8")
        return f"已写好 {display_path(target)}：认出 {guessed.mapped} 列，请核对 {guessed.doubtful} 处，没有认出 {guessed.unmapped} 列"


def _with(intake: Intake, findings: Iterable[Finding]) -> Intake:
    return replace(intake, findings=sorted([*intake.findings, *findings], key=cell_order))
