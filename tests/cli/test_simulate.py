"""Made-up and recorded races, posted to a real server by the command."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.child import Child, port_for, running
from app.cli.client import Server
from app.cli.commands import run
from app.cli.console import Failure


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    with running(tmp_path_factory.mktemp("server"), port_for(None, usual=0)) as child:
        yield child


@pytest.fixture
def reach(child: Child) -> list[str]:
    return ["--base", child.base, "--token", child.token]


def test_trouble_changes_the_reads_and_not_the_places(
    child: Child, reach: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    trouble = ["--dup", "0.1", "--late", "0.1", "--reorder", "0.3", "--ghosts", "0.1", "--strangers", "3"]
    places = []
    for options in ([], trouble):
        assert run(["simulate", "--runners", "80", "--seed", "3", "--json", *options, *reach]) == 0
        result = json.loads(capsys.readouterr().out)
        with Server(child.base, child.token) as server:
            items = server.items(f"/v1/events/{result['event_id']}/standings")
            places.append([(item["place"], item["bib"], item["net_us"]) for item in items])
    assert result["reads"]["duplicates"] > 0
    assert result["reads"]["unknown_chips"] == 3
    assert places[0] == places[1]
    assert places[0][-1][0] == 80


def test_a_simulated_meet_is_a_rehearsal(child: Child, reach: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", "--runners", "5", "--backward", "--distance", "1000", "--json", *reach]) == 0
    meet = json.loads(capsys.readouterr().out)["meet_id"]
    with Server(child.base, child.token) as server:
        assert server.get(f"/v1/meets/{meet}")["rehearsal"] is True


def test_a_simulation_says_where_it_is_and_how_to_drop_it(
    child: Child, reach: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", "--runners", "5", "--json", *reach]) == 0
    said = capsys.readouterr()
    meet = json.loads(said.out)["meet_id"]
    curl = tmp_path / "curl"
    curl.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).with_name("curl.py")}" "$@"\n')
    curl.chmod(0o755)
    lines = [line.split(":", 1)[1] for line in said.err.splitlines() if "curl" in line]
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "BACKSTRAIGHT_TOKEN": child.token}
    for line in lines:
        subprocess.run(["sh", "-c", line], env=environment, check=True, timeout=60, stdout=subprocess.DEVNULL)
    assert len(lines) == 2
    with Server(child.base, child.token) as server, pytest.raises(Failure, match="404"):
        server.get(f"/v1/meets/{meet}")


def test_runners_as_json_lines_become_a_race(
    child: Child, reach: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "runners.jsonl"
    lines = [
        {"bib": bib, "sex": sex, "age": 30, "category": "A", "reads": [
            {"point": "Start", "t_s": start}, {"point": "5K", "t_s": half}, {"point": "Finish", "t_s": finish}]}
        for bib, sex, start, half, finish in (("1", "M", 9.0, 1_500.0, 3_004.0), ("2", "F", 1.0, 1_490.0, 3_000.0))
    ]  # fmt: skip
    file.write_text("\n".join(json.dumps(line) for line in lines))
    assert run(["replay", str(file), "--json", *reach]) == 0
    event = json.loads(capsys.readouterr().out)["event_id"]
    with Server(child.base, child.token) as server:
        items = list(server.items(f"/v1/events/{event}/standings"))
    assert [(item["bib"], item["place"], item["net_us"], item["sex"]) for item in items] == [
        ("1", 1, 2_995_000_000, "M"),
        ("2", 2, 2_999_000_000, "W"),
    ]


def test_the_line_that_the_help_shows_is_a_runner(
    child: Child, reach: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["replay", "--help"])
    said = capsys.readouterr().out
    line = said[said.index('{"bib"') : said.index("}]}") + 3]
    file = tmp_path / "runners.jsonl"
    file.write_text(line.replace("\n", ""))
    assert run(["replay", str(file), "--json", *reach]) == 0
    assert json.loads(capsys.readouterr().out)["stored"] == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no json", "line 1"),
        (b"", "holds no runners"),
        (b'{"bib": "1"}', "missing required field `sex`"),
        (b'\n{"bib": "1", "sex": "M", "reads": [{"point": "Start"}]}', "line 2: Object missing required field `t_s`"),
        (b'{"bib": "1", "sex": "?", "reads": []}', "$.sex"),
        (b"\x1f\x8bbroken", "file"),
    ],
)
def test_a_file_that_holds_no_race_is_refused(
    content: bytes, said: str, reach: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    assert run(["replay", str(file), *reach]) == 1
    answer = capsys.readouterr().err
    assert str(file) in answer
    assert said in answer


def test_a_meet_whose_set_up_was_changed_can_be_replayed(
    child: Child, reach: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["simulate", "--runners", "5", "--json", *reach]) == 0
    made = json.loads(capsys.readouterr().out)
    with Server(child.base, child.token) as server:
        source = f"/v1/meets/{made['meet_id']}/sources/mat finish"
        server.put(source, {"place": "finish", "offset_us": 250_000})
        server.put(source, {"place": "finish", "offset_us": 500_000})
        server.patch(f"/v1/events/{made['event_id']}", {"ranking": "gun"})
        server.patch(f"/v1/meets/{made['meet_id']}", {"city": "Graz"})
        file = str(tmp_path / "meet.gz")
        assert run(["export", made["meet_id"], file, *reach]) == 0
        capsys.readouterr()
        assert run(["replay", file, "--json", *reach]) == 0
        again = json.loads(capsys.readouterr().out)
        assert server.get(f"/v1/meets/{again['meet_id']}")["city"] == "Graz"
        marks = [
            [item["mark"] for item in server.items(f"/v1/events/{event}/standings")]
            for event in (made["event_id"], *again["event_ids"])
        ]
    assert marks[0] == marks[1]


def test_without_a_server_the_status_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["simulate", "--base", "http://127.0.0.1:9"]) == 3
    assert "backstraight serve" in capsys.readouterr().err
