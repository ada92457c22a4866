"""Runs of tests that share this machine. A run that is killed leaves its PostgreSQL server behind, with a folder in
memory: the next run ends both.
"""

import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

MEMORY, ROOM = Path("/dev/shm"), 1 << 30
PREFIX = "backstraight-"
IN_USE = "in-use"
"""A file in the folder of a run. Its processes hold it as long as they live: the system lets go of it for the dead."""
PATIENCE_S = 10.0


def room() -> Path:
    """Where runs have their folders: in memory where there is room. Short: a socket's path has 107 characters."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).total >= ROOM:
        return MEMORY
    return Path(tempfile.gettempdir())


@contextmanager
def alone() -> Iterator[None]:
    """One worker at a time. The file stays, for all runs: one that is taken away no longer keeps others out."""
    with (Path(tempfile.gettempdir()) / f"backstraight-tests-{os.getuid()}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


@contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """The folder is this run's until the block ends or the process dies. Enter it `alone`."""
    folder.mkdir(exist_ok=True)
    with (folder / IN_USE).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield


def end_dead(room: Path) -> None:
    """Servers and folders of runs of which no process is alive. What names no owner is left alone."""
    for folder in room.glob(f"{PREFIX}*"):
        with suppress(OSError):  # Another user's, or one that goes by itself just now.
            if folder.stat().st_uid == os.getuid() and _is_dead(folder):
                _end_server(folder / "pg")
                shutil.rmtree(folder, ignore_errors=True)


def _is_dead(folder: Path) -> bool:
    with (folder / IN_USE).open("r") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _end_server(data: Path) -> None:
    """The file may name a process of today for a server of yesterday: only what answers there is ended. One that does
    not answer ends by itself when its folder is gone.
    """
    try:
        with psycopg.connect(host=str(data), user="postgres", connect_timeout=2) as answers:
            where = answers.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return
    pid = data / "postmaster.pid"
    if where == (str(data),):
        os.kill(int(pid.read_text().split("\n", 1)[0]), signal.SIGQUIT)
    end = time.monotonic() + PATIENCE_S
    while pid.exists() and time.monotonic() < end:
        time.sleep(0.02)
