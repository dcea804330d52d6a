"""Settings of one running dashboard. The only module that reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
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
    sign_in: bool = False  # on loopback too; beyond it always, unless `insecure`
    access: Path = ROOT / "access"  # folder of accounts and audit log
    proxy_networks: tuple[IPv4Network | IPv6Network, ...] = ()  # of the proxies that are believed
    proxy_user_header: str = ""  # in which such a proxy names who is signed in
    idle_minutes: int = 30  # after which a session ends
    session_hours: int = 12  # after which it ends whatever happens
    metrics_port: int = 0  # of this machine, where Prometheus looks; 0: nowhere
    internal: bool = False  # show facts with disclosure = internal
    debug: bool = False
    uploads: bool = False  # workbooks may be sent to be looked at; nothing of them is kept
    sql_seconds: int = 5  # that a reader's query may run
    sql_running: int = 2  # readers' queries at the same time

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read HOST, PORT, ALLOWED_HOSTS, THREADS, WAREHOUSE, INSECURE, SIGN_IN, ACCESS, PROXY_NETWORKS, PROXY_USER_HEADER,
        IDLE_MINUTES, SESSION_HOURS, METRICS_PORT, INTERNAL, DEBUG, UPLOADS, SQL_SECONDS and SQL_RUNNING.

        ValueError (in Chinese) for a bad number or network.
        """
        default = cls()
        return cls(
            warehouse=Path(environment.get("WAREHOUSE") or default.warehouse),
            host=environment.get("HOST") or default.host,
            port=_whole(environment, "PORT", default.port, highest=65535),
            hosts=tuple(_listed(environment, "ALLOWED_HOSTS")),
            threads=_whole(environment, "THREADS", default.threads, highest=256),
            insecure=_flag(environment, "INSECURE"),
            sign_in=_flag(environment, "SIGN_IN"),
            access=Path(environment.get("ACCESS") or default.access),
            proxy_networks=tuple(_network(stated) for stated in _listed(environment, "PROXY_NETWORKS")),
            proxy_user_header=environment.get("PROXY_USER_HEADER", "").strip(),
            idle_minutes=_whole(environment, "IDLE_MINUTES", default.idle_minutes, highest=1440),
            session_hours=_whole(environment, "SESSION_HOURS", default.session_hours, highest=168),
            metrics_port=_whole(environment, "METRICS_PORT", default.metrics_port, highest=65535),
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
    def needs_sign_in(self) -> bool:
        """Whether readers sign in."""
        return self.sign_in or not (self.on_loopback or self.insecure)

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


def _listed(environment: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in environment.get(name, "").split(",") if part.strip()]


def _network(stated: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(stated)
    except ValueError:
        raise ValueError(f"PROXY_NETWORKS 应为 IP 地址或网段（如 10.0.0.5、10.0.0.0/24），现有“{stated}”") from None


def _flag(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").strip().lower() in TRUE_WORDS
