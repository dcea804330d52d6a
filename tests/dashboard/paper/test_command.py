"""make charts and make brief: what they write, and the sentence and status when they cannot. Real processes, real obstacles."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.charts import CHARTS
from dashboard.paper.briefs import BRIEFS
from dashboard.paper.files import draft_folder, replace_files, replace_folder
from dashboard.settings import ROOT
from tests.dashboard.paper.conftest import CHROMIUM


def export(*words, warehouse, out, **environment):
    settings = os.environ | {"WAREHOUSE": str(warehouse), "BROWSER_PATH": CHROMIUM or ""} | environment
    return subprocess.run(
        [sys.executable, "-m", "dashboard.paper", *words, "--out", str(out)],
        cwd=ROOT, env=settings, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def nothing_half(out: Path) -> bool:
    """No file at all below `out`, drafts included."""
    return not out.exists() or not [path for path in out.rglob("*") if path.is_file()]


@pytest.mark.slow
@pytest.mark.browser
def test_all_charts_with_an_index_page(shipped_file, tmp_path):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "gone.png").write_bytes(b"of an earlier run")
    ended = export("charts", warehouse=shipped_file, out=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "已导出" in ended.stdout
    names = {path.name for path in (tmp_path / "charts").iterdir()}
    index = (tmp_path / "charts" / "index.html").read_text(encoding="utf-8")
    for chart_id, chart in CHARTS.items():
        if f"{chart_id}.csv" in names:
            assert chart.draw is None or {f"{chart_id}.png", f"{chart_id}.svg"} <= names
            assert f'href="{chart_id}.csv"' in index
    assert len([name for name in names if name.endswith(".csv")]) >= len(CHARTS) - 3
    assert "gone.png" not in names
    assert "http" not in index.replace("http-equiv", "")
    assert [path.name for path in tmp_path.iterdir()] == ["charts"]


@pytest.mark.slow
@pytest.mark.browser
def test_one_brief_in_three_forms_beside_others(shipped_file, tmp_path):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "own.docx").write_bytes(b"x")
    ended = export("brief", "extension", warehouse=shipped_file, out=tmp_path)
    assert ended.returncode == 0, ended.stderr
    names = {path.name for path in (tmp_path / "briefs").iterdir()}
    assert names == {"own.docx", "extension.docx", "extension.pptx", "extension.pdf"}
    assert (tmp_path / "briefs" / "extension.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_an_unknown_brief_is_answered_with_those_there_are(shipped_file, tmp_path):
    ended = export("brief", "nonsense", warehouse=shipped_file, out=tmp_path)
    assert ended.returncode == 2
    assert all(name in ended.stderr for name in BRIEFS)


@pytest.mark.slow
@pytest.mark.parametrize("words", [("charts",), ("brief", "ratio")])
def test_without_chromium_the_package_is_named_and_nothing_written(shipped_file, tmp_path, words):
    ended = export(*words, warehouse=shipped_file, out=tmp_path / "out", BROWSER_PATH=str(tmp_path / "no-such-browser"))
    assert ended.returncode == 1
    assert "chromium" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert nothing_half(tmp_path / "out")


@pytest.mark.slow
@pytest.mark.browser
def test_without_a_chinese_font_the_package_is_named_and_no_boxes_are_written(shipped_file, tmp_path):
    latin = next(
        (
            path
            for path in map(Path, ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/truetype/liberation"))
            if path.is_dir()
        ),
        None,
    )
    if latin is None or CHROMIUM is None:
        pytest.skip("no Latin font of its own folder, or no Chromium")
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{latin}</dir><cachedir>{tmp_path / "cache"}</cachedir></fontconfig>',
        encoding="utf-8",
    )
    ended = export("charts", warehouse=shipped_file, out=tmp_path / "out", FONTCONFIG_FILE=str(fonts))
    assert ended.returncode == 1
    assert "fonts-noto-cjk" in ended.stderr
    assert nothing_half(tmp_path / "out")


@pytest.mark.slow
@pytest.mark.browser
def test_a_full_disk_is_said_and_leaves_what_was_there(shipped_file, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("may not mount a small disk here")
    try:
        (disk / "charts").mkdir()
        (disk / "charts" / "old.txt").write_text("old", encoding="utf-8")
        ended = export("charts", warehouse=shipped_file, out=disk)
        assert ended.returncode == 1
        assert "磁盘已满" in ended.stderr
        assert "Traceback" not in ended.stderr
        assert [path.name for path in disk.rglob("*") if path.is_file()] == ["old.txt"]
    finally:
        subprocess.run(["umount", disk], check=False)


@pytest.mark.slow
@pytest.mark.browser
def test_a_read_only_target_is_said(shipped_file, tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", target], capture_output=True, check=False)
    if mounted.returncode:
        if os.geteuid() == 0:
            pytest.skip("root writes everywhere and may not mount here")
        target.chmod(0o500)
    try:
        ended = export("brief", "ratio", warehouse=shipped_file, out=target)
        assert ended.returncode == 1
        assert any(said in ended.stderr for said in ("只读", "没有写入权限"))
        assert "Traceback" not in ended.stderr
    finally:
        subprocess.run(["umount", target], capture_output=True, check=False)


@pytest.mark.slow
def test_a_missing_warehouse_is_said(tmp_path):
    ended = export("charts", warehouse=tmp_path / "none.duckdb", out=tmp_path / "out")
    assert ended.returncode == 1
    assert "make warehouse" in ended.stderr


def test_a_folder_is_replaced_in_one_step_and_drafts_of_killed_runs_go(tmp_path):
    (tmp_path / ".draft-charts-killed").mkdir()
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "old").write_text("old", encoding="utf-8")
    with draft_folder(tmp_path / "charts") as draft:
        (draft / "charts").mkdir()
        (draft / "charts" / "new").write_text("new", encoding="utf-8")
        replace_folder(draft / "charts", tmp_path / "charts")
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == ["charts", "charts/new"]


def test_an_interruption_leaves_the_old_files(tmp_path):
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "a.docx").write_text("old", encoding="utf-8")

    def killed():
        with draft_folder(tmp_path / "briefs") as draft:
            (draft / "a.docx").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()
    assert [path.name for path in tmp_path.iterdir()] == ["briefs"]
    assert (tmp_path / "briefs" / "a.docx").read_text(encoding="utf-8") == "old"


def test_files_are_moved_over_and_others_stay(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "own").write_text("own", encoding="utf-8")
    with draft_folder(tmp_path / "out") as draft:
        (draft / "a").write_text("new", encoding="utf-8")
        replace_files(draft, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["a", "own"]
