"""Bytes of a text file, in whatever encoding a Chinese office produced, to text; or the problem that prevents it.

Order of trial: byte-order marks, strict UTF-8, UTF-16 without a mark, GB18030 (a superset of GBK and GB2312).
The order is strict rather than statistical, so the same bytes always read the same way. A file that is mostly
UTF-8 with a few broken lines is reported by line, not re-read as GB18030, which would turn it into mojibake.
"""

import codecs
from dataclasses import dataclass, field
from pathlib import Path

from etl.problems import Problem

OTHER_FORMATS = {
    b"PK\x03\x04": "这是 Excel/WPS 工作簿（或压缩包），不是 CSV",
    b"\xd0\xcf\x11\xe0": "这是旧版 Excel/WPS 文件（.xls/.et），不是 CSV",
    b"%PDF": "这是 PDF 文件，不是 CSV",
    b"\x1f\x8b": "这是 gzip 压缩文件，不是 CSV",
    b"PAR1": "这是 Parquet 文件，不是 CSV",
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LARGEST_FILE = 500 << 20  # bytes; it is read into memory as a whole
SAVE_AS = "请另存为“CSV UTF-8（逗号分隔）”"


@dataclass(frozen=True)
class Decoded:
    """`text` is None when the file cannot be read at all; `problems` says why."""

    text: str | None
    encoding: str = ""
    problems: list[Problem] = field(default_factory=list)


def read_text(path: Path, name: str) -> Decoded:
    """Read `path`; `name` is how problems call it. Never raises for anything the file system or the bytes can do."""
    data = _bytes(path)
    if isinstance(data, tuple):
        message, fix = data
        return Decoded(None, problems=[Problem(file=name, message=message, fix=fix)])
    return _decode(data, name)


def _bytes(path: Path) -> bytes | tuple[str, str]:
    """The content of a file that may be text, or (message, fix)."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            return "这不是普通文件", "给出一个 CSV 文件"
        if path.is_file() and path.stat().st_size > LARGEST_FILE:
            return f"文件超过 {LARGEST_FILE >> 20} MB", "按主题分成几个文件"
        data = path.read_bytes()
    except FileNotFoundError:
        return "文件不存在", "检查路径和文件名"
    except IsADirectoryError:
        return "这是一个文件夹，不是文件", "给出其中的 CSV 文件"
    except PermissionError:
        return "没有读取权限", "检查文件权限，或确认没有被其他程序占用"
    except OSError as error:
        return f"无法读取（{error.strerror}）", "检查磁盘和路径"
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return "文件是空的", "至少要有表头一行；不需要的文件请删除"
    other = next((message for magic, message in OTHER_FORMATS.items() if data.startswith(magic)), None)
    return (other, SAVE_AS) if other else data


def _decode(data: bytes, name: str) -> Decoded:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                line = data[: error.start].count(b"\n") + 1
                broken = Problem(file=name, line=line, message=f"文件带 {encoding} 标记，但内容不符", fix=SAVE_AS)
                return Decoded(None, problems=[broken])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(data, name)
    if "\x00" in text and (wide := _wide(data)):
        return wide
    return Decoded(text, "utf-8")


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a byte-order mark: every ASCII comma of the header then has a NUL beside it."""
    for encoding, comma in (("utf-16-le", b",\x00"), ("utf-16-be", b"\x00,")):
        if comma in data[:400]:
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return Decoded(text, encoding)
    return None


def _decode_legacy(data: bytes, name: str) -> Decoded:
    """Not UTF-8 as a whole: a few broken lines, UTF-16 without mark, GB18030, or nothing we know."""
    if wide := _wide(data):
        return wide
    lines = data.split(b"\n")
    wide_lines = [(number, line) for number, line in enumerate(lines, start=1) if not line.isascii()]
    broken = [(number, line) for number, line in wide_lines if not _is_utf8(line)]
    if len(broken) * 2 > len(wide_lines):
        try:
            return Decoded(data.decode("gb18030"), "gb18030")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            unknown = Problem(file=name, line=line, message="文字编码无法识别，既不是 UTF-8 也不是 GB18030", fix=SAVE_AS)
            return Decoded(None, problems=[unknown])
    problems = [
        Problem(file=name, line=number, value=line.decode("utf-8", "replace"), message="本行含无效的 UTF-8 字节", fix=SAVE_AS)
        for number, line in broken
    ]
    return Decoded(None, problems=problems)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
