"""A volume of 64 MB that fills up: 507, nothing acknowledged is lost, and it goes on by itself when there is room."""

import http.client
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.server import free_port, launch, wait_until_healthy
from tests.proofs.stored import complaints
from tests.proofs.test_kill import new_meet
from tests.proofs.timing_boxes import TimingBox

ROOM_LEFT = 1 << 20


@dataclass(frozen=True, slots=True)
class Volume:
    """64 MB in a mount namespace of its own, for as long as its holder lives."""

    path: Path
    holder: int

    @property
    def inside(self) -> tuple[str, ...]:
        """Starts a command where the volume is mounted."""
        return ("nsenter", f"--target={self.holder}", "--user", "--mount", "--preserve-credentials")

    @property
    def seen_from_here(self) -> Path:
        return Path(f"/proc/{self.holder}/root{self.path}")


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Volume]:
    path = tmp_path / "volume"
    path.mkdir()
    command = f"mount -t tmpfs -o size=64m tmpfs {path} && echo ready && exec cat"
    holder = subprocess.Popen(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin
    assert holder.stdout
    try:
        assert holder.stdout.readline() == b"ready\n", "this machine lets nobody mount a volume of their own"
        yield Volume(path, holder.pid)
    finally:
        holder.stdin.close()
        holder.stdout.close()
        holder.wait(20)


def test_a_full_disk_costs_no_acknowledged_read_and_the_server_recovers_alone(volume: Volume, tmp_path: Path) -> None:
    port = free_port()
    server = launch(port, tmp_path, f"sqlite:///{volume.path}/backstraight.db", volume.inside)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        box = TimingBox(port, new_meet(port), "finish")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        assert box.post_next(line) == 200
        ballast = _fill(volume.seen_from_here)
        while box.post_next(line) == 200:
            assert box.acknowledged < 100_000, "the volume does not fill up"
        assert box.refused == [507]
        assert _health(port) == 503
        ballast.unlink()
        assert box.post_next(line) == 200
        assert _health(port) == 200
        line.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    shutil.copytree(volume.seen_from_here, tmp_path / "found")
    assert box.wrong == []
    assert complaints(f"sqlite:///{tmp_path}/found/backstraight.db", [("finish", box.acknowledged)]) == []


def _fill(folder: Path) -> Path:
    """All but a little of what is free."""
    found = os.statvfs(folder)
    ballast = folder / "ballast"
    ballast.write_bytes(bytes(found.f_bavail * found.f_frsize - ROOM_LEFT))
    return ballast


def _health(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status
    finally:
        line.close()
