"""Events over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import ROAD, SPRINT, Organizer, problem


def test_an_event_gets_a_course_and_one_round(organizer: Organizer, meet: str) -> None:
    made = organizer.post(f"/meets/{meet}/events", {**SPRINT, "distance_m": 800, "start": "mass"})
    event = made.json()
    assert (made.status_code, made.headers["Location"]) == (201, f"/v1/events/{event['id']}")
    assert [(one["name"], one["distance_m"]) for one in event["points"]][-1][1] == 800
    assert [one["name"] for one in event["rounds"]] == ["final"]
    defaults = {"direction": "forward", "discipline": "flat", "ranking": "gun", "relay_legs": 1}
    assert {name: event[name] for name in defaults} == defaults
    assert (event["start_window_before_s"], event["start_window_after_s"]) == (5, 5_400)
    assert organizer.get(f"/events/{event['id']}") == event


def test_everything_that_was_said_is_shown(organizer: Organizer, meet: str) -> None:
    said: dict[str, Any] = {
        **ROAD,
        "code": "10K",
        "direction": "backward",
        "ranking": "net",
        "points": [
            {"name": "Half way", "distance_m": 5_000, "place": "Bridge", "cut_off_us": 2_700_000_000},
            {"name": "Finish", "distance_m": 10_000},
        ],
        "categories": [{"name": "W40", "sex": "W", "min_age": 40, "max_age": 44, "age_on": "year_end"}],
        "cut_off_us": 5_400_000_000,
        "min_lap_us": 60_000_000,
        "start_window_before_s": 10,
        "start_window_after_s": 600,
        "rounds": [
            {"name": "heats", "advance": {"places": 3, "times": 2}, "per_heat": 8},
            {"name": "final", "scheduled_at": "2026-06-07T10:00:00+02:00"},
        ],
    }
    event = organizer.get(f"/events/{organizer.event(meet, **said)}")
    assert {name: event[name] for name in said if name not in ("points", "rounds")} == {
        name: value for name, value in said.items() if name not in ("points", "rounds")
    }
    assert [one["place"] for one in event["points"]] == ["Bridge", "Finish"]
    assert [one["cut_off_us"] for one in event["points"]] == [2_700_000_000, None]
    heats, final = event["rounds"]
    assert (heats["advance"], heats["per_heat"]) == ({"places": 3, "times": 2}, 8)
    assert final["scheduled_at"] == "2026-06-07T08:00:00.000000Z"


@pytest.mark.parametrize("distance", [0, 99, 10_001])
def test_a_distance_outside_100_m_to_10_km_is_refused(organizer: Organizer, meet: str, distance: int) -> None:
    answer = organizer.post(f"/meets/{meet}/events", {**ROAD, "distance_m": distance})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/distance_m"]
    assert organizer.items(f"/meets/{meet}/events") == []


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("distance_m", "100", "/distance_m"),
        ("distance_m", 100.5, "/distance_m"),
        ("relay_legs", 3, "/relay_legs"),
        ("surface", "sand", "/surface"),
        ("points", [{"name": "Bridge", "distance_m": 5_000}], "/points"),
        ("points", [{"name": "A", "distance_m": 0}, {"name": "A", "distance_m": 10_000}], "/points/1/name"),
        ("points", [{"name": "A", "distance_m": 0, "lap": 1}], "/points/0/lap"),
        ("points", [{"name": "A", "distance_m": 10_000, "cut_off_us": 1}], "/points/0/cut_off_us"),
        ("categories", [{"name": "A", "min_age": 40, "max_age": 39}], "/categories/0/max_age"),
        ("rounds", [], "/rounds"),
        ("rounds", [{"name": "a"}, {"name": "a"}], "/rounds/1/name"),
        ("rounds", [{"name": "a/b"}], "/rounds/0/name"),
        ("rounds", [{"name": "a", "scheduled_at": "2026-06-07T10:00:00"}], "/rounds/0/scheduled_at"),
        ("colour", "red", "/colour"),
    ],
)
def test_an_event_that_cannot_be_is_refused(
    organizer: Organizer, meet: str, field: str, value: object, pointer: str
) -> None:
    answer = organizer.post(f"/meets/{meet}/events", {**ROAD, field: value})
    assert answer.status_code == 422
    assert pointer in [fault["pointer"] for fault in answer.json()["errors"]], answer.text


def test_a_code_names_one_event(organizer: Organizer, meet: str) -> None:
    organizer.event(meet, code="10K")
    problem(organizer.post(f"/meets/{meet}/events", {**ROAD, "code": "10K"}), 409, "code_taken", "/code")


def test_an_empty_code_is_none(organizer: Organizer, meet: str) -> None:
    for _ in range(2):
        assert organizer.get(f"/events/{organizer.event(meet, code='')}")["code"] is None


def test_events_are_listed_in_pages(organizer: Organizer, meet: str) -> None:
    made = [organizer.event(meet, name=f"Race {n}") for n in range(3)]
    assert sorted(one["id"] for one in organizer.items(f"/meets/{meet}/events", limit=2)) == sorted(made)


def test_a_change_needs_the_etag_of_what_was_seen(organizer: Organizer, meet: str) -> None:
    path = f"/events/{organizer.event(meet)}"
    problem(organizer.send("PATCH", path, {"ranking": "net"}), 428, "match_required")
    seen = organizer.tag(path)
    changed = organizer.send("PATCH", path, {"ranking": "net"}, seen)
    assert (changed.json()["ranking"], changed.headers["ETag"]) == ("net", organizer.tag(path))
    problem(organizer.send("PATCH", path, {"ranking": "gun"}, seen), 412, "stale")


def test_another_distance_makes_another_default_course(organizer: Organizer, meet: str) -> None:
    path = f"/events/{organizer.event(meet, distance_m=5_000)}"
    changed = organizer.send("PATCH", path, {"distance_m": 3_000}, "now").json()
    assert changed["points"][-1]["distance_m"] == 3_000


def test_a_drawn_round_keeps_its_name(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.drawn(event)
    answer = organizer.send("PATCH", f"/events/{event}", {"rounds": [{"name": "race"}]}, "now")
    problem(answer, 409, "round_drawn", "/rounds")


def test_an_event_for_women_takes_no_men_that_are_in_it_already(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    organizer.register(event, "7", sex="M")
    problem(organizer.send("PATCH", f"/events/{event}", {"sex": "W"}, "now"), 409, "sex_does_not_fit", "/sex")


def test_a_withdrawn_event_is_gone(organizer: Organizer, meet: str) -> None:
    path = f"/events/{organizer.event(meet)}"
    problem(organizer.send("DELETE", path), 428, "match_required")
    assert organizer.send("DELETE", path, match="now").status_code == 204
    problem(organizer.client.get(f"/v1{path}"), 404, "not_found")
    assert organizer.items(f"/meets/{meet}/events") == []


def test_an_event_with_results_is_not_withdrawn(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet)
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    problem(organizer.send("DELETE", f"/events/{event}", match="now"), 409, "results_depend")


def test_a_clone_has_nobody_in_it_and_may_be_called_otherwise(organizer: Organizer, meet: str) -> None:
    event = organizer.event(meet, code="10K")
    organizer.register(event, "7")
    copy = organizer.make(f"/events/{event}/clone", {"name": "Second race"})
    assert (copy["name"], copy["code"], copy["registration_count"]) == ("Second race", None, 0)
    assert organizer.client.post(f"/v1/events/{event}/clone").json()["name"] == "10 km"
    problem(organizer.post(f"/events/{event}/clone", {"code": "10K"}), 409, "code_taken")
    assert len(organizer.items(f"/meets/{meet}/events")) == 3, "a refused clone leaves nothing"


def test_events_of_a_public_meet_can_be_read_by_anybody(organizer: Organizer, meet: str, anonymous: TestClient) -> None:
    event = organizer.event(meet)
    problem(anonymous.get(f"/v1/events/{event}"), 401, "unidentified")
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    assert anonymous.get(f"/v1/events/{event}").json()["id"] == event
    assert anonymous.get(f"/v1/meets/{meet}/events").json()["items"][0]["id"] == event


def test_nothing_changes_in_a_closed_meet(organizer: Organizer, meet: str) -> None:
    organizer.make(f"/meets/{meet}/close", expect=200)
    problem(organizer.post(f"/meets/{meet}/events", ROAD), 409, "meet_is_closed")
