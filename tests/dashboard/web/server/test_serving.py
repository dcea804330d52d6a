"""The dashboard as `make run` serves it: clients that stand still, bodies without end, and how the server starts and stops."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.access.accounts import ACCOUNTS_FILE, Accounts
from dashboard.access.audit import AUDIT_FOLDER, AuditLog
from dashboard.access.roles import Role
from dashboard.api.bodies import MOST_BYTES, most_bytes
from dashboard.settings import ROOT, Settings
from dashboard.web.server.serving import ListenError, listen

LARGE_ANSWER = "/wall/plotly.js"
CALLBACK, BRIEF = "/_dash-update-component", "/download/brief/docx"
# An app that says that it has begun, and waits to be told to go on.
WAITING_APP = """
import sys, time
from pathlib import Path
from dashboard.web.server.serving import listen, serve
from dashboard.settings import Settings

folder, port = Path(sys.argv[1]), int(sys.argv[2])

def application(environ, start_response):
    (folder / "begun").touch()
    while not (folder / "go").exists():
        time.sleep(0.02)
    start_response("200 OK", [("Content-Length", "4000000")])
    return [b"x" * 4_000_000]

serve(application, listen(Settings(port=port)), threads=1, ready=lambda: None)
print("ended")
"""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running dashboard."""

    port: int
    process: subprocess.Popen[bytes]

    def connect(self, seconds: float = 30) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def ask(self, path: str, *, seconds: float = 10) -> int:
        """Status of a page, read whole; an error when it does not come."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            asked.request("GET", path, headers={"Accept": "text/html"})
            answer = asked.getresponse()
            answer.read()
            return answer.status
        finally:
            asked.close()

    def peak_memory(self) -> int:
        """Bytes."""
        [line] = [
            line
            for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
            if line.startswith("VmHWM")
        ]
        return int(line.split()[1]) * 1024


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def until(true: object, seconds: float = 60) -> None:
    """Wait until a call gives something true."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def environment(port: int, warehouse: Path, **more: str) -> dict[str, str]:
    return os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "WAREHOUSE": str(warehouse), "THREADS": "4"} | more


@contextmanager
def running(warehouse: Path, **told: str) -> Iterator[Server]:
    """A dashboard with these settings besides, from when it answers until it has ended in order."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "dashboard"], cwd=ROOT, env=environment(port, warehouse, **told), stdout=subprocess.DEVNULL
    )
    server = Server(port=port, process=process)

    def healthy() -> bool:
        assert process.poll() is None
        with suppress(OSError):
            return server.ask("/healthz") == 200
        return False

    try:
        until(healthy)
        yield server
    finally:
        process.terminate()
        assert process.wait(30) == 0


@pytest.fixture(scope="module")
def served(warehouse: Path) -> Iterator[Server]:
    with running(warehouse) as server:
        server.ask("/small-counties", seconds=60)  # what is made once is made
        yield server


def idle(server: Server) -> socket.socket:
    return server.connect()


def half_a_header(server: Server) -> socket.socket:
    client = server.connect()
    client.sendall(b"GET /small-counties HTTP/1.1\r\nHost: localhost\r\nAccept: text")
    return client


def half_a_body(server: Server) -> socket.socket:
    client = server.connect()
    client.sendall(f"POST {CALLBACK} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n".encode() + b"{")
    return client


def reads_nothing(server: Server) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(30)
    client.connect(("127.0.0.1", server.port))
    client.sendall(f"GET {LARGE_ANSWER} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 10)
    return client


def keeps_its_end_open(server: Server) -> socket.socket:
    client = server.connect()
    client.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert client.recv(4096).startswith(b"HTTP/1.1 200")
    return client


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "count"), [(idle, 60), (half_a_header, 40), (half_a_body, 20), (reads_nothing, 12), (keeps_its_end_open, 12)]
)
def test_clients_that_stand_still_keep_no_page_from_others(served, kind, count):
    with ExitStack() as clients:
        for _ in range(count):
            clients.enter_context(kind(served))
        for _ in range(3):
            assert served.ask("/healthz") == 200
            assert served.ask("/small-counties") == 200


def refused(server: Server, method: str, path: str, size: int, *, chunked: bool) -> tuple[int, str]:
    """Status and text of the answer to a body of `size` bytes, sent whole."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    part = b" " * 1_000_000
    try:
        asked.putrequest(method, path)
        asked.putheader("Content-Type", "application/json")
        asked.putheader(*(("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(size))))
        asked.endheaders()
        for _ in range(size // len(part)):
            asked.send(b"%x\r\n%s\r\n" % (len(part), part) if chunked else part)
        asked.send(b"0\r\n\r\n" if chunked else b"")
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


@pytest.mark.slow
@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "chunked"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", CALLBACK),
        ("POST", BRIEF),
        ("POST", "/api/sql"),
        ("POST", "/no-such-page"),
        ("GET", "/healthz"),
        ("PUT", "/api/facts"),
    ],
)
def test_a_body_beyond_the_limit_is_refused_in_chinese_and_not_kept(served, method, path, chunked):
    before = served.peak_memory()
    status, text = refused(served, method, path, most_bytes(path) + 45_000_000, chunked=chunked)
    assert status == 413
    assert "太大" in text
    assert served.peak_memory() - before < 30_000_000
    assert served.ask("/healthz") == 200


@pytest.mark.slow
def test_a_body_that_nobody_would_wait_for_is_refused_before_it_comes(served):
    with served.connect() as client:
        client.sendall(f"POST {CALLBACK} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000000\r\n\r\n".encode())
        answer = client.makefile("rb").read().decode()  # to the end of the connection
    assert answer.startswith("HTTP/1.1 413")
    assert "太大" in answer


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [(b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n", b"431", "太长"), (b"nonsense\r\n\r\n", b"400", "看不懂")],
)
def test_the_server_itself_refuses_in_chinese_too(served, sent, status, says):
    with served.connect() as client:
        client.sendall(sent)
        answer = client.makefile("rb").read()
    assert answer.split()[1] == status
    assert says in answer.decode()
    assert b"waitress" not in answer


@pytest.mark.slow
def test_files_are_sent_in_part_compressed_or_not_at_all_on_one_connection(served):
    asked = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)

    def get(path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        asked.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = asked.getresponse()
        body = answer.read()
        assert not answer.will_close, f"{method} {path} ends the connection"
        return answer, body

    whole, text = get("/assets/favicon.svg")
    assert (whole.status, whole.headers["Server"]) == (200, "dashboard")
    head, nothing = get("/assets/favicon.svg", "HEAD")
    assert (head.status, nothing, head.headers["Content-Length"]) == (200, b"", str(len(text)))
    part, some = get("/assets/favicon.svg", Range="bytes=0-9")
    assert (part.status, some) == (206, text[:10])
    same, nothing = get("/assets/favicon.svg", If_None_Match=whole.headers["ETag"])
    assert (same.status, nothing) == (304, b"")
    packed, _body = get("/bundle/app.js", Accept_Encoding="br")
    assert packed.headers["Content-Encoding"] == "br"
    unchanged, _nothing = get("/bundle/app.js", Accept_Encoding="br", If_None_Match=packed.headers["ETag"])
    assert unchanged.status == 304
    assert get("/download/nothing.csv")[0].status == 404
    assert get("/healthz", "DELETE")[0].status == 405
    asked.close()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_the_running_request_end_and_takes_no_other(tmp_path, number):
    port = free_port()
    command = [sys.executable, "-c", WAITING_APP, str(tmp_path), str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    server = Server(port=port, process=process)  # type: ignore[arg-type]

    def connected() -> bool:
        with suppress(OSError), server.connect():
            return True
        return False

    try:
        until(connected)
        with server.connect() as asked, server.connect():
            asked.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            until((tmp_path / "begun").exists)
            process.send_signal(number)
            until(lambda: not connected())
            assert process.poll() is None
            (tmp_path / "go").touch()
            assert len(asked.makefile("rb").read()) > 4_000_000
        said, _nothing = process.communicate(timeout=30)
        assert (process.returncode, said) == (0, "ended\n")
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_port_that_is_taken_is_said_in_one_sentence(warehouse):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "dashboard"]
        ended = subprocess.run(
            command, cwd=ROOT, env=environment(port, warehouse), capture_output=True, text=True, timeout=60, check=False
        )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert f"端口 {port} 已被其他程序占用" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-machine.invalid"])
def test_an_address_of_another_machine_is_refused(host):
    with pytest.raises(ListenError, match=f"HOST={host} 不是这台机器的地址"):
        listen(Settings(host=host, port=free_port(), insecure=True))


def test_a_name_with_several_addresses_is_served_on_each_that_there_is():
    opened = listen(Settings(host="localhost", port=free_port()))
    assert opened
    for one in opened:
        one.close()


def test_every_route_bounds_what_it_is_sent(client):
    rules = [rule for rule in client.application.url_map.iter_rules() if not rule.arguments]
    assert len(rules) > 10
    for rule in rules:
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = client.open(rule.rule, method=method, environ_overrides={"CONTENT_LENGTH": "100000000"})
            assert answer.status_code == 413, f"{method} {rule.rule}"
            assert method == "HEAD" or "太大" in answer.text, f"{method} {rule.rule}"


def test_only_a_brief_with_its_pictures_may_be_larger():
    assert most_bytes(CALLBACK) == most_bytes("/api/sql") == most_bytes("//download/brief/docx") == MOST_BYTES
    assert most_bytes(BRIEF) > MOST_BYTES


def test_polars_is_not_loaded_before_its_threads_are_limited():
    """It reads POLARS_MAX_THREADS once, when it is imported."""
    loaded = (
        "import sys, dashboard.__main__, dashboard.web.server.serving; print('polars' in sys.modules, 'duckdb' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout == "False False\n"


def test_what_a_trusted_proxy_says_reaches_the_sign_in(warehouse, tmp_path):
    Accounts(tmp_path / ACCOUNTS_FILE).add("张三", {Role.ADMIN}, None)
    told = {"SIGN_IN": "1", "ACCESS": str(tmp_path), "PROXY_NETWORKS": "127.0.0.1", "PROXY_USER_HEADER": "X-Remote-User"}
    with running(warehouse, **told) as server:

        def ask(path: str, **headers: str) -> http.client.HTTPResponse:
            asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            asked.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            return asked.getresponse()

        assert "Secure" in str(ask("/signin", X_Forwarded_Proto="https").headers["Set-Cookie"])
        assert "Secure" not in str(ask("/signin").headers["Set-Cookie"])
        assert ask("/account/audit", X_Remote_User="张三".encode().decode("latin-1"), X_Forwarded_For="10.9.8.7").status == 200
        [line] = AuditLog(tmp_path / AUDIT_FOLDER).lines()
        assert (line["who"], line["where"]) == ("张三", "10.9.8.7")
