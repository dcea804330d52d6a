"""Files of facts as people send them: those that are read, and those that are refused with line, column and words."""

import csv
import io
from typing import Any

from etl.read.facts import COLUMNS, UNSAID

ROW = {
    "ref_area": "140926",
    "indicator": "party_gov_bodies",
    "phase": "before",
    "time_period": "2020",
    "obs_value": "36",
    "unit_measure": "个",
    "precision": "exact",
    "as_stated": "党政机构36个",
    "scope": "党政机构",
    "source_id": "weekly2022",
    "locator": "第3段",
}
AFTER = ROW | {"phase": "after", "obs_value": "22", "as_stated": "精简为22个"}


def table(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, end: str = "\n", **dialect: Any) -> str:
    """CSV text of facts; ROW and AFTER when no row is given."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator=end, **dialect)
    writer.writeheader()
    writer.writerows(rows or (ROW, AFTER))
    return text.getvalue()


def changed(**cells: str) -> str:
    """Two rows, the second (line 3) with some cells changed."""
    return table(ROW, AFTER | cells)


HEADER, FIRST, SECOND = table().splitlines()
WITHOUT_SCOPE = tuple(column for column in COLUMNS if column != "scope")

READ: dict[str, bytes] = {
    "plain UTF-8": table().encode(),
    "UTF-8 with byte-order mark": table().encode("utf-8-sig"),
    "GB18030": table().encode("gb18030"),
    "GBK as saved by a Chinese spreadsheet": table(end="\r\n").encode("gbk"),
    "UTF-16 with mark, tabs: Excel's Unicode text": table(delimiter="\t", end="\r\n").encode("utf-16"),
    "UTF-16 big-endian with mark": b"\xfe\xff" + table().encode("utf-16-be"),
    "UTF-16 without mark": table().encode("utf-16-le"),
    "CRLF": table(end="\r\n").encode(),
    "CR only": table(end="\r").encode(),
    "no newline at the end": table().rstrip("\n").encode(),
    "blank lines before, between and after": f"\n\n{HEADER}\n\n{FIRST}\n,,,\n{SECOND}\n\n\n\n".encode(),
    "semicolons": table(delimiter=";").encode(),
    "columns in another order": table(columns=tuple(reversed(COLUMNS))).encode(),
    "header in capitals, with blanks around": table().replace("ref_area,indicator", " REF_AREA , Indicator ").encode(),
    "empty columns to the right, left by a spreadsheet": "\n".join(line + ",,," for line in table().splitlines()).encode(),
    "every cell quoted": table(quoting=csv.QUOTE_ALL).encode(),
    "a comma and a line break inside quotes": changed(note="甲，乙,\n丙").encode(),
    "full-width digits": changed(obs_value="２２", time_period="２０２２－０８", ref_area="１４０９２６").encode(),
    "a real minus sign": changed(phase="change", obs_value="−14", as_stated="减少14个").encode(),
    "full-width blanks around cells": changed(ref_area="　140926 ", unit_measure="个　").encode(),
    "non-breaking and zero-width blanks": changed(scope="\u00a0党政机构\u200b").encode(),
    "without the columns that a row may leave unsaid": table(columns=tuple(c for c in COLUMNS if c not in UNSAID)).encode(),
    "a period that is approximate, in a word that a registry takes": changed(period_approx="是").encode(),
    "period not stated": changed(time_period="_U").encode(),
}

# bytes, line, column, words of the message or the fix
REFUSED: dict[str, tuple[bytes, int | None, str | None, str]] = {
    "empty file": (b"", None, None, "文件是空的"),
    "only blanks": (b" \n\n \r\n", None, None, "文件是空的"),
    "a byte-order mark and nothing else": (b"\xef\xbb\xbf", None, None, "文件是空的"),
    "NUL bytes": (table().replace("exact", "ex\x00act", 1).encode(), 2, "precision", "NUL"),
    "an Excel workbook": (b"PK\x03\x04" + bytes(200), None, None, "Excel"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0" + bytes(200), None, None, "Excel"),
    "a PDF": (b"%PDF-1.7\n" + bytes(50), None, None, "PDF"),
    "one broken byte in a UTF-8 file": (
        "\n".join([HEADER, FIRST, *[SECOND] * 3]).encode().replace("精简".encode(), b"\xe7\xb2", 1), 3, None, "UTF-8"
    ),
    "neither UTF-8 nor GB18030": (HEADER.encode() + b"\n" + b"\xff\xff\x80\xff," * 22 + b"\n", 2, None, "编码无法识别"),
    "a 10 MB line": ((HEADER + "\n" + "字" * 3_500_000 + "\n" + SECOND).encode(), 2, None, "不像是表格的一行"),
    "a 10 kB cell": (changed(note="字" * 10_000).encode(), 3, "note", "超过"),
    "no header": (f"{FIRST}\n{SECOND}\n".encode(), 1, "ref_area", "缺少这一列"),
    "a header and nothing known": (b"a,b,c\n1,2,3\n", 1, "ref_area", "缺少这一列"),
    "missing column": (table(columns=WITHOUT_SCOPE).encode(), 1, "scope", "缺少这一列"),
    "misspelt column": (table().replace("obs_value", "obs_vaule", 1).encode(), 1, "obs_value", "obs_vaule"),
    "extra column": (table(columns=(*COLUMNS, "remark")).encode(), 1, "remark", "不认识的列"),
    "duplicate column": (table().replace(",note", ",scope", 1).encode(), 1, "scope", "出现了两次"),
    "a column without a name": (table().replace(",note", "", 1).replace(",", ",,", 1).encode(), 1, None, "没有列名"),
    "a row too short": (f"{HEADER}\n{FIRST}\n140926,party_gov_bodies\n".encode(), 3, None, f"少 {len(COLUMNS) - 2} 格"),
    "a row too long": (f"{HEADER}\n{FIRST}\n{SECOND},多余\n".encode(), 3, None, "多出 1 格"),
    "a quote never closed": (f'{HEADER}\n"{FIRST}\n{SECOND}\n'.encode(), 2, None, "引号不配对"),
    "text after a closing quote": (f'{HEADER}\n{FIRST}\n"140926"x{SECOND[6:]}\n'.encode(), 3, None, "引号"),
    "unknown area": (changed(ref_area="140927").encode(), 3, "ref_area", "140926"),
    "a name in place of a code": (changed(ref_area="静乐县").encode(), 3, "ref_area", "没有登记过的地区"),
    "unknown indicator": (changed(indicator="party_gov_body").encode(), 3, "indicator", "party_gov_bodies"),
    "unknown scope": (changed(scope="党政机关").encode(), 3, "scope", "党政机构"),
    "unknown source": (changed(source_id="weekly2021").encode(), 3, "source_id", "weekly2022"),
    "unknown unit": (changed(unit_measure="家").encode(), 3, "unit_measure", "个"),
    "text in a number": (changed(obs_value="约22").encode(), 3, "obs_value", "不是数字"),
    "thousands separators": (changed(obs_value="1,964").encode(), 3, "obs_value", "写成 1964"),
    "a percent sign in a number": (changed(obs_value="38%").encode(), 3, "obs_value", "只写 38"),
    "万 in a number": (changed(obs_value="3.9万").encode(), 3, "obs_value", "完整数字"),
    "scientific notation": (changed(obs_value="1e3").encode(), 3, "obs_value", "不是数字"),
    "nan": (changed(obs_value="nan").encode(), 3, "obs_value", "不是数字"),
    "no value": (changed(obs_value="").encode(), 3, "obs_value", "不能写 0"),
    "a day that does not exist": (changed(time_period="2022-02-30").encode(), 3, "time_period", "没有这一天"),
    "a Chinese date": (changed(time_period="2022年8月").encode(), 3, "time_period", "2022-08"),
    "a year of another age": (changed(time_period="20222").encode(), 3, "time_period", "日期要写成"),
    "no period": (changed(time_period="").encode(), 3, "time_period", "_U"),
    "unknown phase": (changed(phase="aftr").encode(), 3, "phase", "after"),
    "no phase": (changed(phase="").encode(), 3, "phase", "point"),
    "unknown precision": (changed(precision="约数").encode(), 3, "precision", "approx"),
    "unknown disclosure": (changed(disclosure="秘密").encode(), 3, "disclosure", "internal"),
    "a period that is approximate, in other words": (changed(period_approx="大约").encode(), 3, "period_approx", "写 yes，否则留空"),
    "no locator, and the source has no address": (changed(source_id="census2020", locator="").encode(), 3, "locator", "出处"),
    "the wording gainsays the precision": (changed(as_stated="近22个", precision="at_least").encode(), 3, "as_stated", "精度"),
    "the same fact twice": (table(ROW, AFTER, AFTER).encode(), 4, "ref_area", "第 3 行"),
}  # fmt: skip
