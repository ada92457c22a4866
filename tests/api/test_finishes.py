"""Photo-finish and hand readings over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Track, track

FIRST = {"bib": "31", "elapsed_us": 10_207_000, "reaction_us": 141_000}
SECOND = {"lane": 4, "elapsed_us": 10_213_000}
THIRD = {"bib": "12", "elapsed_us": 10_218_000}


@pytest.fixture
def race(client: TestClient) -> Track:
    return track(Organizer(client), ("31", "7", "12", "25"))


def test_readings_become_results_with_marks_and_thousandths(race: Track) -> None:
    recorded = race.finishes(0, FIRST, SECOND, THIRD, {"bib": "25", "status": "DQ", "rule": "TR16.8"}, wind_mps="+0.7")
    assert (recorded["heat_id"], recorded["finishes"]) == (race.heats[0], 4)
    shown = [(one["place"], one["bib"], one["status"], one["mark"], one["thousandths"]) for one in race.results()]
    assert shown == [
        (1, "31", "OK", "10.21", None),
        (2, "7", "OK", "10.22", "(.213)"),
        (3, "12", "OK", "10.22", "(.218)"),
        (None, "25", "DQ", None, None),
    ]
    assert race.results()[0]["reaction_us"] == 141_000
    assert race.results()[3]["rule"] == "TR16.8"


def test_a_runner_read_again_is_corrected_and_the_others_stay(race: Track) -> None:
    race.finishes(0, FIRST, SECOND)
    race.finishes(0, {"bib": "31", "elapsed_us": 10_300_000})
    assert [(one["bib"], one["mark"]) for one in race.results()][:2] == [("7", "10.22"), ("31", "10.30")]
    read = race.organizer.items(f"/heats/{race.heats[0]}/finishes")
    assert {one["bib"]: one["elapsed_us"] for one in read} == {"31": 10_300_000, "7": 10_213_000}
    assert race.organizer.get(f"/heats/{race.heats[0]}/finishes/7")["lane"] == 4


def test_r16_the_wind_is_said_of_the_heat_and_of_each_mark(race: Track) -> None:
    path = f"/heats/{race.heats[0]}"
    before = _tags(race)
    assert race.organizer.get(path)["wind_mps"] is None
    race.finishes(0, FIRST, {"bib": "25", "status": "DNF"}, wind_mps="+0.63")
    assert race.organizer.get(path)["wind_mps"] == "+0.7"
    assert [one["wind_mps"] for one in race.results()] == ["+0.7", None, None, None]
    assert all(one != other for one, other in zip(before, _tags(race), strict=True))
    race.organizer.post(f"{path}/rerun", {})
    heat = race.organizer.get(path)
    assert (heat["wind_mps"], [one["wind_mps"] for one in heat["attempts"]]) == (None, ["+0.7", None])
    before = _tags(race)
    race.finishes(0, FIRST, wind_mps="-0.04")
    assert race.organizer.get(path)["wind_mps"] == "0.0"
    assert all(one != other for one, other in zip(before, _tags(race), strict=True))


def _tags(race: Track) -> tuple[str, str]:
    path = f"/heats/{race.heats[0]}"
    return race.organizer.tag(path), race.organizer.tag(f"{path}/results")


def test_the_same_evaluation_again_is_the_one_before(race: Track) -> None:
    assert race.finishes(0, FIRST)["seq"] == race.finishes(0, FIRST)["seq"]


def test_the_same_key_again_answers_the_same(race: Track) -> None:
    path, body = f"/heats/{race.heats[0]}/finishes", {"method": "photo_finish", "finishes": [FIRST]}
    first = race.organizer.post(path, body, **{"Idempotency-Key": "evaluation-1"})
    again = race.organizer.post(path, body, **{"Idempotency-Key": "evaluation-1"})
    assert (first.json(), again.headers["Idempotent-Replayed"]) == (again.json(), "true")
    other = race.organizer.post(path, body | {"finishes": [SECOND]}, **{"Idempotency-Key": "evaluation-1"})
    problem(other, 422, "key_reused")


@pytest.mark.parametrize(
    ("finish", "status", "code", "pointer"),
    [
        ({"bib": "99", "elapsed_us": 1}, 422, "not_in_heat", "/finishes/0/bib"),
        ({"lane": 9, "elapsed_us": 1}, 422, "not_in_heat", "/finishes/0/lane"),
        ({"elapsed_us": 1}, 422, "no_runner", "/finishes/0"),
        ({"bib": "31", "lane": 5}, 422, "bib_and_lane_differ", "/finishes/0/lane"),
        ({"bib": "31", "status": "DNS", "elapsed_us": 1}, 422, "time_without_finish", "/finishes/0/elapsed_us"),
        ({"bib": "31", "elapsed_us": 0}, 422, "invalid_request", "/finishes/0/elapsed_us"),
        ({"bib": "31", "elapsed_us": 10.2}, 422, "invalid_request", "/finishes/0/elapsed_us"),
        ({"bib": "31", "status": "RAN"}, 422, "invalid_request", "/finishes/0/status"),
        ({"bib": "31", "time": 1}, 422, "invalid_request", "/finishes/0/time"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_and_nothing_is_stored(
    race: Track, finish: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    body = {"method": "photo_finish", "finishes": [finish]}
    problem(race.organizer.post(f"/heats/{race.heats[0]}/finishes", body), status, code, pointer)
    assert race.organizer.items(f"/heats/{race.heats[0]}/finishes") == []


def test_a_runner_is_read_once_in_an_evaluation(race: Track) -> None:
    body = {"method": "photo_finish", "finishes": [FIRST, {"lane": 3, "elapsed_us": 10_300_000}]}
    problem(race.organizer.post(f"/heats/{race.heats[0]}/finishes", body), 422, "runner_twice", "/finishes/1/lane")


@pytest.mark.parametrize("wind", ["a breeze", "+0.3 m/s", "0.3333", ""])
def test_a_wind_is_a_number_of_metres_per_second(race: Track, wind: str) -> None:
    body = {"method": "photo_finish", "wind_mps": wind, "finishes": [FIRST]}
    problem(race.organizer.post(f"/heats/{race.heats[0]}/finishes", body), 422, "invalid_request", "/wind_mps")


def test_somebody_without_a_reading_has_none_to_fetch(race: Track) -> None:
    race.finishes(0, FIRST)
    for bib in ("7", "no such bib"):
        problem(race.organizer.client.get(f"/v1/heats/{race.heats[0]}/finishes/{bib}"), 404, "not_found")


def test_readings_come_in_pages(race: Track) -> None:
    race.finishes(0, FIRST, SECOND, THIRD)
    assert [one["bib"] for one in race.organizer.items(f"/heats/{race.heats[0]}/finishes", limit=2)] == [
        "31",
        "7",
        "12",
    ]
