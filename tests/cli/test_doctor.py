"""Each thing that the doctor looks at, well and unwell."""

import json
import socket
from pathlib import Path

import pytest

from app.cli import doctor, whereabouts
from app.cli.check import Check, Level
from app.cli.commands import run
from app.settings import Settings
from app.store import open_database


@pytest.mark.parametrize(
    ("found", "level"), [((3, 40, 1), "note"), ((3, 51, 2), "note"), ((3, 51, 3), "ok"), ((3, 54, 1), "ok")]
)
def test_a_sqlite_with_the_wal_fault_is_noted(found: tuple[int, ...], level: str) -> None:
    assert doctor.sqlite_version(found).level == level


@pytest.mark.parametrize(
    ("free", "total", "level"),
    [
        (100 << 30, 200 << 30, "ok"),
        (10 << 30, 200 << 30, "warning"),
        (900 << 20, 2 << 30, "warning"),
        (1 << 20, 1 << 30, "failure"),
    ],
)
def test_a_disk_that_fills_up_is_seen(free: int, total: int, level: str) -> None:
    assert doctor.space(free, total).level == level


@pytest.mark.parametrize(("ms", "level"), [(0.3, "ok"), (80.0, "warning")])
def test_a_slow_disk_is_warned_of(ms: float, level: str) -> None:
    assert doctor.commits(ms).level == level


def test_measuring_the_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    assert doctor.fsync_ms(tmp_path, rounds=2) > 0
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_that_is_none_fails(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert doctor.folder(file).level == "failure"
    assert doctor.folder(tmp_path).level == "ok"
    assert doctor.folder(tmp_path / "new").level == "ok"


def test_the_database_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "race.db"
    url = f"sqlite:///{path}"
    assert doctor.schema(url).found == "none yet, made at the first start"
    db = open_database(url)
    try:
        assert doctor.schema(url).found.startswith("in use by process")
        with whereabouts.noted(url, "http://127.0.0.1:1"):
            assert doctor.schema(url).found == "in use by the server at http://127.0.0.1:1"
    finally:
        db.close()
    assert doctor.schema(url).found == "schema is current"
    path.write_bytes(b"not a database at all" * 100)
    assert doctor.schema(url).level == "failure"


def test_a_database_made_by_nobody_yet_is_not_current(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    assert doctor.schema(f"sqlite:///{tmp_path / 'empty.db'}").level == "warning"


def test_a_port_in_use_is_warned_of() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert doctor.free_port("127.0.0.1", taken).level == "warning"
        assert doctor.free_port("127.0.0.1", taken, f"http://127.0.0.1:{taken + 1}").level == "warning"
        assert doctor.free_port("127.0.0.1", taken, f"http://127.0.0.1:{taken}").level == "ok"
    assert doctor.free_port("127.0.0.1", 0).level == "ok"


def test_time_zones_come_with_the_product() -> None:
    assert doctor.time_zones().level == "ok"


def test_the_worst_check_is_the_exit_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("BACKSTRAIGHT_DATA_DIR", str(file))
    assert run(["doctor", "--port", "0", "--json"]) == 2
    checks = json.loads(capsys.readouterr().out)
    assert {"name": "data folder", "level": "failure"} in [{k: c[k] for k in ("name", "level")} for c in checks]


@pytest.mark.parametrize(("levels", "status"), [(["ok", "note"], 0), (["note", "warning"], 1), (["failure", "ok"], 2)])
def test_a_note_is_no_warning(
    levels: list[Level], status: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BACKSTRAIGHT_DATA_DIR", str(tmp_path))
    checks = [Check("any", level, "found") for level in levels]
    monkeypatch.setattr(doctor, "examine", lambda *asked: iter(checks))
    assert run(["doctor"]) == status


def test_the_doctor_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    names = [check.name for check in doctor.examine(Settings(data_dir=data), port=0)]
    assert names == ["sqlite", "data folder", "disk", "disk speed", "database", "time zones", "port"]
    assert list(tmp_path.iterdir()) == []
