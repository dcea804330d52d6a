"""Backup and restore: whole or not at all, nothing lost."""

import shutil
import tarfile
from dataclasses import replace

import pytest

from dashboard.access import backup as backups
from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.audit import AUDIT_FOLDER, AuditLog
from dashboard.access.backup import BackupError, back_up, restore
from dashboard.settings import Settings


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """An installation with something in every part."""
    root = tmp_path / "installed"
    (root / "etl" / "sources" / "local" / "facts").mkdir(parents=True)
    (root / "etl" / "sources" / "local" / "facts" / "自己的.csv").write_text("数", encoding="utf-8")
    (root / "warehouse.duckdb").write_bytes(b"warehouse" * 1000)
    Accounts(root / "access" / ACCOUNTS_FILE).add("张三", (), None)
    AuditLog(root / "access" / AUDIT_FOLDER).add("administered", who="本机")
    monkeypatch.setattr(backups, "ROOT", root)
    return Settings(warehouse=root / "warehouse.duckdb", access=root / "access")


def held(settings) -> dict[str, bytes]:
    return {
        f"{name}/{path.relative_to(place)}": path.read_bytes()
        for name, place in backups.places(settings).items()
        for path in (place.rglob("*") if place.is_dir() else [place])
        if path.is_file() and path.name != "lock"
    }


def test_what_is_restored_is_what_was_backed_up(settings, tmp_path, monkeypatch):
    before = held(settings)
    assert back_up(tmp_path / "kept" / "b.tar.gz", settings) == ["access", "local", "warehouse.duckdb"]
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setattr(backups, "ROOT", other)
    fresh = replace(settings, warehouse=other / "warehouse.duckdb", access=other / "access")
    restore(tmp_path / "kept" / "b.tar.gz", fresh, replace=False)
    after = held(fresh)
    assert {name for name in after if not name.endswith(ACCOUNTS_FILE)} == {
        name for name in before if not name.endswith(ACCOUNTS_FILE)
    }
    assert all(after[name] == content for name, content in before.items() if not name.endswith(ACCOUNTS_FILE))
    assert Accounts(other / "access" / ACCOUNTS_FILE).all() == Accounts(settings.access / ACCOUNTS_FILE).all()
    assert AuditLog(other / "access" / AUDIT_FOLDER).checked() == 1


def test_the_archive_is_for_its_owner_alone(settings, tmp_path):
    back_up(tmp_path / "b.tar.gz", settings)
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600


def test_what_is_there_stays_unless_it_is_to_be_replaced_and_then_beside(settings, tmp_path):
    back_up(tmp_path / "b.tar.gz", settings)
    settings.warehouse.write_bytes(b"newer")
    with pytest.raises(BackupError, match="--replace"):
        restore(tmp_path / "b.tar.gz", settings, replace=False)
    assert settings.warehouse.read_bytes() == b"newer"
    restore(tmp_path / "b.tar.gz", settings, replace=True)
    assert settings.warehouse.read_bytes() == b"warehouse" * 1000
    [old] = settings.warehouse.parent.glob("warehouse.duckdb.before-*")
    assert old.read_bytes() == b"newer"


def spoilt(archive, folder, change):
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    change(folder)
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder, arcname=".")


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "warehouse.duckdb").write_bytes(b"other"),
        lambda folder: (folder / "warehouse.duckdb").unlink(),
        lambda folder: (folder / "more").write_bytes(b"x"),
        lambda folder: shutil.rmtree(folder / "local"),
    ],
    ids=["changed", "missing", "more", "a part missing"],
)
def test_an_archive_that_is_not_as_written_changes_nothing(settings, tmp_path, change):
    back_up(tmp_path / "b.tar.gz", settings)
    spoilt(tmp_path / "b.tar.gz", tmp_path / "x", change)
    before = held(settings)
    with pytest.raises(BackupError, match="内容不对"):
        restore(tmp_path / "b.tar.gz", settings, replace=True)
    assert held(settings) == before


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_what_is_no_archive_is_said(settings, tmp_path, content):
    if content is not None:
        (tmp_path / "b.tar.gz").write_bytes(content)
    with pytest.raises(BackupError, match="备份"):
        restore(tmp_path / "b.tar.gz", settings, replace=True)


def test_half_an_archive_is_said(settings, tmp_path):
    back_up(tmp_path / "b.tar.gz", settings)
    content = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "b.tar.gz").write_bytes(content[: len(content) // 2])
    with pytest.raises(BackupError, match="没有复制完整"):
        restore(tmp_path / "b.tar.gz", settings, replace=True)


def test_an_archive_cannot_write_elsewhere(settings, tmp_path):
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as packed:
        packed.add(settings.warehouse, arcname="../../escaped")
    with pytest.raises(BackupError):
        restore(tmp_path / "b.tar.gz", settings, replace=True)
    assert not (tmp_path / "escaped").exists()


def test_nothing_to_back_up_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "ROOT", tmp_path / "none")
    with pytest.raises(BackupError, match="没有可备份的内容"):
        back_up(tmp_path / "b.tar.gz", Settings(warehouse=tmp_path / "w", access=tmp_path / "a"))
    assert not (tmp_path / "b.tar.gz").exists()
