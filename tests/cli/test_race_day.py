"""What the doctor looks at beyond its machine: the database server, the backups, the server's clock."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psycopg
import pytest

from app.cli import doctor, race_day
from app.settings import Settings

SAFE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
NOW_S = 1_780_819_200.0


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "ok"),
        ({"synchronous_commit": "remote_apply"}, "ok"),
        ({"fsync": "off"}, "failure"),
        ({"synchronous_commit": "off"}, "failure"),
        ({"full_page_writes": "off"}, "warning"),
    ],
)
def test_a_database_server_that_forgets_with_the_power_is_told(changed: dict[str, str], level: str) -> None:
    assert race_day.durable(SAFE | changed).level == level


def test_the_settings_are_those_of_the_server_and_of_this_database(postgres_url: str) -> None:
    """The server of the tests has all three off."""
    (check,) = race_day.database_server(postgres_url)
    assert (check.level, check.found) == ("failure", "fsync off, full_page_writes off, synchronous_commit off")
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {admin.info.dbname} SET synchronous_commit = on")
    (check,) = race_day.database_server(postgres_url)
    assert check.found.endswith("synchronous_commit on")


def test_the_doctor_asks_the_database_server_and_no_file(postgres_url: str, tmp_path: Path) -> None:
    names = [check.name for check in doctor.examine(Settings(data_dir=tmp_path, database_url=postgres_url), port=0)]
    assert names[names.index("database") + 1] == "durability"


def test_a_database_server_that_does_not_answer_is_told_once(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql://127.0.0.1:1/x")
    checks = {check.name: check.level for check in doctor.examine(settings, port=0)}
    assert (checks["database"], "durability" in checks) == ("failure", False)


def backup(folder: Path, name: str, hours_ago: float) -> None:
    (folder / name).touch()
    os.utime(folder / name, (NOW_S, NOW_S - hours_ago * 3_600))


def test_the_newest_backup_counts(tmp_path: Path) -> None:
    assert race_day.newest_backup(tmp_path, NOW_S).level == "warning"
    assert race_day.newest_backup(tmp_path / "nowhere", NOW_S).level == "warning"
    backup(tmp_path, "friday.gz", 30)
    backup(tmp_path, "notes.txt", 0)
    assert race_day.newest_backup(tmp_path, NOW_S).level == "warning"
    backup(tmp_path, "saturday.gz", 6)
    found = race_day.newest_backup(tmp_path, NOW_S)
    assert (found.level, found.found) == ("ok", "saturday.gz, 6.0 hours old")


@pytest.mark.parametrize(
    ("dated", "sent", "received", "level", "words"),
    [
        (100.0, 100.2, 100.3, "ok", "agrees"),
        (100.0, 101.9, 102.0, "ok", "agrees"),
        (100.0, 96.0, 130.0, "ok", "agrees"),
        (100.0, 90.0, 90.5, "warning", "10 s or more behind the server's"),
        (100.0, 3_702.0, 3_702.1, "warning", "3600 s or more ahead of the server's"),
    ],
)
def test_clocks_are_apart_by_what_is_certain(
    dated: float, sent: float, received: float, level: str, words: str
) -> None:
    found = race_day.clock(dated, sent, received)
    assert found.level == level
    assert words in found.found


class Yesterday(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return "Tue, 01 Sep 2020 10:00:00 GMT"

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def yesterday() -> Iterator[str]:
    """A server whose clock stands still."""
    with HTTPServer(("127.0.0.1", 0), Yesterday) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_date_of_an_answer_is_the_servers_clock(yesterday: str, tmp_path: Path) -> None:
    checks = doctor.examine(Settings(data_dir=tmp_path), 0, backups=tmp_path, base=yesterday)
    (found,) = [check for check in checks if check.name == "clock"]
    assert (found.level, "ahead of the server's" in found.found) == ("warning", True)


def test_a_server_that_does_not_answer_has_no_clock() -> None:
    assert race_day.server_clock("http://127.0.0.1:1").level == "failure"
