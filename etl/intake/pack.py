"""What a county sends and a prefecture reads: the workbook, what was found in it, and a list with its fingerprint, in one ZIP file."""

import hashlib
import json
import zipfile
from pathlib import Path, PurePath

from etl.intake.intake import Intake
from etl.problems import EtlError, display_path
from etl.read.decoding import LARGEST_FILE

ENDING = "-报送.zip"
LIST, FINDINGS = "清单.json", "问题.json"
EPOCH = (2020, 1, 1, 0, 0, 0)  # the same workbook gives the same package


def pack(intake: Intake) -> Path:
    """Write the package beside the workbook. Raises EtlError where the workbook has errors: it would be sent back."""
    if intake.refused:
        raise EtlError(f"{display_path(intake.file)} 还有错误，没有打包：改好再打")
    data = intake.file.read_bytes()
    told = {
        "file": intake.file.name, "sha256": hashlib.sha256(data).hexdigest(), "facts": intake.facts.height,
        "areas": sorted(intake.facts["ref_area"].unique()),
    }  # fmt: skip
    target = intake.file.with_name(intake.file.stem + ENDING)
    parts = {
        intake.file.name: data,
        FINDINGS: as_json([finding.to_dict() for finding in intake.findings]),
        LIST: as_json(told),
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return target


def unpack(package: Path) -> Path:
    """The workbook of a package, laid beside it. Raises EtlError for what is no package, was changed on its way, or would overwrite
    another file."""
    where = display_path(package)
    try:
        with zipfile.ZipFile(package) as content:
            told = json.loads(content.read(LIST))
            name = PurePath(told["file"]).name
            if content.getinfo(told["file"]).file_size > LARGEST_FILE:
                raise EtlError(f"{where} 里的工作簿超过 {LARGEST_FILE >> 20} MB")
            data = content.read(told["file"])
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise EtlError(f"{where} 不是报送包，或已损坏：请发送的单位用 import --pack 重新打包（{error}）") from error
    if hashlib.sha256(data).hexdigest() != told["sha256"]:
        raise EtlError(f"{where} 里的工作簿与清单的指纹不符：途中改动过，请发送的单位重新打包")
    target = package.with_name(name)
    if target.exists() and target.read_bytes() != data:
        raise EtlError(f"{display_path(target)} 已经存在，内容与 {package.name} 里的不同：先移走它")
    target.write_bytes(data)
    return target


def as_json(content: object) -> bytes:
    """For a part of a package."""
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
