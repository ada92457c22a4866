"""What is odd about results, and the gate in front of official ones, over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road

WORD = {"official": "Ida Sand, referee", "reason": "Seen at 5 km by the lead bicycle"}


@pytest.fixture
def race(client: TestClient) -> Road:
    """Bib 1 was not read at 5 km; bib 2 was."""
    race = road(Organizer(client))
    race.gun()
    race.read("5 km", "2", 1_000)
    race.finish({"1": 2_400.0, "2": 2_410.0})
    return race


def anomalies(race: Road, **query: Any) -> list[Any]:
    return race.organizer.items(f"/events/{race.event}/anomalies", **query)


def accept(race: Road, id: str, word: Any = WORD) -> Any:
    return race.organizer.post(f"/events/{race.event}/anomalies/{id}/accept", word)


def publish(race: Road, status: str = "official") -> Any:
    return race.organizer.post(f"/events/{race.event}/publications", {"status": status})


def test_an_anomaly_says_what_is_odd_about_whom_and_what_to_do(race: Road) -> None:
    (one,) = anomalies(race)
    assert (one["kind"], one["severity"], one["state"], one["bib"], one["heat"]) == (
        "missing_point",
        "questionable",
        "open",
        "1",
        1,
    )
    assert one["reason"] == "bib 1 finished and was not read at 5 km (R65): look whether the course was cut short"
    assert (one["event_id"], one["heat_id"], one["accepted"]) == (race.event, race.heat, None)
    assert race.organizer.items(f"/meets/{race.meet}/anomalies") == [one]


def test_official_results_wait_until_nothing_is_open_and_provisional_ones_do_not(race: Road) -> None:
    (one,) = anomalies(race)
    refused = problem(publish(race), 409, "anomalies_open")
    told = {name: one[name] for name in ("id", "kind", "bib", "reason")}
    assert refused["anomalies"] == [told]
    assert "resolve or accept each" in refused["detail"]
    assert "POST /v1/events/{event_id}/anomalies/{anomaly_id}/accept" in refused["detail"]
    assert publish(race, "provisional").status_code == 201
    assert accept(race, one["id"]).status_code == 200
    assert publish(race).status_code == 201


def test_what_an_official_accepts_stands_with_name_and_reason_and_is_in_the_log(race: Road) -> None:
    (before,) = anomalies(race)
    answer = accept(race, before["id"])
    accepted = answer.json()
    assert accepted["state"] == "accepted"
    assert accepted["accepted"] == {"seq": accepted["accepted"]["seq"], **WORD}
    assert anomalies(race) == [accepted]
    entry = race.organizer.get(f"/meets/{race.meet}/log/{accepted['accepted']['seq']}")
    assert (entry["kind"], entry["reason"]) == ("anomaly_accepted", WORD["reason"])
    assert "Sand" not in str(entry["body"])


def test_accepting_twice_is_refused_and_what_was_accepted_can_be_opened_again(race: Road) -> None:
    (one,) = anomalies(race)
    seq = accept(race, one["id"]).json()["accepted"]["seq"]
    problem(accept(race, one["id"]), 409, "not_open")
    race.organizer.make(f"/meets/{race.meet}/log/{seq}/undo", {})
    assert anomalies(race)[0]["state"] == "open"
    problem(publish(race), 409, "anomalies_open")


def test_other_evidence_is_another_anomaly_and_the_one_before_is_resolved(race: Road) -> None:
    race.rule("3", "time", elapsed_us=2_500_000_000)
    accept(race, anomalies(race, bib="3")[0]["id"])
    race.rule("3", "time", elapsed_us=2_600_000_000)
    first, second = anomalies(race, bib="3")
    assert [first["state"], second["state"]] == ["open", "resolved"]
    assert (second["kind"], second["severity"], second["accepted"]["official"]) == (
        "no_evidence",
        None,
        WORD["official"],
    )
    problem(accept(race, second["id"]), 409, "not_open")
    assert [one["id"] for one in anomalies(race, state="resolved")] == [second["id"]]


def test_lists_are_filtered_and_paged(race: Road) -> None:
    race.rule("3", "time", elapsed_us=2_500_000_000)
    assert [one["bib"] for one in anomalies(race, limit=1)] == ["1", "3"]
    assert [one["bib"] for one in anomalies(race, kind="no_evidence")] == ["3"]
    assert [one["bib"] for one in anomalies(race, bib="1")] == ["1"]
    assert anomalies(race, severity="impossible") == []
    assert anomalies(race, state="accepted") == []
    problem(race.organizer.client.get(f"/v1/events/{race.event}/anomalies?kind=odd"), 422, "invalid_request")


def test_it_can_be_asked_as_of_a_position_and_a_cache_hears_that_nothing_is_new(race: Road) -> None:
    path = f"/v1/events/{race.event}/anomalies"
    answer = race.organizer.client.get(path)
    tag = answer.headers["ETag"]
    assert race.organizer.client.get(path, headers={"If-None-Match": tag}).status_code == 304
    accept(race, answer.json()["items"][0]["id"])
    assert race.organizer.client.get(path, headers={"If-None-Match": tag}).status_code == 200
    before = race.organizer.get(f"/events/{race.event}/anomalies", as_of=answer.json()["seq"])
    assert before["items"] == answer.json()["items"]


def test_name_and_reason_have_to_be_said(race: Road) -> None:
    (one,) = anomalies(race)
    problem(accept(race, one["id"], {"official": "Sand"}), 422, "invalid_request", "/reason")
    problem(accept(race, one["id"], {"official": " ", "reason": "Seen"}), 422, "invalid_request", "/official")


def test_what_is_not_there_cannot_be_accepted(race: Road) -> None:
    problem(accept(race, "anom_0"), 404, "not_found")
    problem(race.organizer.client.get("/v1/events/evt_0/anomalies"), 404, "not_found")


def test_what_concerns_no_event_is_accepted_for_the_meet(race: Road) -> None:
    for n, chip in enumerate(("C1", "C2"), 1):
        read = {"seq": 1, "chip": chip, "at": n}
        race.organizer.make(f"/meets/{race.meet}/reads", {"source": "gate", "epoch": "1", "reads": [read]}, expect=200)
    assert "read_conflict" not in [one["kind"] for one in anomalies(race)]
    (one,) = race.organizer.items(f"/meets/{race.meet}/anomalies", kind="read_conflict")
    assert (one["event_id"], one["source"]) == (None, "gate")
    path = f"/meets/{race.meet}/anomalies/{one['id']}/accept"
    assert race.organizer.make(path, WORD, expect=200)["state"] == "accepted"


def test_erasing_the_runner_takes_along_what_was_written(race: Road) -> None:
    (one,) = anomalies(race)
    accept(race, one["id"])
    athlete = race.standings()[0]["athlete_id"]
    race.organizer.send("DELETE", f"/athletes/{athlete}", match="now")
    (after,) = anomalies(race)
    accepted = after["accepted"]
    assert (accepted["official"], accepted["reason"]) == (WORD["official"], "")


def test_a_closed_meet_takes_no_word(race: Road) -> None:
    (one,) = anomalies(race)
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(accept(race, one["id"]), 409, "meet_is_closed")
