"""Settings of one running dashboard. The only module that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
TRUE_WORDS = frozenset({"1", "true", "yes", "on", "是"})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What may differ between two installations. Defaults serve one reader on this machine."""

    warehouse: Path = ROOT / "warehouse.duckdb"
    assets: Path = ROOT / "assets"
    host: str = "127.0.0.1"
    port: int = 8050
    hosts: tuple[str, ...] = ()  # names by which readers may call it; none given: any, on loopback this machine's
    threads: int = 8
    insecure: bool = False  # a host beyond loopback without sign-in
    internal: bool = False  # show facts with disclosure = internal
    debug: bool = False
    uploads: bool = False  # workbooks may be sent to be looked at; nothing of them is kept
    sql_seconds: int = 5  # that a reader's query may run
    sql_running: int = 2  # readers' queries at the same time

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read HOST, PORT, ALLOWED_HOSTS, THREADS, WAREHOUSE, INSECURE, INTERNAL, DEBUG, UPLOADS, SQL_SECONDS and SQL_RUNNING.

        ValueError (in Chinese) for a bad number.
        """
        default = cls()
        return cls(
            warehouse=Path(environment.get("WAREHOUSE") or default.warehouse),
            host=environment.get("HOST") or default.host,
            port=_whole(environment, "PORT", default.port, highest=65535),
            hosts=tuple(filter(None, (part.strip() for part in environment.get("ALLOWED_HOSTS", "").split(",")))),
            threads=_whole(environment, "THREADS", default.threads, highest=256),
            insecure=_flag(environment, "INSECURE"),
            internal=_flag(environment, "INTERNAL"),
            debug=_flag(environment, "DEBUG"),
            uploads=_flag(environment, "UPLOADS"),
            sql_seconds=_whole(environment, "SQL_SECONDS", default.sql_seconds, highest=3600),
            sql_running=_whole(environment, "SQL_RUNNING", default.sql_running, highest=64),
        )

    @property
    def on_loopback(self) -> bool:
        """True when only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def url(self) -> str:
        """Address to print; a wildcard host is shown as the name by which others call this machine."""
        shown = gethostname() if self.host in {"0.0.0.0", "::"} else self.host
        return f"http://[{shown}]:{self.port}/" if ":" in shown else f"http://{shown}:{self.port}/"


def limit_threads() -> None:
    """One polars thread a process: eight web threads share two cores. Must run before polars is imported."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")


def _whole(environment: Mapping[str, str], name: str, default: int, *, highest: int) -> int:
    stated = environment.get(name, "").strip()
    if not stated:
        return default
    if not stated.isdecimal() or not 1 <= int(stated) <= highest:
        raise ValueError(f"{name} 应为 1～{highest} 的整数，现为“{stated}”")
    return int(stated)


def _flag(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").strip().lower() in TRUE_WORDS
