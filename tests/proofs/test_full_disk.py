"""A volume of 64 MB that fills up: 507, nothing acknowledged is lost, and it goes on by itself when there is room."""

import http.client
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.server import free_port, launch, wait_until_healthy
from tests.proofs.stored import complaints
from tests.proofs.test_kill import new_meet
from tests.proofs.timing_boxes import TimingBox

ROOM_LEFT = 3 << 20


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A small volume in a mount namespace that lives as long as its holder, seen from here through /proc."""
    command = f"mount -t tmpfs -o size=64m tmpfs {tmp_path} && echo ready && exec cat"
    holder = subprocess.Popen(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdin
    assert holder.stdout
    try:
        assert holder.stdout.readline() == b"ready\n", "this machine lets nobody mount a volume of their own"
        yield Path(f"/proc/{holder.pid}/root{tmp_path}")
    finally:
        holder.stdin.close()
        holder.stdout.close()
        holder.wait(20)


def test_a_full_disk_costs_no_acknowledged_read_and_the_server_recovers_alone(volume: Path) -> None:
    port = free_port()
    server = launch(port, volume)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}")
        box = TimingBox(port, new_meet(port), "finish")
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        assert box.post_next(line) == 200
        ballast = _fill(volume)
        while box.post_next(line) == 200:
            assert box.acknowledged < 2_000_000
        assert box.refused == [507]
        assert _health(port) == 503
        ballast.unlink()
        assert box.post_next(line) == 200
        assert _health(port) == 200
        line.close()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    assert box.wrong == []
    assert complaints(f"sqlite:///{volume}/backstraight.db", [("finish", box.acknowledged)]) == []


def _fill(volume: Path) -> Path:
    free = os.statvfs(volume).f_bavail * os.statvfs(volume).f_frsize
    ballast = volume / "ballast"
    ballast.write_bytes(bytes(free - ROOM_LEFT))
    return ballast


def _health(port: int) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", "/healthz")
        return line.getresponse().status
    finally:
        line.close()
