"""Backups, archives, tokens and verification: at the database itself, and through the server that holds it."""

import gzip
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.cli.child import Child, port_for, running
from app.cli.commands import run
from app.domain.facts import MeetDescribed
from app.domain.ids import ActorId, MeetId
from app.domain.meet import MeetSpec
from app.operations import accounts, identity, keys
from app.operations.access import HOME
from app.store import open_database

Said = Callable[[], str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the settings, and the folder that files are written to."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BACKSTRAIGHT_DATA_DIR", str(tmp_path / "data"))
    for name in ("BASE", "TOKEN", "ADMIN_TOKEN", "DATABASE_URL"):
        monkeypatch.delenv(f"BACKSTRAIGHT_{name}", raising=False)
    return tmp_path / "data"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """What went to stdout since it was last asked."""
    return lambda: capsys.readouterr().out


@pytest.fixture
def meet(data: Path) -> MeetId:
    meet, now = MeetId(identity.new_id("meet")), identity.now()
    spec = MeetSpec(name="Night of Miles", timezone="Europe/Oslo", starts_on="2026-06-06", ends_on="2026-06-06")
    db = open_database(f"sqlite:///{data / 'backstraight.db'}")
    with db.write() as tx:
        accounts.ensure_home(tx, now)
        tx.meets.open(meet, HOME, now)
        tx.facts.append(meet, [MeetDescribed(spec=spec)], ActorId("tok_x"), now)
    db.close()
    return meet


@pytest.fixture
def spare(data: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Goes over to another, empty data folder."""
    return lambda: monkeypatch.setenv("BACKSTRAIGHT_DATA_DIR", str(data.with_name("spare")))


@pytest.fixture
def child(data: Path, meet: MeetId) -> Iterator[Child]:
    with running(data, port_for(None, usual=0)) as child:
        yield child


def test_a_backup_is_restored_into_an_empty_folder(meet: MeetId, spare: Callable[[], None], said: Said) -> None:
    assert run(["backup", "all.gz", "--json"]) == 0
    answer = json.loads(said())
    assert answer["meet_ids"] == [meet]
    assert answer["of"].endswith("data/backstraight.db")
    spare()
    assert run(["restore", "all.gz", "--dry-run"]) == 0
    assert run(["restore", "all.gz", "--json"]) == 0
    assert [made["id"] for made in json.loads(said())["added"]] == [meet]
    assert run(["restore", "all.gz", "--json"]) == 0
    assert json.loads(said())["already_here"] == [meet]


def test_an_archive_is_imported_once(meet: MeetId, spare: Callable[[], None]) -> None:
    assert run(["export", meet]) == 0
    spare()
    assert run(["import", f"{meet}.jsonl.gz", "--dry-run"]) == 0
    assert run(["import", f"{meet}.jsonl.gz"]) == 0
    assert run(["import", f"{meet}.jsonl.gz"]) == 1


def test_a_file_with_names_in_it_is_its_owners(meet: MeetId) -> None:
    assert run(["export", meet, "meet.gz"]) == 0
    assert stat.S_IMODE(Path("meet.gz").stat().st_mode) == 0o600
    assert sorted(path.name for path in Path().iterdir()) == ["data", "meet.gz"]


@pytest.mark.parametrize("command", [["backup", "kept.gz"], ["export", "MEET", "kept.gz"]])
def test_a_file_that_is_there_is_overwritten_by_force_only(
    meet: MeetId, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("kept.gz").write_bytes(b"last year")
    words = [word.replace("MEET", meet) for word in command]
    assert run(words) == 1
    assert "--force" in capsys.readouterr().err
    assert Path("kept.gz").read_bytes() == b"last year"
    assert run([*words, "--force"]) == 0
    assert Path("kept.gz").read_bytes() != b"last year"


@pytest.mark.parametrize("command", ["restore", "import"])
@pytest.mark.parametrize("folder", ["DATA_DIR", "DATABASE_URL"])
def test_two_targets_are_one_too_many(
    data: Path, command: str, folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("file.gz").touch()
    monkeypatch.delenv("BACKSTRAIGHT_DATA_DIR")
    monkeypatch.setenv(f"BACKSTRAIGHT_{folder}", f"sqlite:///{data}/secret")
    monkeypatch.setenv("BACKSTRAIGHT_BASE", "http://127.0.0.1:9")
    monkeypatch.setenv("BACKSTRAIGHT_TOKEN", "x")
    assert run([command, "file.gz"]) == 2
    said = capsys.readouterr().err
    assert f"BACKSTRAIGHT_BASE=http://127.0.0.1:9 and BACKSTRAIGHT_{folder}" in said
    assert "secret" not in said
    assert run([command, "file.gz", "--base", "http://127.0.0.1:9"]) == 3


def test_what_is_written_is_said(meet: MeetId, spare: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", meet, "meet.gz"]) == 0
    assert run(["backup", "all.gz"]) == 0
    spare()
    assert run(["import", "meet.gz"]) == 0
    assert run(["restore", "all.gz"]) == 0
    assert run(["verify"]) == 0
    assert run(["tokens", "list"]) == 0
    words = ("of ", "all of ", "imported into ", "restored into ", "publications in ", "device keys of ")
    lines = capsys.readouterr().err.splitlines()
    assert [word for word in words if not any(f"{word}" in line and "backstraight.db" in line for line in lines)] == []


def test_an_export_can_be_piped(meet: MeetId, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["export", meet, "-"]) == 0
    assert gzip.decompress(capfdbinary.readouterr().out).startswith(b'{"meet":')


def test_what_is_refused_leaves_no_file(data: Path) -> None:
    assert run(["export", "meet_none"]) == 1
    assert list(Path().glob("*.gz*")) == []


@pytest.mark.parametrize("command", [["restore"], ["import"], ["restore", "--dry-run"], ["import", "--dry-run"]])
def test_a_broken_file_is_refused(meet: MeetId, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["backup", "all.gz"]) == 0
    Path("cut.gz").write_bytes(Path("all.gz").read_bytes()[:-30])
    assert run([command[0], "cut.gz", *command[1:]]) == 1
    assert "cannot be used" in capsys.readouterr().err or command[0] == "import"


def test_a_token_is_shown_once_and_ends_when_it_is_revoked(data: Path, said: Said) -> None:
    assert run(["tokens", "create", "--name", "desk", "--scope", "meets:read"]) == 0
    token = said().strip()
    assert token.startswith("bs_api_")
    assert run(["tokens", "list", "--json"]) == 0
    (listed,) = json.loads(said())
    assert (listed["name"], listed["revoked_at"]) == ("desk", None)
    assert run(["tokens", "revoke", listed["id"]]) == 0
    db = open_database(f"sqlite:///{data / 'backstraight.db'}")
    with db.read() as tx:
        held = tx.access.principal(keys.digest(token))
    assert held is not None
    assert held.revoked_at is not None
    db.close()
    assert run(["tokens", "revoke", "tok_none"]) == 1


def test_a_device_key_is_bound_to_its_meet(meet: MeetId, said: Said) -> None:
    options = ["--meet", meet, "--source", "finish", "--expires", "2099-01-01T00:00:00+01:00", "--json"]
    assert run(["tokens", "create", "--name", "mat", *options]) == 0
    made = json.loads(said())
    assert made["token"].startswith("bs_dev_")
    assert (made["meet_id"], made["source"]) == (meet, "finish")
    assert run(["tokens", "create", "--name", "mat", "--meet", "meet_none"]) == 1


def test_device_keys_are_listed_and_end_like_tokens(meet: MeetId, said: Said) -> None:
    assert run(["tokens", "create", "--name", "mat", "--meet", meet, "--source", "finish"]) == 0
    said()
    assert run(["tokens", "list"]) == 0
    assert f"device key of {meet}, source finish" in said()
    assert run(["tokens", "list", "--json"]) == 0
    (listed,) = json.loads(said())
    assert run(["tokens", "revoke", listed["id"]]) == 0
    assert run(["tokens", "list", "--json"]) == 0
    assert json.loads(said())[0]["revoked_at"] is not None


@pytest.mark.parametrize(
    "options", [[], ["--scope", "results:guess"], ["--scope", "meets:read", "--meet", "meet_1"], ["--expires", "noon"]]
)
def test_wrong_use_is_said(data: Path, options: list[str]) -> None:
    assert run(["tokens", "create", "--name", "x", *options]) == 2


def test_while_a_server_holds_the_database_it_is_asked(child: Child, meet: MeetId, said: Said) -> None:
    reach = ["--base", child.base, "--token", child.token]
    assert run(["backup", "all.gz", *reach]) == 0
    assert run(["restore", "all.gz", "--json", *reach]) == 0
    assert json.loads(said())["already_here"] == [meet]
    assert run(["export", meet, "meet.gz", *reach]) == 0
    assert run(["import", "meet.gz", *reach]) == 1
    assert run(["verify", *reach]) == 0
    assert run(["tokens", "create", "--name", "desk", "--scope", "meets:read", "--json", *reach]) == 0
    assert run(["tokens", "revoke", json.loads(said())["id"], *reach]) == 0
    assert run(["tokens", "create", "--name", "mat", "--meet", meet, "--source", "m", *reach]) == 0
    assert said().startswith("bs_dev_")
    assert run(["tokens", "list", "--json", *reach]) == 0
    listed = json.loads(said())
    assert [one["name"] for one in listed] == ["desk", "mat"]
    assert run(["tokens", "revoke", listed[1]["id"], *reach]) == 0
    assert run(["tokens", "list", "--json", *reach]) == 0
    assert all(one["revoked_at"] for one in json.loads(said()))
    assert run(["tokens", "revoke", "tok_none", *reach]) == 1


def test_a_held_database_leads_to_its_server_which_wants_a_token(
    child: Child, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["backup", "all.gz"]) == 2
    assert "--token" in capsys.readouterr().err
    monkeypatch.setenv("BACKSTRAIGHT_TOKEN", child.token)
    assert run(["backup", "all.gz"]) == 0
    assert f"asking {child.base}" in capsys.readouterr().err


def test_a_database_that_is_held_by_no_server_is_not_asked_for(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BACKSTRAIGHT_TOKEN", "x")
    db = open_database(f"sqlite:///{data / 'backstraight.db'}")
    try:
        assert run(["backup", "all.gz"]) == 3
    finally:
        db.close()
    assert "no server" in capsys.readouterr().err


def test_an_empty_server_verifies(data: Path, said: Said) -> None:
    assert run(["verify", "--json"]) == 0
    assert json.loads(said()) == []
    assert run(["verify", "meet_none"]) == 1
