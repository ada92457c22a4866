"""The life of a heat over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import GUN, Road, road, track, written


@pytest.fixture
def race(client: TestClient) -> Road:
    return road(Organizer(client))


def test_a_started_heat_says_when(race: Road) -> None:
    answer = race.organizer.post(f"/heats/{race.heat}/start", {"at": "2026-06-06T12:00:00+02:00", "source": "starter"})
    heat = answer.json()
    assert (answer.status_code, heat["state"], heat["started_at"]) == (200, "started", GUN)
    assert heat == race.organizer.get(f"/heats/{race.heat}")
    assert answer.headers["ETag"] == race.organizer.tag(f"/heats/{race.heat}")


def test_the_latest_gun_counts_and_the_earlier_stay_in_the_log(race: Road) -> None:
    race.gun()
    race.finish({"1": 1_800.0})
    assert race.standings()[0]["mark"] == "30:00"
    assert race.gun(written(-2.5))["started_at"] == written(-2.5)
    assert race.standings()[0]["mark"] == "30:03"
    log = race.organizer.items(f"/meets/{race.meet}/log")
    assert [one["kind"] for one in log].count("start_signal") == 2


def test_a_start_after_the_reads_counts_for_all_of_them(race: Road) -> None:
    race.finish({"2": 1_850.0, "1": 1_900.0})
    assert [line["status"] for line in race.standings()] == [None, None, None]
    race.gun()
    assert [(line["bib"], line["mark"]) for line in race.standings()][:2] == [("2", "30:50"), ("1", "31:40")]


def test_the_same_gun_again_records_nothing(race: Road) -> None:
    assert race.gun()["seq"] == race.gun()["seq"]


def test_a_recalled_start_is_void(race: Road) -> None:
    race.gun()
    race.finish({"1": 1_800.0})
    assert race.organizer.make(f"/heats/{race.heat}/recall", expect=200)["state"] == "recalled"
    assert race.places()["1"] is None
    race.gun()
    assert race.places()["1"] == 1


def test_a_closed_heat_takes_no_more_reads_until_it_is_reopened(race: Road) -> None:
    race.gun()
    race.finish({"1": 1_800.0})
    closed = race.organizer.make(f"/heats/{race.heat}/close", {"at": written(1_900.0)}, expect=200)
    assert (closed["state"], closed["closed_at"]) == ("closed", written(1_900.0))
    race.finish({"2": 1_950.0})
    assert (race.places()["1"], race.places()["2"]) == (1, None)
    assert race.organizer.make(f"/heats/{race.heat}/reopen", expect=200)["closed_at"] is None
    assert race.places()["2"] == 2


def test_a_heat_is_closed_now_unless_another_time_is_given(race: Road) -> None:
    race.gun()
    answer = race.organizer.client.post(f"/v1/heats/{race.heat}/close")
    assert (answer.status_code, answer.json()["state"]) == (200, "closed")


def test_a_rerun_keeps_the_void_attempt(race: Road) -> None:
    race.gun()
    race.finish({"1": 1_800.0})
    assert race.organizer.make(f"/heats/{race.heat}/rerun", expect=200)["attempt"] == 2
    assert race.places()["1"] is None
    assert "start_signal" in [one["kind"] for one in race.organizer.items(f"/meets/{race.meet}/log")]


def test_what_contradicts_the_heat_is_refused(race: Road) -> None:
    post, path = race.organizer.post, f"/heats/{race.heat}"
    problem(post(f"{path}/recall"), 409, "not_started")
    problem(post(f"{path}/reopen"), 409, "not_closed")
    problem(post(f"{path}/rerun"), 409, "not_started")
    race.gun()
    problem(post(f"{path}/close", {"at": written(-1.0)}), 422, "ends_before_it_starts", "/at")
    race.organizer.make(f"{path}/close", {"at": written(1_900.0)}, expect=200)
    problem(post(f"{path}/close"), 409, "already_closed")
    problem(post(f"{path}/start", {"at": written(2_000.0)}), 409, "closed_before_start", "/at")


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({}, "missing", "/at"),
        ({"at": "2026-06-06T10:00:00"}, "local_time", "/at"),
        ({"at": "ten o'clock"}, "instant", "/at"),
        ({"at": GUN, "gun": 1}, "unknown_field", "/gun"),
    ],
)
def test_a_start_that_says_no_instant_is_refused(race: Road, body: dict[str, str], code: str, pointer: str) -> None:
    document = problem(race.organizer.post(f"/heats/{race.heat}/start", body), 422, "invalid_request", pointer)
    assert document["errors"][0]["code"] == code
    assert race.organizer.get(f"/heats/{race.heat}")["started_at"] is None


def test_a_closed_meet_takes_no_start(race: Road) -> None:
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(race.organizer.post(f"/heats/{race.heat}/start", {"at": GUN}), 409, "meet_is_closed")


def test_a_heat_that_is_not_there_is_not_started(race: Road) -> None:
    gone = race.heat[:-1] + ("0" if race.heat[-1] != "0" else "1")
    problem(race.organizer.post(f"/heats/{gone}/start", {"at": GUN}), 404, "not_found")


def test_r40_a_void_running_is_kept_and_can_be_shown(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1", "2", "3"))
    race.finishes(0, *({"bib": bib, "elapsed_us": 10_000_000 + int(bib) * 100_000} for bib in ("1", "2", "3")))
    path = f"/heats/{race.heats[0]}"
    body = {"bibs": ["2", "3"], "reason": "A dog ran across lanes 2 and 3"}
    again = organizer.make(f"{path}/rerun", body, expect=200)
    logged = organizer.get(f"/meets/{race.meet}/log/{again['seq']}")
    assert (logged["kind"], logged["reason"], "dog" in str(logged["body"])) == ("heat_rerun", body["reason"], False)
    void, now = again["attempts"]
    assert (void["status"], void["number"], void["again"]) == ("void", 1, [])
    assert (now["status"], now["number"], now["again"], now["results_as_of"]) == ("counts", 2, ["2", "3"], None)
    assert {one["bib"]: one["place"] for one in race.results()} == {"1": 1, "2": None, "3": None}
    race.finishes(0, {"bib": "2", "elapsed_us": 9_900_000})
    assert [one["bib"] for one in race.results() if one["place"]] == ["2", "1"]
    was = race.results(as_of=void["results_as_of"])
    assert {one["bib"]: one["place"] for one in was} == {"1": 1, "2": 2, "3": 3}
    problem(organizer.post(f"{path}/rerun", {"bibs": ["9"]}), 422, "not_in_heat", "/bibs/0")
    organizer.make(f"{path}/rerun", expect=200)
    assert [one["status"] for one in organizer.get(path)["attempts"]] == ["void", "void", "counts"]
    assert {one["place"] for one in race.results()} == {None}


def test_r40_sheets_say_every_wind_that_marks_of_a_heat_were_made_with(client: TestClient) -> None:
    race = track(organizer := Organizer(client), ("1", "2"))
    race.finishes(0, *({"bib": bib, "elapsed_us": 10_000_000} for bib in ("1", "2")), wind_mps="+2.5")
    heat, event = race.heats[0], race.event
    organizer.make(f"/heats/{heat}/rerun", {"bibs": ["2"]}, expect=200)
    race.finishes(0, {"bib": "2", "elapsed_us": 10_100_000}, wind_mps="-0.3")
    assert "Wind: +2.5 / -0.3 m/s" in organizer.client.get(f"/v1/heats/{heat}/sheets/results.html").text
    summary = organizer.get(f"/events/{event}/sheets/summary.json")
    assert {row["bib"]: row["wind"] for row in summary["rows"]} == {"1": "+2.5", "2": "-0.3"}


@pytest.mark.parametrize("timing", ["hand", "photo_finish"])
def test_r40_who_keeps_a_time_keeps_it_without_the_gun(client: TestClient, timing: str) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1", "2", "3"), timing=timing)
    path = f"/heats/{race.heats[0]}"
    organizer.make(f"{path}/start", {"at": GUN}, expect=200)
    for bib, seconds in (("1", 10.5), ("2", 10.6), ("3", 10.7)):
        organizer.make(f"{path}/times", {"at": written(seconds), "bib": bib})
    refused = problem(organizer.post(f"{path}/rerun", {"bibs": ["3"]}), 409, "reads_go_with_the_gun", "/bibs")
    assert "bibs 1, 2" in refused["detail"]
    organizer.make(f"{path}/rulings", {"bib": "1", "kind": "time", "elapsed_us": 10_500_000})
    race.finishes(0, {"bib": "2", "elapsed_us": 10_600_000}, method="hand")
    organizer.make(f"{path}/rerun", {"bibs": ["3"]}, expect=200)
    assert {one["bib"]: one["elapsed_us"] for one in race.results()} == {"1": 10_500_000, "2": 10_600_000, "3": None}


def test_r40_rulings_of_who_does_not_run_again_are_listed_once(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("1", "2"))
    path = f"/heats/{race.heats[0]}"
    organizer.make(f"{path}/rulings", {"bib": "1", "kind": "dq", "rule": "TR17.1"})
    organizer.make(f"{path}/rerun", {"bibs": ["2"]}, expect=200)
    assert [(one["bib"], one["attempt"]) for one in organizer.items(f"{path}/rulings")] == [("1", 1)]
    assert {one["bib"]: one["status"] for one in race.results()} == {"1": "DQ", "2": None}


def test_the_weather_at_the_start_is_shown_with_the_heat_and_said_anew(organizer: Organizer) -> None:
    heat = track(organizer, ("31", "7")).heats[0]
    said = organizer.send("PUT", f"/heats/{heat}/weather", {"temperature_c": 21, "humidity_percent": 48}).json()
    assert (said["temperature_c"], said["humidity_percent"]) == (21, 48)
    same = organizer.send("PUT", f"/heats/{heat}/weather", {"temperature_c": 21, "humidity_percent": 48}).json()
    assert same["seq"] == said["seq"]
    anew = organizer.send("PUT", f"/heats/{heat}/weather", {"temperature_c": 19}).json()
    assert (anew["temperature_c"], anew["humidity_percent"]) == (19, None)
    text = organizer.client.get(f"/v1/heats/{heat}/sheets/results.txt").text
    assert "Temp 19 °C" in text
    for body in ({"temperature_c": 61}, {"humidity_percent": 101}, {"humidity_percent": -1}):
        problem(organizer.send("PUT", f"/heats/{heat}/weather", body), 422, "invalid_request")
