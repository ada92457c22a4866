"""What `serve`, `migrate` and `openapi` say, above all when they cannot."""

import json
import socket
from functools import cache
from pathlib import Path

import pytest

from app.api.openapi import openapi_document
from app.cli import whereabouts
from app.cli.child import port_for, running
from app.cli.client import Server
from app.cli.commands import COMMANDS, GROUPS, run
from app.cli.console import Failure
from app.cli.environment import shown
from app.store import open_database

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BACKSTRAIGHT_DATA_DIR", str(tmp_path))
    for name in ("DATABASE_URL", "ADMIN_TOKEN", "PORT", "HOST"):
        monkeypatch.delenv(f"BACKSTRAIGHT_{name}", raising=False)
    return tmp_path


@pytest.mark.parametrize("name", [*COMMANDS, "tokens create", "tokens list", "tokens revoke"])
def test_every_command_explains_itself(name: str, capsys: Said) -> None:
    assert run([*name.split(), "--help"]) == 0
    said = capsys.readouterr().out
    assert "Exit status" in said
    assert f"backstraight {name}" in said


def test_the_first_page_lists_every_command(capsys: Said) -> None:
    run(["--help"])
    said = capsys.readouterr().out
    assert [name for name in (*COMMANDS, *GROUPS) if f"\n  {name} " not in said] == []


def test_a_second_server_on_the_same_data_is_refused(data: Path, capsys: Said) -> None:
    db = open_database(f"sqlite:///{data / 'backstraight.db'}")
    try:
        assert run(["serve", "--port", "0"]) == 3
    finally:
        db.close()
    said = capsys.readouterr().err
    assert said.startswith("Cannot start: ")
    assert "in use by another Backstraight" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("variable", "value", "status", "said"),
    [
        ("PORT", "abc", 2, "BACKSTRAIGHT_PORT"),
        ("ADMIN_TOKEN", "short", 2, "BACKSTRAIGHT_ADMIN_TOKEN"),
        ("DATABASE_URL", "mysql://here/x", 3, "only sqlite:///path and postgresql://host/name"),
        ("DATABASE_URL", "postgresql://127.0.0.1:1/x", 3, "cannot be reached"),
    ],
)
def test_settings_that_cannot_be_are_named(
    variable: str, value: str, status: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv(f"BACKSTRAIGHT_{variable}", value)
    assert run(["serve", "--port", "0"]) == status
    answer = capsys.readouterr().err
    assert said in answer
    assert "Traceback" not in answer


def test_the_password_of_the_database_is_not_shown() -> None:
    assert shown("postgresql://timing:secret@db/races") == "postgresql://db/races"
    assert shown("sqlite:///var/backstraight.db") == "var/backstraight.db"


def test_a_server_says_where_it_is_and_stops(data: Path) -> None:
    with running(data, port_for(None, usual=0)) as child, Server(child.base, child.token) as server:
        assert server.get("/healthz") == {"status": "ok"}
        assert whereabouts.of(f"sqlite:///{data / 'backstraight.db'}") == child.base
    assert whereabouts.of(f"sqlite:///{data / 'backstraight.db'}") is None
    assert child.process.returncode is not None
    log = (data / "server.log").read_text()
    assert child.base in log
    assert child.token not in log


@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("127.0.0.1", "http://127.0.0.1:9"),
        ("0.0.0.0", "http://127.0.0.1:9"),
        ("::1", "http://[::1]:9"),
        ("::", "http://[::1]:9"),
    ],
)
def test_where_a_server_listens_is_noted_as_an_address(host: str, base: str) -> None:
    assert whereabouts.address(host, 9) == base


@pytest.mark.parametrize("name", ["serve", "demo", "doctor"])
@pytest.mark.parametrize("variable", ["PORT", "BACKSTRAIGHT_PORT"])
def test_the_port_has_one_set_of_names(name: str, variable: str, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.setenv(variable, "70000")
    assert run([name]) == 2
    assert "65535" in capsys.readouterr().err
    monkeypatch.delenv(variable)
    assert run([name, "--port", "70000"]) == 2


def test_a_server_that_cannot_start_says_why(data: Path) -> None:
    (data / "backstraight.db").write_bytes(b"this is not a database" * 50)
    with pytest.raises(Failure, match="Cannot start"), running(data, port_for(None, usual=0)):
        pass


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(Failure, match="taken"):
            port_for(taken)
        assert port_for(None, usual=taken) != taken


def test_migrating_is_said_and_done(data: Path, capsys: Said) -> None:
    (data / "backstraight.db").touch()
    assert run(["migrate", "--dry-run"]) == 1
    assert run(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["current"] is True
    assert run(["migrate", "--dry-run"]) == 0
    assert run(["migrate", "--check"]) == 0


def test_the_openapi_document_is_compared_with_a_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It is the same each time, and takes its time.
    monkeypatch.setattr("app.cli.serve.openapi_document", cache(openapi_document))
    file = data / "somewhere" / "openapi.json"
    assert run(["openapi", "--check", str(file)]) == 1
    assert run(["openapi", "--output", str(file)]) == 0
    assert run(["openapi", "--check", str(file)]) == 0
    file.write_text(file.read_text() + " ")
    assert run(["openapi", "--check", str(file)]) == 1
