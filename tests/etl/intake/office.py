"""LibreOffice as another program that opens our workbooks; tests that need it skip where it has no Calc (`make office`)."""

import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
CALC = Path(OFFICE).resolve().with_name("libsclo.so") if OFFICE else None


def converted(file: Path, kind: str, folder: Path) -> Path:
    """`file` opened and saved as `kind` in `folder`."""
    if OFFICE is None or CALC is None or not CALC.exists():
        pytest.skip("no LibreOffice Calc: run `make office`")
    profile = f"-env:UserInstallation=file://{folder}/office"
    command = [OFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(file)]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return folder / f"{file.stem}.{kind}"
