"""The warehouse file as the dashboard reads it: read-only, pinned to one build, facts and registers as polars frames."""

from dashboard.warehouse.warehouse import Build, Warehouse, WarehouseUnavailableError

__all__ = ["Build", "Warehouse", "WarehouseUnavailableError"]
