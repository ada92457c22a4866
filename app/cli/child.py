"""A server of our own, started as a child process and stopped with us."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

from app.cli.client import Server
from app.cli.console import Exit, Failure

STOP_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Child:
    base: str
    token: str
    process: subprocess.Popen[bytes]


@contextmanager
def running(data_dir: Path, port: int, patience_s: float = 30.0) -> Iterator[Child]:
    """`backstraight serve` on SQLite in that folder, answering; its log is `server.log` there."""
    data_dir.mkdir(parents=True, exist_ok=True)
    token, base = secrets.token_urlsafe(24), f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "BACKSTRAIGHT_DATA_DIR": str(data_dir),
        "BACKSTRAIGHT_DATABASE_URL": f"sqlite:///{data_dir / 'backstraight.db'}",
        "BACKSTRAIGHT_ADMIN_TOKEN": token,
        "BACKSTRAIGHT_AUTO_MIGRATE": "true",
    }
    command = [sys.executable, "-m", "app.cli", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with (data_dir / "server.log").open("wb") as log:
        # A session of its own: Ctrl-C reaches us first, and we stop it.
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    with _stopped_by_sigterm():
        try:
            _wait(base, process, data_dir / "server.log", patience_s)
            yield Child(base, token, process)
        finally:
            _stop(process)


def _wait(base: str, process: subprocess.Popen[bytes], log: Path, patience_s: float) -> None:
    with Server(base, None, timeout_s=5.0) as server:
        try:
            server.wait(patience_s, lambda: process.poll() is None)
        except Failure as failure:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
            raise Failure("The server did not start. It said:", tail, Exit.UNREACHABLE) from failure


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """SIGTERM as Ctrl-C: the child is stopped on the way out."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def port_for(asked: int | None, usual: int = 8_000) -> int:
    """The port that was asked for, which must be free; else the usual one, or any that is free."""
    for port in (usual, 0) if asked is None else (asked,):
        if free := _free(port):
            return free
    raise Failure(
        f"Port {asked} is taken on 127.0.0.1.",
        "Choose another with --port, BACKSTRAIGHT_PORT or PORT.",
        Exit.UNREACHABLE,
    )


def _free(port: int) -> int | None:
    """The port itself, or for 0 any that is free; None where somebody has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return None
        found: int = probe.getsockname()[1]
        return found
