"""Units: what a header or a line above it says against what the figures are read as."""

import re
from collections.abc import Iterator

from etl.intake.cells import Words
from etl.intake.finding import Finding
from etl.intake.layout import Layout
from etl.intake.units import SCALES, factor, unit_of_header

_ABOVE = re.compile(r"(?:计量|金额|数量)?单位\s*[:：]\s*([^\s，,；;：:）)]{1,6})")


def unit_findings(layout: Layout, words: Words) -> Iterator[Finding]:
    """One for each header, and one for a line above that no column agrees with."""
    stated = {letter: _stated(fields, words) for letter, fields in layout.values.items()}
    own = {letter: unit_of_header(layout.headers.get(letter, ""))[1] for letter in layout.values}
    last = layout.header_rows[-1]
    for letter, unit in stated.items():
        said = _whole(own[letter], unit)
        if said and unit and letter not in layout.factors and factor(said, unit) != 1:
            value, fix = layout.headers[letter], f'改表头，或在映射里写 unit = "{own[letter]}"'
            yield Finding(
                sheet=layout.sheet.name,
                cell=f"{letter}{last}",
                value=value,
                message=f"表头写“{own[letter]}”，却按“{unit}”读",
                fix=fix,
            )
    for row in range(1, layout.first):
        for letter, text in layout.sheet.line(row).items():
            found = _ABOVE.search(text)
            others = [unit for at, unit in stated.items() if unit and not own[at] and at not in layout.factors]
            scales = [factor(_whole(found[1], unit), unit) for unit in others] if found else []
            if found and scales and 1 not in scales and any(scales):
                words_of = f"表上方写“单位：{found[1]}”，却按“{others[0]}”读"
                fix = f'核对单位；表里确实是{found[1]}的，在映射里写 unit = "{found[1]}"'
                yield Finding(sheet=layout.sheet.name, cell=f"{letter}{row}", value=text, message=words_of, fix=fix)


def _stated(fields: dict[str, str], words: Words) -> str:
    indicator = fields.get("indicator", "")
    indicator = words.codes["indicator"].get(indicator, indicator)
    return fields.get("unit_measure") or words.units.get(indicator, "")


def _whole(said: str, unit: str) -> str:
    """（万）over 人 is 万人."""
    return said + unit.lstrip("万亿千百十") if said in SCALES else said
