"""The settings file of an office: document.toml, checked. Sizes are points, lengths millimetres.

A wrong entry raises DocumentSettingsError, a Chinese sentence that names it.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

PATH = Path(__file__).with_name("document.toml")
POINTS_PER_MM = 72 / 25.4

# 字号: the sizes of Chinese type by name, in points.
NAMED_SIZES = {
    "初号": 42.0, "小初": 36.0, "1号": 26.0, "小1": 24.0, "2号": 22.0, "小2": 18.0, "3号": 16.0, "小3": 15.0,
    "4号": 14.0, "小4": 12.0, "5号": 10.5, "小5": 9.0, "6号": 7.5, "小6": 6.5,
}  # fmt: skip


class DocumentSettingsError(ValueError):
    """The settings file is wrong; the message is Chinese and names the entry."""


def points(stated: object) -> object:
    """A named size as points; numbers stay. Chinese numerals (三号) are understood too."""
    if not isinstance(stated, str):
        return stated
    name = stated.strip().translate(str.maketrans("一二三四五六", "123456"))
    if name not in NAMED_SIZES:
        raise ValueError(f"没有“{stated}”这个字号，可写 {'、'.join(NAMED_SIZES)} 或磅值")
    return NAMED_SIZES[name]


Size = Annotated[float, BeforeValidator(points), Field(ge=5, le=80)]
Length = Annotated[float, Field(gt=0, le=600)]
StyleKey = Literal[
    "title", "heading1", "heading2", "body", "figure_caption", "table_caption", "unit", "note", "cell", "signature", "page_number"
]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PaperPage(_Record):
    """Paper and text block."""

    width_mm: Length
    height_mm: Length
    top_mm: Length
    bottom_mm: Length
    left_mm: Length
    right_mm: Length
    footer_mm: Length
    lines: int = Field(ge=10, le=60)
    characters: int = Field(ge=10, le=60)

    @property
    def text_width_mm(self) -> float:
        """Width of the text block (版心)."""
        return self.width_mm - self.left_mm - self.right_mm

    @property
    def text_height_mm(self) -> float:
        """Height of the text block."""
        return self.height_mm - self.top_mm - self.bottom_mm


class Fonts(_Record):
    """Faces that belong to no single style."""

    latin: str


class Style(_Record):
    """One kind of paragraph. `pitch_pt` 0 = single spacing."""

    name: str
    font: str
    size: Size
    bold: bool = False
    pitch_pt: float = Field(default=0, ge=0, le=80)


class Signature(_Record):
    """落款."""

    show: bool
    unit: str
    right_characters: int = Field(ge=0, le=10)


class Wording(_Record):
    """Words that captions and numbers are made with."""

    figure: str
    table: str
    note: str
    source: str
    computed: str
    unit: str
    heading1: str
    heading2: str
    page_number: str


class SourceSettings(_Record):
    """How sources are written."""

    addresses: bool


class TableLines(_Record):
    """Rules of the three-line table, in points."""

    heavy_pt: float = Field(gt=0, le=6)
    light_pt: float = Field(gt=0, le=6)


class PictureSize(_Record):
    """A size that pictures are made in. Without `height_mm` the height follows the content, up to `most_height_mm`."""

    name: str
    width_mm: Length
    height_mm: Length | None = None
    most_height_mm: Length | None = None
    drawing_pt: Size
    title_pt: Size
    note_pt: Size
    least_pt: Size

    @property
    def width_pt(self) -> float:
        return self.width_mm * POINTS_PER_MM


class Picture(_Record):
    """Pictures: faces, resolution, sizes by key."""

    fonts: tuple[str, ...] = Field(min_length=1)
    dpi: int = Field(ge=72, le=600)
    default: str
    sizes: dict[str, PictureSize]

    @property
    def font_stack(self) -> str:
        """The faces as CSS writes them."""
        return ", ".join(name if name == "sans-serif" else f"'{name}'" for name in self.fonts)


class Slides(_Record):
    """Presentation: faces and sizes."""

    title_font: str
    body_font: str
    title_size: Size
    body_size: Size
    note_size: Size
    least_note_size: Size
    picture_size: Size
    least_picture_size: Size
    rows_on_a_slide: int = Field(ge=3, le=30)


class Document(_Record):
    """The whole settings file."""

    page: PaperPage
    fonts: Fonts
    styles: dict[StyleKey, Style]
    signature: Signature
    words: Wording
    sources: SourceSettings
    table: TableLines
    picture: Picture
    slides: Slides


def read_document(path: Path = PATH) -> Document:
    """The settings in `path`; DocumentSettingsError for what cannot be used."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DocumentSettingsError(f"设置文件 {path.name} 无法读取：{error}") from error
    try:
        found = Document.model_validate(stated)
    except ValidationError as error:
        raise DocumentSettingsError(f"设置文件 {path.name} 有误：{faults_of(error)}") from error
    missing = [key for key in StyleKey.__args__ if key not in found.styles]  # type: ignore[attr-defined]
    if missing:
        raise DocumentSettingsError(f"设置文件 {path.name} 缺少 [styles.{missing[0]}]")
    if found.picture.default not in found.picture.sizes:
        raise DocumentSettingsError(f"设置文件 {path.name}：picture.default 不是 picture.sizes 里的尺寸")
    return found


@cache
def document() -> Document:
    """The settings of this installation, read once."""
    return read_document()


def faults_of(error: ValidationError) -> str:
    """What a settings file has wrong, in Chinese: each fault with its place."""
    return "；".join(f"{'.'.join(map(str, fault['loc']))}（{_plain(fault['msg'])}）" for fault in error.errors())


def _plain(message: str) -> str:
    known = {
        "Field required": "缺少这一项",
        "Extra inputs are not permitted": "没有这一项设置",
        "Input should be a valid number": "应为数字",
    }
    return next(
        (chinese for english, chinese in known.items() if message.startswith(english)), message.removeprefix("Value error, ")
    )
