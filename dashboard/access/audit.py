"""The audit log: who signed in, exported, queried, administered, and when. Lines are added and never changed.

Each line is a JSON object that holds the digest of the line before and its own: a line that is changed, taken out or put in later
breaks the chain at its place. `head` holds number and digest of the last line, so that lines cut off at the end are missed too.
Whoever may write both files can still forge a whole new chain: keep copies elsewhere (docs/operations.md).
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

AUDIT_FOLDER = "audit"  # in the folder of the settings
LARGEST = 20_000_000  # bytes of one file; the next one goes on with the chain
LONGEST = 20_000  # characters of one detail, such as a statement: the rest is left out, and said so
_LONGEST_LINE = 400_000  # bytes, more than details of that length can make
_START = "0" * 64
_FILES = "audit-*.jsonl"


DEEDS = {
    "signed_in": "登录", "failed": "登录失败", "signed_out": "退出", "password": "改口令", "exported": "导出", "queried": "查询",
    "checked": "核对填报表", "administered": "管理", "refused": "越权被拒",
}  # fmt: skip
DETAILS = {
    "by": "经由", "everywhere": "所有地方", "card": "图表", "form": "格式", "facts": "事实", "build": "数据版本", "brief": "简报", "stamp": "戳记",
    "path": "地址", "query": "参数", "sql": "语句", "file": "文件", "role": "缺少", "roles": "角色", "command": "命令", "user": "用户", "status": "状态码",
}  # fmt: skip


class AuditError(Exception):
    """The log cannot be written or is not what was written. The message is Chinese."""


class AuditLog:
    """The log in `folder`. Safe for several threads and processes."""

    def __init__(self, folder: Path, *, largest: int = LARGEST) -> None:
        self._folder, self._largest = folder, largest
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise AuditError(
                f"审计日志的文件夹建不了（{folder}：{error.strerror}）。请检查 ACCESS 指的文件夹及其权限。"
            ) from error

    def add(self, what: str, *, who: str = "", where: str = "", **details: Any) -> None:
        """One line: `what` was done, by `who`, from the address `where`. AuditError when it cannot be kept: then it must not be done."""
        try:
            with self._locked():
                number, before = self._head()
                line: dict[str, Any] = {
                    "number": number + 1, "at": datetime.now(UTC).isoformat(timespec="milliseconds"), "what": what, "who": who,
                    "where": where, **({"details": {name: _bounded(value) for name, value in details.items()}} if details else {}), "before": before,
                }  # fmt: skip
                line["digest"] = _digest(line)
                with self._file().open("r+b") as file:
                    file.seek(_whole_bytes(file))
                    file.truncate()  # half a line that a loss of power left: it was never told to be there
                    file.write(f"{_text(line)}\n".encode())
                    file.flush()
                    os.fsync(file.fileno())
                (self._folder / "head").write_text(f"{line['number']} {line['digest']}", encoding="utf-8")
        except OSError as error:
            raise AuditError(f"审计日志写不进去（{error.strerror}），操作没有进行。请管理员检查磁盘。") from error

    def lines(self) -> Iterator[dict[str, Any]]:
        """Every line from the first, unchecked; what is no line is left out."""
        for path in self._paths():
            for text in path.read_text(encoding="utf-8", errors="replace").splitlines():
                try:
                    line = json.loads(text)
                except ValueError:
                    continue
                if isinstance(line, dict):
                    yield line

    def checked(self) -> int:
        """How many lines there are, all as they were written. AuditError names the first that is not."""
        number, before = 0, _START
        with self._locked():
            for path in self._paths():
                for at, text in enumerate(path.read_bytes().splitlines(), 1):
                    if not (line := _line(text)) or line["before"] != before or line["number"] != number + 1:
                        raise AuditError(f"审计日志被改动：{path.name} 第 {at} 行接不上前一行或内容不符。")
                    number, before = line["number"], line["digest"]
            head, digest = self._head()
        if (head, digest) != (number, before):
            raise AuditError(f"审计日志被截断：应有 {head} 行，现有 {number} 行。")
        return number

    def copy_to(self, folder: Path) -> None:
        """A whole copy: no line is written meanwhile."""
        with self._locked():
            shutil.copytree(self._folder, folder)

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob(_FILES))

    def _file(self) -> Path:
        paths = self._paths()
        if paths and paths[-1].stat().st_size < self._largest:
            return paths[-1]
        path = self._folder / f"audit-{len(paths) + 1:05d}.jsonl"
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        return path

    def _head(self) -> tuple[int, str]:
        """Number and digest of the last line. A line may have been written whose note here was not: power went between the two."""
        try:
            number, _, digest = (self._folder / "head").read_text(encoding="utf-8").partition(" ")
            noted = int(number), digest
        except (FileNotFoundError, ValueError):
            noted = 0, _START
        paths = self._paths()
        last = _line(_tail(paths[-1]).rstrip(b"\n").rpartition(b"\n")[2]) if paths else None
        return (last["number"], last["digest"]) if last and last["before"] == noted[1] else noted

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line for who reads it. `at` to the second, by the clock of this machine; the line itself is in universal time."""

    at: str
    who: str
    what: str
    where: str
    details: tuple[tuple[str, str], ...]


def in_words(line: Mapping[str, Any]) -> Told:
    """What a line says, in Chinese; what has no word stays as it was written, for the log may be of a later version."""
    details: dict[str, Any] = line["details"] if isinstance(line.get("details"), dict) else {}
    return Told(
        at=_here(str(line.get("at", ""))),
        who=str(line.get("who", "")),
        what=DEEDS.get(str(line.get("what")), str(line.get("what", ""))),
        where=str(line.get("where", "")),
        details=tuple((DETAILS.get(key, key), _word(value)) for key, value in details.items()),
    )


def _here(stated: str) -> str:
    try:
        return f"{datetime.fromisoformat(stated).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return stated


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _bounded(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}……（原长 {len(value)} 字符）"
    return value


def _tail(path: Path) -> bytes:
    """The end of a file, with its last whole line in it."""
    with path.open("rb") as file:
        end = _whole_bytes(file)
        file.seek(max(0, end - _LONGEST_LINE))
        return file.read(min(end, _LONGEST_LINE))


def _whole_bytes(file: BinaryIO) -> int:
    """Bytes up to the end of the last whole line."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - _LONGEST_LINE)
    file.seek(start)
    return start + file.read().rfind(b"\n") + 1


def _line(text: bytes) -> dict[str, Any] | None:
    """What a line says, if it is as it was written."""
    try:
        line = json.loads(text)
        stated = line.pop("digest")
        return {**line, "digest": stated} if {"number", "before"} <= line.keys() and stated == _digest(line) else None
    except (ValueError, KeyError, AttributeError, TypeError):
        return None


def _digest(line: dict[str, Any]) -> str:
    return hashlib.sha256(_text(line).encode()).hexdigest()


def _text(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"), default=str)
