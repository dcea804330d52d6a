"""Verifying an exported file: unchanged, exactly the facts that changed, or refused. The files are put together by hand here."""

import hashlib
import json
import struct
import zipfile
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from click.testing import CliRunner

from etl.__main__ import app
from etl.ask.diff import read_facts
from etl.ask.verify import Verifier, build_of
from etl.build.build import Built
from etl.problems import EtlError
from etl.stamps import read_stamp
from vocabulary.stamps import KEYWORD, claim_digest, written

run = CliRunner()


def stamp_of(warehouse: Path, chosen_facts=None, **changed) -> str:
    known = read_facts(warehouse)
    chosen = known if chosen_facts is None else {fact: known[fact] for fact in chosen_facts}
    content = {
        "stamp": "reform-metrics/1", "build": build_of(warehouse), "built_at": "", "charts": [{"id": "c", "selection": ""}],
        "facts": {fact: [written(row["obs_value"]), claim_digest(row)] for fact, row in chosen.items()},
    } | changed  # fmt: skip
    text = json.dumps(content, separators=(",", ":"))
    return json.dumps(content | {"check": hashlib.sha256(text.encode()).hexdigest()[:16]}, separators=(",", ":"))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(path: Path, text: str) -> Path:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    stamp = chunk(b"iTXt", KEYWORD.encode() + b"\0\0\0\0\0" + text.encode()) if text else b""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + header + stamp + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b""))
    return path


def svg(path: Path, text: str) -> Path:
    inside = f'<metadata id="{KEYWORD}">{escape(text)}</metadata>' if text else ""
    path.write_text(f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', encoding="utf-8")
    return path


def office(path: Path, text: str) -> Path:
    pieces = [text[start : start + 240] for start in range(0, len(text), 240)]
    listed = "".join(
        f'<property name="{KEYWORD}-{n:03d}"><lpwstr>{escape(piece)}</lpwstr></property>' for n, piece in enumerate(pieces, 1)
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("docProps/custom.xml", f"<Properties>{listed}</Properties>")
    return path


FORMATS = {"x.png": png, "x.svg": svg, "x.xlsx": office, "x.docx": office, "x.pptx": office}


@pytest.fixture(scope="module")
def later(corrected_build: Built) -> Path:
    """The fixture with one figure changed: 农业服务中心 11 → 12 people."""
    return corrected_build.target


@pytest.mark.parametrize("name", FORMATS)
def test_an_unchanged_file_is_unchanged_and_a_changed_fact_is_named(warehouse, later, tmp_path, name):
    path = FORMATS[name](tmp_path / name, stamp_of(warehouse))
    assert Verifier.of(warehouse).verify(path).changed == ()
    [sentence] = Verifier.of(later).verify(path).changed
    assert "张店乡 实有人数" in sentence
    assert "由 11 改为 12" in sentence


def test_a_file_that_does_not_use_the_changed_fact_is_unchanged_by_it(warehouse, later, tmp_path):
    [fact] = [fact for fact, row in read_facts(warehouse).items() if row["as_stated"] == "11人"]
    others = [other for other in read_facts(warehouse) if other != fact]
    assert Verifier.of(later).verify(png(tmp_path / "a.png", stamp_of(warehouse, others))).changed == ()
    assert len(Verifier.of(later).verify(png(tmp_path / "b.png", stamp_of(warehouse, [fact, *others[:3]]))).changed) == 1


def test_a_fact_that_is_gone_is_named(warehouse, tmp_path):
    path = png(tmp_path / "x.png", stamp_of(warehouse, [], facts={"F0000000000": ["7", "00000000"]}))
    assert Verifier.of(warehouse).verify(path).changed == ("F0000000000：已不在库中（导出时为 7）",)


@pytest.mark.parametrize("name", FORMATS)
def test_no_stamp_is_never_ok(warehouse, tmp_path, name):
    path = FORMATS[name](tmp_path / name, "")
    with pytest.raises(EtlError, match="没有本系统的印记"):
        Verifier.of(warehouse).verify(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text[:-20], "已损坏"),
        (lambda text: text.replace('"c"', '"d"'), "已损坏"),
        (lambda text: "[]", "已损坏"),
        (lambda text: text.replace("reform-metrics/1", "reform-metrics/9"), "只认识"),
    ],
)
def test_a_damaged_or_foreign_stamp_is_refused(warehouse, tmp_path, spoil, said):
    with pytest.raises(EtlError, match=said):
        read_stamp(png(tmp_path / "x.png", spoil(stamp_of(warehouse))))


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n\0\0\0\xffiTXt", b"<svg><unclosed>"])
def test_a_broken_file_is_refused_in_words(warehouse, tmp_path, content):
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    with pytest.raises(EtlError, match="不能核对"):
        Verifier.of(warehouse).verify(path)


def test_without_facts_only_the_same_build_is_unchanged(warehouse, later, tmp_path):
    path = png(tmp_path / "timeline.png", stamp_of(warehouse, []))
    assert Verifier.of(warehouse).verify(path).changed == ()
    with pytest.raises(EtlError, match="没有登记事实"):
        Verifier.of(later).verify(path)


def test_the_command_says_it_and_ends_accordingly(warehouse, later, tmp_path):
    path = svg(tmp_path / "图.svg", stamp_of(warehouse))
    fine = run.invoke(app, ["verify", str(path), "--warehouse", str(warehouse)])
    assert (fine.exit_code, fine.output.startswith("未变：图.svg")) == (0, True)
    moved = run.invoke(app, ["verify", str(path), "--warehouse", str(later)])
    assert moved.exit_code == 1
    assert moved.output.count("\n  F") == 1
    bare = run.invoke(app, ["verify", str(svg(tmp_path / "bare.svg", "")), "--warehouse", str(warehouse)])
    assert bare.exit_code == 1
    assert "未变" not in bare.output
    missing = run.invoke(app, ["verify", str(tmp_path / "none.png")])
    assert missing.exit_code == 1


def test_a_folder_lists_every_export_that_used_a_changed_fact(warehouse: Path, later: Path, tmp_path: Path):
    """After a correction: which briefs and pictures have to be made again."""
    [fact] = [one for one, row in read_facts(warehouse).items() if row["as_stated"] == "11人"]
    others = [one for one in read_facts(warehouse) if one != fact]
    png(tmp_path / "图.png", stamp_of(warehouse, [fact]))
    svg(tmp_path / "别图.svg", stamp_of(warehouse, others[:3]))
    (tmp_path / "简报").mkdir()
    office(tmp_path / "简报" / "简报.docx", stamp_of(warehouse, [fact, others[0]]))
    (tmp_path / "说明.txt").write_text("不是导出", encoding="utf-8")
    told = run.invoke(app, ["verify", str(tmp_path), "--warehouse", str(later)])
    assert told.exit_code == 1
    assert [line[:3] for line in told.output.splitlines() if not line.startswith(" ")] == ["未变：", "有改动", "有改动", "共 3"]
    assert "3 份，2 份有改动" in told.output
    png(tmp_path / "无印记.png", "")
    assert "不能核对" in run.invoke(app, ["verify", str(tmp_path), "--warehouse", str(later)]).output
    assert run.invoke(app, ["verify", str(tmp_path / "别图.svg"), "--warehouse", str(later)]).exit_code == 0
    (tmp_path / "空").mkdir()
    assert "没有导出的文件" in run.invoke(app, ["verify", str(tmp_path / "空"), "--warehouse", str(later)]).output
