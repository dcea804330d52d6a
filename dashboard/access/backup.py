"""One archive of what this installation alone has: the warehouse, accounts and audit log, an office's own facts. Checked as a whole."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.audit import AUDIT_FOLDER, AuditLog
from dashboard.settings import ROOT, Settings

WAREHOUSE, ACCESS, OWN = "warehouse.duckdb", "access", "local"  # their names in the archive
_LIST = "sha256.json"


class BackupError(Exception):
    """The archive cannot be made or is not whole. The message is Chinese and says what to do; nothing was changed."""


def places(settings: Settings) -> Mapping[str, Path]:
    """Where each part of the archive stands in this installation."""
    return {WAREHOUSE: settings.warehouse, ACCESS: settings.access, OWN: ROOT / "etl" / "sources" / "local"}


def back_up(target: Path, settings: Settings) -> list[str]:
    """Write the archive, also while the server runs and a build replaces the warehouse; the names of what is in it."""
    with TemporaryDirectory(dir=_folder(target)) as folder:
        gathered = Path(folder) / "parts"
        gathered.mkdir()
        for name, path in places(settings).items():
            if name == ACCESS and path.is_dir():
                (gathered / ACCESS).mkdir(mode=0o700)
                Accounts(path / ACCOUNTS_FILE).copy_to(gathered / ACCESS / ACCOUNTS_FILE)
                AuditLog(path / AUDIT_FOLDER).copy_to(gathered / ACCESS / AUDIT_FOLDER)
            elif path.is_dir():
                shutil.copytree(path, gathered / name)
            elif path.is_file():
                shutil.copyfile(path, gathered / name)  # never written in place: what is opened stays one build
        held = sorted(one.name for one in gathered.iterdir())
        if not held:
            raise BackupError("没有可备份的内容：还没有数据仓库、账户和自己的数据。")
        digests = {str(path.relative_to(gathered)): _digest(path) for path in sorted(gathered.rglob("*")) if path.is_file()}
        (gathered / _LIST).write_text(json.dumps(digests, ensure_ascii=False, indent=1), encoding="utf-8")
        draft = Path(folder) / "archive"
        with tarfile.open(draft, "w:gz", compresslevel=3) as archive:
            archive.add(gathered, arcname=".")
        draft.chmod(0o600)  # it holds digests of passwords, and perhaps internal facts
        draft.replace(target)
    return held


def restore(source: Path, settings: Settings, *, replace: bool) -> dict[str, Path]:
    """Put back what the archive holds, after every digest was found right; where each part stands now. What stood there is kept
    beside it under another name. BackupError, with nothing changed, for a bad archive, or for what is there already without `replace`."""
    with TemporaryDirectory(dir=ROOT) as folder:
        found = _unpacked(source, Path(folder))
        into = {name: path for name, path in places(settings).items() if (found / name).exists()}
        there = [str(path) for path in into.values() if path.exists()]
        if there and not replace:
            raise BackupError(f"已有：{'、'.join(there)}。要用备份换下（原来的改名留在旁边），请加 --replace。")
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
        for name, path in into.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists():
                path.rename(path.with_name(f"{path.name}.before-{stamp}"))
            shutil.move(found / name, path)
    return into


def _unpacked(source: Path, folder: Path) -> Path:
    """The parts of an archive, each as it was written."""
    found = folder / "parts"
    try:
        with tarfile.open(source) as archive:
            archive.extractall(found, filter="data")
        digests: dict[str, str] = json.loads((found / _LIST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BackupError(f"没有这个文件，或不是备份：{source}") from error
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise BackupError(f"备份文件读不出来，可能没有复制完整：{source}") from error
    written = {str(path.relative_to(found)) for path in found.rglob("*") if path.is_file()} - {_LIST}
    for name in sorted(written | digests.keys()):
        if name not in written or name not in digests or _digest(found / name) != digests[name]:
            raise BackupError(f"备份文件内容不对：{name} 与备份时不同。请换一份备份。")
    return found


def _folder(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(f"写不到 {target}：{error.strerror}") from error
    if not os.access(target.parent, os.W_OK):
        raise BackupError(f"写不到 {target}：没有权限。")
    return target.parent


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
