"""The stamp inside an exported file: of which build and which facts it was made. Where it lies: docs/export-stamp.md."""

import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from etl.problems import EtlError
from vocabulary.stamps import KEYWORD, unsealed

LARGEST = 64_000_000  # bytes of one part that is read
_PNG = b"\x89PNG\r\n\x1a\n"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What an export says of itself. `facts`: fact_id → (value as written, digest of the claim)."""

    build: str
    built_at: str
    charts: tuple[str, ...]
    facts: dict[str, tuple[str, str]]


def read_stamp(path: Path) -> Stamp:
    """The stamp of an exported file. EtlError (in Chinese) without one, or when it is damaged."""
    if not path.is_file():
        raise EtlError(f"没有这个文件：{path}")
    with path.open("rb") as file:
        start = file.read(8)
    try:
        found = _in_png(path) if start == _PNG else _in_office(path) if start[:4] == _ZIP else _in_svg(path)
    except (OSError, zipfile.BadZipFile, struct.error, ElementTree.ParseError, UnicodeDecodeError) as error:
        raise EtlError(f"{path.name} 不完整或无法读取，不能核对") from error
    if not found:
        raise EtlError(f"{path.name} 里没有本系统的印记，不能核对：它不是由本系统导出，或印记已被别的程序去掉")
    return _parse(found, path.name)


def _parse(found: str, name: str) -> Stamp:
    try:
        content = unsealed(found)
    except ValueError as error:
        raise EtlError(f"{name} 的印记{error}") from error
    try:
        facts = {str(fact): (str(value), str(digest)) for fact, (value, digest) in content["facts"].items()}
        charts = tuple(str(chart["id"]) for chart in content["charts"])
        return Stamp(build=str(content["build"]), built_at=str(content["built_at"]), charts=charts, facts=facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EtlError(f"{name} 的印记已损坏，不能核对") from error


def _in_png(path: Path) -> str:
    """Text of the iTXt chunk with our keyword."""
    content = path.read_bytes()
    at = len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(KEYWORD.encode() + b"\0"):
            return body[len(KEYWORD) + 1 :].split(b"\0", 4)[-1].decode()  # flags, language and translated keyword are blank
        if kind == b"IEND":
            break
        at += 12 + length
    return ""


def _in_svg(path: Path) -> str:
    """Content of the metadata element with our id; blank for a file that is no SVG."""
    text = path.read_bytes()[:LARGEST]
    if b"<svg" not in text[:4096]:
        return ""
    for element in ElementTree.fromstring(text).iter():
        if element.tag.rpartition("}")[2] == "metadata" and element.get("id") == KEYWORD:
            return element.text or ""
    return ""


def _in_office(path: Path) -> str:
    """The pieces of the custom properties, put together in order."""
    with zipfile.ZipFile(path) as package:
        if "docProps/custom.xml" not in package.namelist() or package.getinfo("docProps/custom.xml").file_size > LARGEST:
            return ""
        properties = ElementTree.fromstring(package.read("docProps/custom.xml"))
    pieces = {}
    for element in properties:
        name = element.get("name") or ""
        if re.fullmatch(rf"{KEYWORD}-\d+", name):
            pieces[int(name.rpartition("-")[2])] = "".join(element.itertext())
    return "".join(pieces[number] for number in sorted(pieces))
