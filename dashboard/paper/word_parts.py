"""What python-docx leaves to the XML: East Asian fonts, paragraph shapes, fields, links, lines of a table, properties.

WPS and Word agree only when a run names all four faces, when no theme face is left, and when indents are given both in
characters and in points.
"""

import math
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dashboard.paper.document import POINTS_PER_MM, Document, Style, StyleKey
from vocabulary.characters import fit

CUSTOM_PROPERTIES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OUTLINE: dict[StyleKey, str] = {"heading1": "Heading 1", "heading2": "Heading 2"}
_THEME_FACES = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
TWIPS_PER_POINT = 20
_RUNNING = 14.0  # points: from here on the page is counted in lines, and no line may be pushed on
# No line begins with the first nor ends with the second: the lists of Word and LibreOffice differ.
NEVER_FIRST = "!%),.:;?]}、。〉》」』】〕！％），．：；？］｝～·…—％℃"
NEVER_LAST = "([{〈《「『【〔（［｛￥"


def set_faces(properties: Any, latin: str, chinese: str) -> None:
    """All four faces of a run or style (`properties` is its w:rPr), no theme faces, Chinese as the East Asian language."""
    faces = properties.get_or_add_rFonts()
    for theme in _THEME_FACES:
        faces.attrib.pop(qn(f"w:{theme}"), None)
    for name, face in (("ascii", latin), ("hAnsi", latin), ("eastAsia", chinese), ("cs", latin)):
        faces.set(qn(f"w:{name}"), face)


def clear_theme_faces(document: WordDocument, settings: Document) -> None:
    """No face of the template's theme anywhere in the styles: Word would prefer it to ours."""
    body = settings.styles["body"]
    for properties in document.styles.element.iter(qn("w:rPr")):
        if properties.find(qn("w:rFonts")) is not None:
            set_faces(properties, settings.fonts.latin, body.font)
        for language in properties.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")


def add_styles(document: WordDocument, settings: Document) -> None:
    """The paragraph styles of the settings file, under the names that the office gave them."""
    # The page grid counts in characters of Normal, so Normal must be the body.
    document.styles["Normal"].font.size = Pt(settings.styles["body"].size)
    set_faces(document.styles["Normal"].element.get_or_add_rPr(), settings.fonts.latin, settings.styles["body"].font)
    for key, stated in settings.styles.items():
        style = document.styles.add_style(stated.name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId = f"Brief{''.join(part.title() for part in key.split('_'))}"  # old programs want ASCII here
        style.base_style = document.styles[_OUTLINE.get(key, "Normal")]
        style.quick_style = True
        style.font.size, style.font.bold, style.font.italic = Pt(stated.size), stated.bold, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        set_faces(style.element.get_or_add_rPr(), settings.fonts.latin, stated.font)
        _shape(style.paragraph_format, stated)
        if stated.size == settings.styles["body"].size:
            _space(style.element.get_or_add_rPr(), _character_spacing(settings))
        _inside(style.element.get_or_add_pPr())
        if key == "body":
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if not stated.pitch_pt or stated.size < _RUNNING:
            _off_grid(style.element.get_or_add_pPr())
    for heading in _OUTLINE:
        style = document.styles[settings.styles[heading].name]
        style.next_paragraph_style = document.styles[settings.styles["body"].name]


def line_breaks(document: WordDocument) -> None:
    """Chinese is the East Asian language, and what may not begin or end one of its lines is said in the document."""
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for tag, characters in (("w:noLineBreaksAfter", NEVER_LAST), ("w:noLineBreaksBefore", NEVER_FIRST)):
        rule = OxmlElement(tag)
        rule.set(qn("w:lang"), "zh-CN")
        rule.set(qn("w:val"), characters)
        document.settings.element.insert_element_before(
            rule, "w:savePreviewPicture", "w:doNotValidateAgainstSchema", "w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr",
            "w:compat", "w:docVars", "w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:shapeDefaults",
            "w:decimalSymbol", "w:listSeparator",
        )  # fmt: skip


def _shape(form: Any, stated: Style) -> None:
    form.space_before = form.space_after = Pt(0)
    form.widow_control = (
        bool(stated.pitch_pt) and stated.size < _RUNNING
    )  # sources that go on to the next page: two lines at least
    form.keep_with_next = False
    if stated.pitch_pt:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(stated.pitch_pt)
    else:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _character_spacing(settings: Document) -> int:
    """Twips between characters with which a line of the text block holds just as many as the settings say."""
    pitch = settings.page.text_width_mm * POINTS_PER_MM / settings.page.characters
    return math.floor((pitch - settings.styles["body"].size) * TWIPS_PER_POINT)


def _space(properties: Any, twips: int) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twips))
    properties.insert_element_before(
        spacing, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:lang"
    )


def _inside(properties: Any) -> None:
    """No punctuation hangs over the edge of the text block."""
    hanging = OxmlElement("w:overflowPunct")
    hanging.set(qn("w:val"), "0")
    properties.insert_element_before(
        hanging, "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing",
        "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:outlineLvl", "w:rPr",
    )  # fmt: skip


def _off_grid(properties: Any) -> None:
    """Small type keeps its own pitch beside a page grid that is made for 3号."""
    grid = OxmlElement("w:snapToGrid")
    grid.set(qn("w:val"), "0")
    properties.insert_element_before(grid, "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:rPr")


def paragraph(
    document: WordDocument, text: str, style: str, *, align: WD_ALIGN_PARAGRAPH | None = None, keep: bool = False
) -> Paragraph:
    """A paragraph of a style; `keep` holds it on one page with the next."""
    made = document.add_paragraph(fit(text), style=style)
    if align is not None:
        made.alignment = align
    if keep:
        made.paragraph_format.keep_with_next = True
    return made


def indent_first_line(made: Paragraph, stated: Style, characters: int = 2) -> None:
    """首行缩进 in characters (Word, WPS) and in points (LibreOffice looks only at these)."""
    indent = made._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(round(characters * stated.size * TWIPS_PER_POINT)))


def indent_right(made: Paragraph, stated: Style, characters: float) -> None:
    """右空N字, both ways."""
    indent = made._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:rightChars"), str(round(characters * 100)))
    indent.set(qn("w:right"), str(round(characters * stated.size * TWIPS_PER_POINT)))


def field(made: Paragraph, instruction: str, shown: str) -> None:
    """A field such as PAGE or SEQ 图 with the result that is shown until it is updated."""
    for kind, text in (("begin", ""), ("instrText", f" {instruction} "), ("separate", ""), ("text", shown), ("end", "")):
        run = made.add_run()
        if kind == "text":
            run.text = fit(text)
        elif kind == "instrText":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def link(made: Paragraph, text: str, address: str) -> None:
    """Text that opens an address and looks like the text around it."""
    target = made.part.relate_to(fit(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), target)
    run = Run(OxmlElement("w:r"), made)
    run.text = fit(text)
    element.append(run._r)
    made._p.append(element)


def describe_picture(run: Run, title: str, description: str) -> None:
    """Alternative text of the picture in a run, and no distance around it: LibreOffice assumes an eighth of an inch."""
    for inline in run._r.iter(qn("wp:inline")):
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("descr", fit(description))
        properties.set("title", fit(title))


def grid(document: WordDocument, settings: Document) -> None:
    """22 lines a page. (28 characters a line come from the spacing of the styles: a character grid spreads text in LibreOffice.)"""
    page = settings.page
    element = document.sections[0]._sectPr.find(qn("w:docGrid"))
    if element is None:
        element = OxmlElement("w:docGrid")
        document.sections[0]._sectPr.append(element)
    pitch = page.text_height_mm / page.lines * 72 / 25.4
    element.set(qn("w:type"), "lines")
    element.set(qn("w:linePitch"), str(round(pitch * TWIPS_PER_POINT)))


def custom_properties(document: WordDocument, content: bytes) -> None:
    """Add docProps/custom.xml to the package."""
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM_PROPERTIES, content, package)
    package.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties")
