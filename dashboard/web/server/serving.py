"""The server around the app: waitress, which reads requests and sends answers outside of the threads that make them.

So a client that says nothing, half of a request or the end of it slowly, or that does not read, takes no thread from others.
What is added to waitress: bodies that are too large are read to their end, but not kept, so that the refusal arrives; answers
that nobody reads end their connection instead of a thread's work; 304 keeps the connection; its own refusals are in Chinese;
SIGTERM lets running requests end.
"""

import errno
import io
import logging
import os
import resource
import signal
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from waitress import wasyncore
from waitress.channel import ClientDisconnected, HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error

from dashboard.api.bodies import TOO_LARGE, most_bytes
from dashboard.settings import Settings

MOST_CONNECTIONS = 2000
IDLE_SECONDS = 60  # that a connection may be silent
STOPPING_SECONDS = 20  # that running requests have after SIGTERM
_HEADER_BYTES = 32_768
_BODY_BYTES = 300_000_000  # of a body that is read only to be refused; beyond, the connection ends at once
_UNREAD_BYTES = 32_000_000  # of answers that wait for a client who asks for more
_FILES = 8192  # descriptors: a connection needs up to three, with the temporary files of long bodies
_OWN_FILES = 200
_NOT_HERE = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})
_SENTENCES = {
    400: "请求看不懂。",
    413: TOO_LARGE,
    431: "地址或请求头太长，没有收下。请缩短地址后重试。",
    500: "服务器出错，已记入日志。请把操作告诉管理员。",
    501: "不支持这种传送方式。",
}


class ListenError(RuntimeError):
    """The address cannot be served on. The message is Chinese and says what to do."""


def listen(settings: Settings) -> list[socket.socket]:
    """Sockets that listen on the host and port of `settings`, one for each address of the host; ListenError where none can."""
    host, port = settings.host, settings.port
    opened: list[socket.socket] = []
    failure: OSError | None = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((family, address) for family, _kind, _protocol, _name, address in found):
            try:
                opened.append(socket.create_server(address, family=family, backlog=1024))
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise
                failure = error  # of localhost's two addresses one may be of a family that is switched off
        if failure and not opened:
            raise failure
    except OSError as error:
        for one in opened:
            one.close()
        raise ListenError(_why_not(error, host, port)) from error
    return opened


def serve(application: Callable[..., Any], sockets: Sequence[socket.socket], *, threads: int, ready: Callable[[], None]) -> None:
    """Answer requests with a WSGI application until SIGTERM or SIGINT, then end what is running; `ready` is called at the start."""
    connected: dict[int, Any] = {}
    create_server(
        application,
        map=connected,
        sockets=list(sockets),
        threads=threads,
        ident="dashboard",
        connection_limit=_most_connections(),
        asyncore_use_poll=True,
        recv_bytes=65_536,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=10,
        max_request_header_size=_HEADER_BYTES,
        max_request_body_size=_BODY_BYTES,
        outbuf_high_watermark=1 << 40,  # no thread waits for a reader: see _Channel.write_soon
        clear_untrusted_proxy_headers=False,  # which proxy is believed is said by PROXY_NETWORKS (access/proxy.py)
        log_socket_errors=False,
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns whenever a request waits for a thread
    servers = [one for one in connected.values() if isinstance(one, BaseWSGIServer)]
    for server in servers:
        server.channel_class = _Channel
    stopping = _until_signal(servers[0].pull_trigger)
    ready()
    while not stopping:
        wasyncore.loop(timeout=1, use_poll=True, map=connected, count=1)
    _end(servers, connected)


class _Nowhere(io.BytesIO):
    """Takes the place of the buffer for a body that is too large: counts it and keeps nothing."""

    def __init__(self, counted: int) -> None:
        super().__init__()
        self._counted = counted

    def __len__(self) -> int:
        return self._counted

    def append(self, part: bytes) -> None:
        self._counted += len(part)

    def getfile(self) -> io.BytesIO:
        return self


class _Request(HTTPRequestParser):
    """Reads a body that is too large to its end. The app is told its true length and refuses it, in the words of the route."""

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        body = self.body_rcv
        if body is None or isinstance(body.buf, _Nowhere):
            return consumed
        if max(self.content_length, len(body)) > most_bytes(self.path):
            kept, body.buf = body.buf, _Nowhere(len(body))
            kept.close()
        return consumed


class _Task(WSGITask):
    def set_close_on_finish(self) -> None:
        """An answer that has no body (304) has no length to give either: no reason to end the connection."""
        if self.has_body or self.version == "1.0" or self.request.headers.get("CONNECTION", "").lower() == "close":
            super().set_close_on_finish()


class _Refusal(ErrorTask):
    """What waitress itself refuses, in Chinese."""

    def execute(self) -> None:
        self.request.error = _Sentence(self.request.error)
        super().execute()


class _Sentence(Error):
    def __init__(self, error: Error) -> None:
        super().__init__(_SENTENCES.get(error.code, _SENTENCES[400]))
        self.code, self.reason = error.code, error.reason

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        return f"{self.code} {self.reason}", [("Content-Type", "text/plain; charset=utf-8")], self.body.encode()


class _Channel(HTTPChannel):
    parser_class = _Request
    task_class = _Task
    error_task_class = _Refusal

    def write_soon(self, data: Any) -> int:
        """waitress would have the thread wait for a client that asks for more and reads nothing; here the client has to wait."""
        if self.total_outbufs_len > _UNREAD_BYTES:
            self.will_close = True
            raise ClientDisconnected
        written: int = super().write_soon(data)
        return written

    @property
    def at_work(self) -> bool:
        """True from the end of a request to the last byte of its answer."""
        return bool(self.requests or self.total_outbufs_len or self.close_when_flushed)


def _most_connections() -> int:
    """MOST_CONNECTIONS, or fewer where the system gives too few descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(50, min(MOST_CONNECTIONS, (soft - _OWN_FILES) // 3))


def _until_signal(wake: Callable[[], None]) -> list[int]:
    """A list that is empty until SIGTERM or SIGINT comes; a second one ends the process at once."""
    came: list[int] = []

    def stop(number: int, _frame: Any) -> None:
        if came:
            os._exit(1)
        came.append(number)
        wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return came


def _end(servers: Sequence[BaseWSGIServer], connected: dict[int, Any]) -> None:
    """Take no further connection, close those without a request, and wait for the others."""
    for server in servers:
        wasyncore.dispatcher.close(server)
    end = time.monotonic() + STOPPING_SECONDS
    while time.monotonic() < end:
        channels = [channel for server in servers for channel in server.active_channels.values()]
        for channel in channels:
            if not channel.at_work:
                channel.handle_close()
        if not any(channel.at_work for channel in channels):
            return
        wasyncore.loop(timeout=0.1, use_poll=True, map=connected, count=1)


def _why_not(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror) or error.errno in _NOT_HERE:
        return f"HOST={host} 不是这台机器的地址，不能在它上面启动。本机使用请用默认的 127.0.0.1。"
    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被其他程序占用（可能看板已在运行）。请换一个端口，例如 make run PORT={port + 1 if port < 65535 else 8050}。"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口 {port}。请换 1024 以上的端口，例如 make run PORT=8050。"
    return f"不能在 {host} 的端口 {port} 上启动：{error.strerror}。请换一个端口或地址。"
