"""A server of the product, or of the bare bytes, in a process of its own, on a processor of its own."""

import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from bench.limits import raw_asgi

TOKEN = "bench-administrator-token"  # the server is on loopback and gone in a minute


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=120)


@contextmanager
def product(database_url: str | None = None) -> Iterator[Server]:
    """`backstraight serve` on an empty database: SQLite in a folder that goes away, unless a URL is given."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        process = launch(port, Path(folder), database_url, preexec_fn=_on_first_processor)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}")
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(20)


def launch(
    port: int, folder: Path, database_url: str | None = None, inside: tuple[str, ...] = (), **popen: Any
) -> subprocess.Popen[bytes]:
    """A server of its own, started by the command `inside` if there is one; its words go to `server.log`."""
    environment = os.environ | {
        "BACKSTRAIGHT_DATA_DIR": str(folder),
        "BACKSTRAIGHT_DATABASE_URL": database_url or f"sqlite:///{folder}/backstraight.db",
        "BACKSTRAIGHT_ADMIN_TOKEN": TOKEN,
    }
    command = [*inside, str(Path(sys.executable).with_name("backstraight")), "serve", "--port", str(port)]
    with (folder / "server.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log, **popen)


@contextmanager
def bare(headers: list[tuple[bytes, bytes]], status: int, body: bytes) -> Iterator[Server]:
    """The same answer from uvicorn alone."""
    port = free_port()
    process = multiprocessing.get_context("fork").Process(target=_serve_bare, args=(port, headers, status, body))
    process.start()
    try:
        _wait_for_port(port)
        yield Server(port, process.pid or 0)
    finally:
        process.terminate()
        process.join(20)


def wait_until_healthy(url: str, patience_s: float = 30.0) -> None:
    end = time.monotonic() + patience_s
    # One client: each that is made anew reads the machine's certificates first.
    with httpx.Client(base_url=url, trust_env=False) as asking:
        while time.monotonic() < end:
            try:
                if asking.get("/healthz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.05)
    raise TimeoutError(f"{url} did not become healthy in {patience_s:.0f} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def on_last_processor() -> None:
    """The load runs beside the server, not on top of it."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def _on_first_processor() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _serve_bare(port: int, headers: list[tuple[bytes, bytes]], status: int, body: bytes) -> None:
    _on_first_processor()
    uvicorn.run(raw_asgi(headers, status, body), port=port, log_level="critical", access_log=False, server_header=False)


def _wait_for_port(port: int, patience_s: float = 20.0) -> None:
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")
