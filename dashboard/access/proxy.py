"""What a proxy that is trusted says of a request: who asks (an office's single sign-on), from where, and whether by https."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, kw_only=True)
class Proxy:
    """Whom to believe (`networks` of its addresses; none: nobody), and in which `header` a signed-in name comes (blank: in none)."""

    networks: Sequence[Network] = ()
    header: str = ""

    def name(self, environ: dict[str, Any]) -> str:
        """The name that a trusted proxy gives; blank when there is none. What others send under that header is not read."""
        if not self.header or not self._trusted(environ):
            return ""
        stated = str(environ.get(f"HTTP_{self.header.upper().replace('-', '_')}", ""))
        return stated.encode("latin-1", "replace").decode("utf-8", "replace").strip()

    def address(self, environ: dict[str, Any]) -> str:
        """Where the request comes from: the last address that a trusted proxy adds, else the other end of the connection."""
        near = str(environ.get("REMOTE_ADDR", ""))
        last = str(environ.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
        return last if last and self._trusted(environ) else near

    def by_https(self, environ: dict[str, Any]) -> bool:
        """Whether the reader's browser spoke https."""
        if environ.get("wsgi.url_scheme") == "https":
            return True
        return self._trusted(environ) and str(environ.get("HTTP_X_FORWARDED_PROTO", "")).strip().lower() == "https"

    def _trusted(self, environ: dict[str, Any]) -> bool:
        try:
            near = ip_address(str(environ.get("REMOTE_ADDR", "")))
        except ValueError:
            return False
        return any(near in network for network in self.networks)
