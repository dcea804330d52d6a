"""What a prefecture hands out to its counties: the template, with the registers of its own that its sheets speak of, in one ZIP file.

A county that takes it over knows the prefecture's own indicators: it can check its workbook and pack it for the way back (pack.py).
"""

import hashlib
import json
import zipfile
from pathlib import Path, PurePath

from etl.intake.pack import EPOCH, LIST, as_json
from etl.problems import EtlError, display_path
from etl.read.decoding import LARGEST_FILE
from etl.read.sources import FILES, TEMPLATE

ENDING = "-下发.zip"
REGISTERS = (FILES["indicator"][0], FILES["scope"][0], TEMPLATE)  # of local/; what a sheet of the template may refer to


def hand_out(workbook: Path, sources: Path) -> Path:
    """Write the package beside the workbook: the workbook and those of REGISTERS that the sources folder has of its own."""
    registers = [path for name in REGISTERS if (path := sources / "local" / name).exists()]
    parts = {path.name: path.read_bytes() for path in (workbook, *registers)}
    told = {"workbook": workbook.name, "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in parts.items()}}
    target = workbook.with_name(workbook.stem + ENDING)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in {**parts, LIST: as_json(told)}.items():
            package.writestr(zipfile.ZipInfo(name, EPOCH), data, zipfile.ZIP_DEFLATED)
    return target


def take_over(package: Path, sources: Path) -> list[Path]:
    """Lay the workbook beside the package and its registers into local/; the paths. Raises EtlError for what is no such package, was
    changed on its way, or would overwrite another file: then nothing is written."""
    where = display_path(package)
    try:
        with zipfile.ZipFile(package) as content:
            told = json.loads(content.read(LIST))
            workbook, marks = str(told["workbook"]), dict(told["sha256"])
            if sum(content.getinfo(name).file_size for name in marks) > LARGEST_FILE:
                raise EtlError(f"{where} 里的文件超过 {LARGEST_FILE >> 20} MB")
            parts = {name: content.read(name) for name in (workbook, *REGISTERS) if name in marks}
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise EtlError(f"{where} 不是下发包，或已损坏：请上级用 template --pack 重新打包（{error}）") from error
    if any(hashlib.sha256(data).hexdigest() != marks[name] for name, data in parts.items()):
        raise EtlError(f"{where} 里的文件与清单的指纹不符：途中改动过，请上级重新打包")
    places = {
        sources / "local" / name if name in REGISTERS else package.with_name(PurePath(name).name): data
        for name, data in parts.items()
    }
    for place, data in places.items():
        if place.exists() and place.read_bytes() != data:
            raise EtlError(f"{display_path(place)} 已经存在，内容与 {package.name} 里的不同：把两份合成一份，或先移走它")
    for place, data in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return list(places)
