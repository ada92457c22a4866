"""What a run of tests leaves behind that was killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import runs

RUN = """
import sys
from pathlib import Path
from tests import runs
from tests.conftest import _server_package

folder = Path(sys.argv[1])
with runs.in_use(folder):
    _server_package().get_server(folder / "pg", cleanup_mode="delete")
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def room() -> Iterator[Path]:
    """Not that of the runs themselves: others of this machine go on."""
    folder = Path(tempfile.mkdtemp(prefix="runs-", dir=runs.room()))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def run(room: Path) -> Iterator[subprocess.Popen[str]]:
    """A run with a server, in `room`."""
    command = [sys.executable, "-c", RUN, str(room / f"{runs.PREFIX}1")]
    root, pipe = Path(__file__).parent.parent, subprocess.PIPE
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


def test_the_server_of_a_killed_run_ends_with_the_next_one_and_not_before(
    run: subprocess.Popen[str], room: Path
) -> None:
    folder = room / f"{runs.PREFIX}1"
    with psycopg.connect(host=str(folder / "pg"), user="postgres", autocommit=True) as asking:
        runs.end_dead(room)
        asking.execute("SELECT 1")
        run.send_signal(signal.SIGKILL)
        run.wait()
        asking.execute("SELECT 1")
        runs.end_dead(room)
        assert not folder.exists()
        with pytest.raises(psycopg.OperationalError):
            asking.execute("SELECT 1")


def test_a_process_that_has_the_number_of_a_dead_server_is_left_alone(room: Path) -> None:
    folder = room / f"{runs.PREFIX}2"
    (folder / "pg").mkdir(parents=True)
    (folder / runs.IN_USE).touch()
    (folder / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n")
    runs.end_dead(room)
    assert not folder.exists()


def test_a_folder_without_an_owner_is_left_alone(room: Path) -> None:
    folder = room / f"{runs.PREFIX}3"
    folder.mkdir()
    runs.end_dead(room)
    assert folder.exists()
