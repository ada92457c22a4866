"""The lap chart of a heat, and confirming a crossing that no reader saw, over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.operations import identity
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, show, written


@pytest.fixture
def race(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Road:
    """2000 m on a track by chip that began ten minutes ago: bib 1 has a lap as long as two, bib 2 none."""
    monkeypatch.setattr("tests.api.races.GUN_US", identity.now() - 600_000_000)
    organizer = Organizer(client)
    meet = organizer.meet()
    event = organizer.event(
        meet, name="2000 m", distance_m=2_000, surface="track", timing="transponder", start="mass", ruleset="local"
    )
    for bib in ("1", "2"):
        organizer.register(event, bib, f"Runner{bib}", chips=[f"C{bib}"])
    (heat,) = organizer.drawn(event)
    race = Road(organizer, meet, event, heat)
    race.gun(written(0))
    for bib, crossings in (("1", (72, 144.5, 289.3)), ("2", (80, 160))):
        for second in crossings:
            race.read("finish", bib, second)
    return race


def chart(race: Road) -> Any:
    return race.organizer.get(f"/heats/{race.heat}/laps")


def test_a_chart_says_who_crossed_what_and_when_in_running_order(race: Road) -> None:
    found = chart(race)
    assert [(one["bib"], one["laps_done"], one["laps_to_go"]) for one in found["items"]] == [("1", 3, 2), ("2", 2, 3)]
    first = found["items"][1]["crossings"][0]
    assert (first["point"], first["mark"], first["place"], first["gap_us"]) == ("400 m", "1:20.0", 2, 8_000_000)
    assert [(one["point"], one["bib"]) for one in found["leaders"]][:2] == [("400 m", "1"), ("800 m", "1")]
    assert (found["laps"], found["yields"], found["kilometres"]) == (5, False, [])


def test_a_missed_crossing_is_proposed_counted_and_confirmed(race: Road) -> None:
    race.read("finish", "1", 361.5)
    third = chart(race)["items"][0]["crossings"][2]
    assert (third["mark"], third["estimated"], third["confirmed"]) == ("3:36.9?", True, False)
    assert race.standings()[0]["state"] == "started"
    made = race.organizer.make(f"/heats/{race.heat}/crossings", {"bib": "1", "reason": "Seen by the lap scorer"})
    assert made["at"] == written(216.9)
    third = chart(race)["items"][0]["crossings"][2]
    assert (third["mark"], third["estimated"], third["confirmed"]) == ("3:36.9", True, True)
    assert race.standings()[0]["mark"] == "6:01.5"
    race.organizer.make(f"/meets/{race.meet}/log/{made['seq']}/undo", {})
    assert race.standings()[0]["state"] == "started"


def test_what_is_not_proposed_cannot_be_confirmed(race: Road) -> None:
    path = f"/heats/{race.heat}/crossings"
    problem(race.organizer.post(path, {"bib": "2"}), 409, "nothing_proposed", "/bib")
    race.read("finish", "1", 361.5)
    problem(race.organizer.post(path, {"bib": "1", "point": "finish"}), 409, "nothing_proposed", "/point")
    problem(race.organizer.post(path, {"bib": "9"}), 422, "not_in_heat", "/bib")


def test_a_chart_moves_with_the_reads_and_can_be_asked_as_of_a_position(race: Road) -> None:
    path = f"/v1/heats/{race.heat}/laps"
    answer = race.organizer.client.get(path)
    assert race.organizer.client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    race.read("finish", "2", 240)
    assert chart(race)["items"][1]["laps_done"] == 3
    before = race.organizer.get(f"/heats/{race.heat}/laps", as_of=answer.json()["seq"])
    assert before["items"] == answer.json()["items"]


def test_pages_of_a_chart_are_runners_and_the_rest_is_on_each(race: Road) -> None:
    first = race.organizer.get(f"/heats/{race.heat}/laps", limit=1)
    second = race.organizer.get(f"/heats/{race.heat}/laps", limit=1, cursor=first["next_cursor"])
    assert [one["bib"] for one in (*first["items"], *second["items"])] == ["1", "2"]
    assert (second["next_cursor"], second["leaders"]) == (None, first["leaders"])


def test_who_is_about_to_be_lapped_is_named(race: Road) -> None:
    race.read("finish", "2", 240)
    race.read("finish", "2", 320)
    (one,) = chart(race)["about_to_be_lapped"]
    assert (one["bib"], one["by"]) == ("1", "2")
    assert written(357) < one["at"] < written(358)


def test_the_public_sees_a_chart_with_names_as_each_runner_chose(race: Road, anonymous: TestClient) -> None:
    show(race.organizer, race.meet, "public")
    found = anonymous.get(f"/v1/heats/{race.heat}/laps").json()
    assert [one["name"] for one in found["items"]] == ["RUNNER1", "RUNNER2"]
    problem(anonymous.get(f"/v1/events/{race.event}/anomalies"), 401, "unidentified")
