"""The championship of `make run`, played into a real server, and told again to another one."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from app.cli.board import cells
from app.cli.child import Child, port_for, running
from app.cli.client import Server
from app.cli.commands import run
from app.cli.demo import Stage, tour
from app.cli.screen import Screen

CURL = Path(__file__).with_name("curl.py")
RUNNERS = 60
FIELDS = ("place", "place_sex", "place_category", "bib", "status", "mark", "net_us", "gun_us", "splits")


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    with running(tmp_path_factory.mktemp("demo"), port_for(None, usual=0)) as child:
        yield child


@pytest.fixture(scope="module")
def server(child: Child) -> Iterator[Server]:
    with Server(child.base, child.token) as server:
        yield server


@pytest.fixture(scope="module")
def said() -> StringIO:
    return StringIO()


@pytest.fixture(scope="module")
def played(server: Server, child: Child, said: StringIO) -> dict[str, Any]:
    return Stage(server, child, 0.0, Screen(said)).play(seed=2026, runners=RUNNERS, speed=0)


def standings(server: Server, event: str) -> list[dict[str, Any]]:
    return [{field: item[field] for field in FIELDS} for item in server.items(f"/v1/events/{event}/standings")]


def test_the_championship_has_all_that_it_promises(server: Server, played: dict[str, Any], said: StringIO) -> None:
    news = said.getvalue()
    for line in (
        "heat 1",
        "10 km, 5 km: 1 ",
        "10 km, finish: 1 ",
        "DQ false start",
        "800 m, final",
        "100 m, final",
        "was nobody's",
        "disqualified by RR-1",
    ):
        assert line in news
    assert re.search(r"results official: version 1, digest [0-9a-f]{64}$", news, re.MULTILINE)
    assert played["first_standing_s"] is not None
    assert played["reads"]["duplicates"] > 0
    assert played["reads"]["unknown_chips"] > 0
    final = {item["status"] for item in standings(server, played["event_ids"]["10 km"])}
    assert {"OK", "DQ"} <= final
    assert all(len(item["splits"]) > 1 for item in standings(server, played["event_ids"]["800 m"]))


def test_what_it_exports_is_what_the_command_reads(
    child: Child, server: Server, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Stage(server, child, 0.0, Screen(StringIO())).play(seed=1, runners=20, speed=0)
    said = capsys.readouterr().err
    exported = next(line for line in said.splitlines() if "export" in line).split()[1:]
    for variable in exported:
        monkeypatch.setenv(*variable.split("="))
    assert run(["verify", played["meet_id"]]) == 0


def test_the_two_clocks_of_the_table_are_told_apart(child: Child, server: Server, played: dict[str, Any]) -> None:
    stage = Stage(server, child, 0.0, Screen(StringIO()))
    stage.show(played["event_ids"]["10 km"], RUNNERS, Counter())
    assert "race 0:10:00   meet 0:15:00" in "".join(stage.board(15 * 60 * 1_000_000))


def test_nothing_is_redrawn_where_there_is_no_terminal(played: dict[str, Any], said: StringIO) -> None:
    assert "\x1b" not in said.getvalue()
    assert said.getvalue().count("home") == 1


def test_each_request_that_it_offers_works(
    child: Child, server: Server, played: dict[str, Any], tmp_path: Path
) -> None:
    event = played["event_ids"]["10 km"]
    first = next(item["bib"] for item in standings(server, event))
    (heat,) = server.items(f"/v1/events/{event}/heats")
    curl = tmp_path / "curl"
    curl.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{CURL}" "$@"\n')
    curl.chmod(0o755)
    reach = {"BACKSTRAIGHT_BASE": child.base, "BACKSTRAIGHT_TOKEN": child.token}
    environment = os.environ | reach | {"PATH": f"{tmp_path}:{Path(sys.executable).parent}:{os.environ['PATH']}"}
    answers = []
    for line in tour(event, heat["id"], first, first):
        done = subprocess.run(["sh", "-c", line], env=environment, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        answers.append(json.loads(done.stdout))
    table, one, what_if = answers
    assert len(table["items"]) == 5
    assert one["because"]["reads"]
    assert [change["bib"] for change in what_if["changes"] if change["after"]["status"] == "DQ"] == [first]


def test_a_meet_that_is_replayed_has_the_same_standings(
    child: Child, server: Server, played: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reach, file = ["--base", child.base, "--token", child.token], str(tmp_path / "meet.gz")
    assert run(["export", played["meet_id"], file, *reach]) == 0
    capsys.readouterr()
    assert run(["replay", file, "--json", *reach]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again["reads"] == played["reads"]["stored"]
    for before, after in zip(played["event_ids"].values(), again["event_ids"], strict=True):
        assert standings(server, after) == standings(server, before)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_no_line_of_the_table_is_wider_than_the_terminal(
    child: Child, server: Server, played: dict[str, Any], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    stage = Stage(server, child, 0.0, Screen(StringIO()))
    stage.show(played["event_ids"]["10 km"], RUNNERS, Counter())
    assert all(cells(line) < width for line in stage.board(0))
