"""A Word document as PDF through LibreOffice, where it is installed.

The faces of 公文 are rarely on a server: a fontconfig file names the nearest ones, so that 小标宋, 仿宋, 楷体 and 黑体 do not all
become the same, and never a Japanese face.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from dashboard.paper.document import Document, document
from dashboard.paper.studio import MissingToolError

NO_PDF = (
    "没有可用的 PDF 转换程序。请安装软件包 libreoffice-writer-nogui（Debian、Ubuntu：apt-get install libreoffice-writer-nogui）或 chromium，"
    "或者在浏览器中打印简报页并选择“另存为 PDF”。"
)
_SECONDS = 180
_SONG = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "Noto Sans CJK SC")
_HEI = ("SimHei", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC")
# face: what may stand in for it, best first. Faces that the system has are used as they are.
_NEAREST = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", *_SONG),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *_SONG),
    "仿宋": ("FangSong", "STFangsong", *_SONG),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "AR PL UKai CN", *_SONG),
    "楷体": ("KaiTi", "STKaiti", "AR PL UKai CN", *_SONG),
    "宋体": ("SimSun", *_SONG),
    "黑体": _HEI,
    "微软雅黑": ("Microsoft YaHei", *_HEI),
    "Times New Roman": ("Liberation Serif", "Tinos"),
}


def office() -> str | None:
    """The LibreOffice program, None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(content: bytes, ending: str, settings: Document | None = None) -> bytes:
    """An office file (docx, pptx) as PDF, in a profile of its own so that runs do not disturb each other. MissingToolError without
    LibreOffice or when it fails; the message is Chinese."""
    program = office()
    if program is None:
        raise MissingToolError(NO_PDF)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"brief.{ending}").write_bytes(content)
        (folder / "fonts.conf").write_text(_fonts(settings or document()), encoding="utf-8")
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
            "--outdir", str(folder), str(folder / f"brief.{ending}"),
        ]  # fmt: skip
        environment = os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "LC_ALL": "C.UTF-8"}
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS, env=environment)
        except (subprocess.SubprocessError, OSError) as error:
            raise MissingToolError("LibreOffice 没有完成转换，请检查它能否单独运行（soffice --headless）。") from error
        made = folder / "brief.pdf"
        if not made.is_file():
            raise MissingToolError("LibreOffice 没有给出 PDF，请检查是否装有 libreoffice-writer-nogui。")
        return made.read_bytes()


def _fonts(settings: Document) -> str:
    """A fontconfig file: that of the system, and for each face of the settings its nearest relatives."""
    used = {style.font for style in settings.styles.values()} | {
        settings.slides.title_font,
        settings.slides.body_font,
        settings.fonts.latin,
    }
    aliases = []
    for face in sorted(used):
        listed = "".join(f"<family>{escape(other)}</family>" for other in (face, *_NEAREST.get(face, _SONG)))
        aliases.append(
            f'<match target="pattern"><test name="family" qual="any"><string>{escape(face)}</string></test>'
            f'<edit name="family" mode="prepend" binding="strong">{listed.replace("family>", "string>")}</edit></match>'
        )
    included = os.environ.get("FONTCONFIG_FILE") or "/etc/fonts/fonts.conf"
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">{escape(included)}</include>{"".join(aliases)}</fontconfig>'
    )
