"""The settings file: the standard's figures as shipped, and a sentence for whoever writes something wrong."""

import re

import pytest

from dashboard.paper.document import PATH, DocumentSettingsError, document, read_document


def test_the_shipped_settings_are_those_of_the_standard():
    settings = document()
    page = settings.page
    assert (page.width_mm, page.height_mm) == (210, 297)
    assert (page.text_width_mm, page.text_height_mm) == (156, 225)
    assert (page.top_mm, page.left_mm, page.lines, page.characters) == (37, 28, 22, 28)
    assert (settings.styles["title"].size, settings.styles["body"].size) == (22, 16)  # 2号, 3号
    assert settings.styles["heading1"].font == "黑体"
    assert settings.styles["heading2"].font.startswith("楷体")
    assert [size.width_mm for size in settings.picture.sizes.values()][:2] == [156, 75]
    slide = settings.picture.sizes["slide"]
    assert slide.height_mm is not None
    assert slide.width_mm / slide.height_mm == pytest.approx(16 / 9, abs=0.001)


def changed(tmp_path, before, after):
    text = PATH.read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "document.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_a_size_may_be_a_name_or_points(tmp_path):
    settings = read_document(changed(tmp_path, 'size = "2号"', 'size = "小二"'))
    assert settings.styles["title"].size == 18
    assert read_document(changed(tmp_path, 'size = "2号"', "size = 20.5")).styles["title"].size == 20.5


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('size = "2号"', 'size = "九号"', "没有“九号”这个字号"),
        ("width_mm = 210", 'width_mm = "宽"', "page.width_mm（应为数字）"),
        ("width_mm = 210", "", "page.width_mm（缺少这一项）"),
        ("lines = 22", "lines = 22\nlinse = 1", "page.linse（没有这一项设置）"),
        ('default = "wide"', 'default = "broad"', "picture.default"),
        ("[page]", "[page", "无法读取"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path, before, after, said):
    with pytest.raises(DocumentSettingsError, match=re.escape(said)):
        read_document(changed(tmp_path, before, after))


def test_a_missing_style_is_named(tmp_path):
    text = PATH.read_text(encoding="utf-8")
    path = tmp_path / "document.toml"
    path.write_text(text[: text.index("[styles.note]")] + text[text.index("[styles.cell]") :], encoding="utf-8")
    with pytest.raises(DocumentSettingsError, match=re.escape("缺少 [styles.note]")):
        read_document(path)
