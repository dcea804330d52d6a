"""A package is sent whole: what was changed on its way, or is none, is refused."""

import json
import zipfile
from pathlib import Path

import pytest

from etl.intake.finding import Finding
from etl.intake.pack import FINDINGS, LIST, pack, unpack
from etl.problems import EtlError
from tests.etl.filled import intake, row


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "县里" / "兰考县.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"PK as it was filled in")
    return path


def sent(package: Path, folder: Path, **changed: bytes) -> Path:
    """The package as it arrives elsewhere, some of its parts changed."""
    folder.mkdir(exist_ok=True)
    arrived = folder / package.name
    with zipfile.ZipFile(package) as one, zipfile.ZipFile(arrived, "w") as other:
        for name in one.namelist():
            other.writestr(name, changed.get(name, one.read(name)))
    return arrived


def test_the_workbook_arrives_as_it_was_sent_with_what_was_found(workbook: Path, tmp_path: Path):
    doubt = Finding(severity="警示", sheet="人口", cell="C3", message="全角数字")
    package = pack(intake(row("770000"), file=str(workbook), findings=[doubt]))
    assert package.name == "兰考县-报送.zip"
    arrived = sent(package, tmp_path / "市里")
    with zipfile.ZipFile(arrived) as content:
        assert json.loads(content.read(LIST))["areas"] == ["410225"]
        assert json.loads(content.read(FINDINGS))[0]["cell"] == "C3"
    assert unpack(arrived).read_bytes() == workbook.read_bytes()
    assert unpack(arrived).name == "兰考县.xlsx"  # twice is once
    first = package.read_bytes()
    assert pack(intake(row("770000"), file=str(workbook), findings=[doubt])).read_bytes() == first


def test_what_was_changed_on_its_way_is_refused(workbook: Path, tmp_path: Path):
    package = pack(intake(row("770000"), file=str(workbook)))
    with pytest.raises(EtlError, match="指纹不符"):
        unpack(sent(package, tmp_path / "市里", **{"兰考县.xlsx": b"PK altered"}))
    for broken in (b"", b"{}", b"[]", b'{"file": "x.xlsx", "sha256": ""}'):
        with pytest.raises(EtlError, match="不是报送包"):
            unpack(sent(package, tmp_path / "市里", **{LIST: broken}))
    (tmp_path / "x-报送.zip").write_bytes(b"no zip")
    with pytest.raises(EtlError, match="不是报送包"):
        unpack(tmp_path / "x-报送.zip")


def test_a_package_never_writes_elsewhere_or_over_another_file(workbook: Path, tmp_path: Path):
    package = pack(intake(row("770000"), file=str(workbook)))
    arrived = sent(package, tmp_path / "市里")
    (tmp_path / "市里" / "兰考县.xlsx").write_bytes(b"another")
    with pytest.raises(EtlError, match="已经存在"):
        unpack(arrived)
    told = json.loads(zipfile.ZipFile(package).read(LIST)) | {"file": "../../坏.xlsx"}
    with zipfile.ZipFile(tmp_path / "坏-报送.zip", "w") as content:
        content.writestr("../../坏.xlsx", workbook.read_bytes())
        content.writestr(LIST, json.dumps(told))
    assert unpack(tmp_path / "坏-报送.zip") == tmp_path / "坏.xlsx"


def test_a_workbook_with_errors_is_not_sent(workbook: Path):
    with pytest.raises(EtlError, match="还有错误"):
        pack(intake(row("770000"), file=str(workbook), findings=[Finding(message="单位不对")]))
