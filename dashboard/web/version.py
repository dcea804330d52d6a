"""The line that says which build is being read."""

from dashboard.warehouse import Build, Warehouse, WarehouseUnavailableError

REBUILT = "数据刚刚更新，本页已全部换用新版本。"


def version_line(db: Warehouse) -> str:
    """数据版本 2026-11-22 · 1024 条事实 · 152 个来源; a sentence of its own without a warehouse."""
    try:
        return build_line(db.build)
    except WarehouseUnavailableError:
        return "暂无数据"


def build_line(build: Build) -> str:
    """The same for one build."""
    dated = f"{build.built_at:%Y-%m-%d}" if build.built_at else build.build_id
    return f"数据版本 {dated} · {build.facts} 条事实 · {build.sources} 个来源"
