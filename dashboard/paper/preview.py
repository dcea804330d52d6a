"""A brief as HTML: the live preview of the page /brief, and what Chromium prints where LibreOffice is not installed.

Looks are in assets/6_paper.css, sizes come from document.toml as custom properties, so preview and Word follow one file.
"""

import base64
from collections.abc import Sequence
from html import escape as html_escape

from dashboard.paper.caption import Caption, cited
from dashboard.paper.composition import Block, Body, Composition, FigureBlock, Heading, TableBlock
from dashboard.paper.document import Document, document
from dashboard.paper.tables import SetTable
from dashboard.settings import ROOT
from vocabulary.characters import fit

STYLES = ROOT / "assets" / "6_paper.css"
_FALLBACK = "'FangSong', 'STFangsong', 'Noto Serif CJK SC', 'Source Han Serif SC', 'SimSun', serif"
_GOTHIC = "'SimHei', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def preview(composed: Composition, settings: Document | None = None) -> str:
    """The sheet. Figures are empty `img` elements with data-figure; the page draws them in the reader's browser."""
    return _sheet(composed, None, settings or document())


def printable(composed: Composition, pictures: Sequence[bytes], settings: Document | None = None) -> str:
    """A whole page with its pictures inside, ready to be printed."""
    settings = settings or document()
    page = settings.page
    margins = f"{page.top_mm}mm {page.right_mm}mm {page.bottom_mm}mm {page.left_mm}mm"
    number = settings.words.page_number.replace("{}", '" counter(page) "')
    rules = (
        f'@page {{ size: {page.width_mm}mm {page.height_mm}mm; margin: {margins}; @bottom-center {{ content: "{number}"; }} }}'
    )
    addresses = [f"data:image/png;base64,{base64.b64encode(picture).decode()}" for picture in pictures]
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(composed.title)}</title>'
        f"<style>{STYLES.read_text(encoding='utf-8')}{rules}</style></head>"
        f'<body class="printed">{_sheet(composed, addresses, settings)}</body></html>'
    )


def _sheet(composed: Composition, pictures: Sequence[str] | None, settings: Document) -> str:
    marked = [f'<p class="paper__marking">{escape(composed.marking)}</p>'] if composed.marking else []
    parts = [*marked, f'<h2 class="paper__title">{escape(composed.title)}</h2>']
    for block in composed.blocks:
        parts.append(_block(block, pictures, settings))
    if settings.signature.show:
        lines = "<br>".join(escape(line) for line in (composed.unit, composed.date) if line)
        parts.append(f'<p class="paper__signature">{lines}</p>')
    return f'<article class="paper" lang="zh-CN" style="{escape(_variables(settings))}">{"".join(parts)}</article>'


def escape(text: str) -> str:
    """Text as HTML."""
    return html_escape(fit(text))


def _block(block: Block, pictures: Sequence[str] | None, settings: Document) -> str:
    if isinstance(block, Heading):
        level = block.level + 2  # the page around the sheet has the first
        return f'<h{level} class="paper__heading{block.level}">{escape(block.text)}</h{level}>'
    if isinstance(block, Body):
        return f'<p class="paper__body">{escape(block.text)}</p>'
    if isinstance(block, FigureBlock):
        return _figure(block, pictures, settings)
    return _table(block, settings)


def _figure(block: FigureBlock, pictures: Sequence[str] | None, settings: Document) -> str:
    source = f' src="{pictures[block.number - 1]}"' if pictures else ""
    image = f'<img class="paper__picture" data-figure="{block.number}" alt="{escape(block.caption.title)}。{escape(block.finding)}"{source}>'
    title = f"{settings.words.figure}{block.number}　{escape(block.caption.title)}"
    return f'<figure class="paper__figure">{image}<figcaption class="paper__caption">{title}</figcaption>{_below(block.caption, settings)}</figure>'


def _table(block: TableBlock, settings: Document) -> str:
    title = f"{settings.words.table}{block.number}　{escape(block.caption.title)}"
    unit = f'<p class="paper__unit">{settings.words.unit}{escape(block.table.unit)}</p>' if block.table.unit else ""
    return (
        f'<section class="paper__figure"><p class="paper__caption paper__caption--table">{title}</p>{unit}'
        f"{_rows(block.table)}{_below(block.caption, settings)}</section>"
    )


def _rows(table: SetTable) -> str:
    looks = ["paper__number" if column.numeric else "paper__words" for column in table.columns]
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in table.header)
    body = "".join(
        "<tr>" + "".join(f'<td class="{look}">{escape(cell)}</td>' for look, cell in zip(looks, cells, strict=True)) + "</tr>"
        for cells in table.rows
    )
    return f'<table class="paper__table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _below(words: Caption, settings: Document) -> str:
    parts = []
    if note := words.note_line(settings):
        parts.append(f'<p class="paper__note">{escape(note)}</p>')
    if words.sources:
        listed = []
        for source in words.sources:
            text = escape(cited(source, address=settings.sources.addresses))
            opens = source.url.startswith(("http://", "https://"))
            listed.append(
                f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{text}</a>' if opens else text
            )
        parts.append(f'<p class="paper__note">{words.source_lead(settings)}{"；".join(listed)}。</p>')
    return "".join(parts)


def _variables(settings: Document) -> str:
    """Faces, sizes and measures of the settings file as custom properties."""
    page = settings.page
    stated = {
        "width": f"{page.width_mm}mm", "height": f"{page.height_mm}mm",
        "margins": f"{page.top_mm}mm {page.right_mm}mm {page.bottom_mm}mm {page.left_mm}mm",
        "latin": f"'{settings.fonts.latin}'", "heavy": f"{settings.table.heavy_pt}pt", "light": f"{settings.table.light_pt}pt",
        "right": f"{settings.signature.right_characters}em",
    }  # fmt: skip
    for key, style in settings.styles.items():
        fallback = _GOTHIC if style.font == "黑体" else _FALLBACK
        name = key.replace("_", "-")
        stated[f"{name}-font"] = f"'{settings.fonts.latin}', '{style.font}', {fallback}"
        stated[f"{name}-size"] = f"{style.size}pt"
        stated[f"{name}-pitch"] = f"{style.pitch_pt}pt" if style.pitch_pt else "1.35"
    return ";".join(f"--paper-{name}:{value}" for name, value in stated.items())
