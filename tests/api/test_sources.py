"""Sources over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem


def test_a_new_source_needs_no_etag(organizer: Organizer, meet: str) -> None:
    path = f"/meets/{meet}/sources/mat-10 km"
    put = organizer.send("PUT", path, {"place": "Finish", "timezone": "Europe/Oslo", "offset_us": -2_500_000})
    assert put.status_code == 200
    shown = organizer.get(path)
    assert shown == put.json()
    expected = {"source": "mat-10 km", "place": "Finish", "role": "main", "offset_us": -2_500_000, "protocol": None}
    assert {name: shown[name] for name in expected} == expected


def test_the_same_again_is_a_success_and_changes_nothing(organizer: Organizer, meet: str) -> None:
    path = f"/meets/{meet}/sources/mat"
    first = organizer.send("PUT", path, {"place": "Finish"})
    again = organizer.send("PUT", path, {"place": "Finish", "role": "main"})
    assert (again.status_code, again.headers["ETag"]) == (200, first.headers["ETag"])
    assert len(organizer.items(f"/meets/{meet}/log")) == 2


def test_another_place_needs_the_etag_of_what_was_seen(organizer: Organizer, meet: str) -> None:
    path = f"/meets/{meet}/sources/mat"
    seen = organizer.send("PUT", path, {"place": "Finish"}).headers["ETag"]
    told = problem(organizer.send("PUT", path, {"place": "Start"}), 428, "match_required")
    assert "`If-Match: *` accepts whatever is there" in told["detail"]
    assert organizer.send("PUT", path, {"place": "Start"}, seen).json()["place"] == "Start"
    problem(organizer.send("PUT", path, {"place": "Bridge"}, seen), 412, "stale")
    assert organizer.get(path)["place"] == "Start"


@pytest.mark.parametrize(
    ("field", "value"),
    [("timezone", "Mars"), ("date_hint", "tomorrow"), ("place", " "), ("role", "spare"), ("offset_us", 1.5), ("x", 1)],
)
def test_a_source_that_cannot_be_is_refused(organizer: Organizer, meet: str, field: str, value: object) -> None:
    answer = organizer.send("PUT", f"/meets/{meet}/sources/mat", {"place": "Finish", field: value})
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [f"/{field}"]
    assert organizer.items(f"/meets/{meet}/sources") == []


def test_a_name_with_control_characters_is_refused(organizer: Organizer, meet: str) -> None:
    answer = organizer.send("PUT", f"/meets/{meet}/sources/mat%00", {"place": "Finish"})
    assert answer.status_code in (400, 422)
    assert organizer.items(f"/meets/{meet}/sources") == []


def test_sources_are_listed_in_pages(organizer: Organizer, meet: str) -> None:
    for name in ("a", "b", "c"):
        organizer.send("PUT", f"/meets/{meet}/sources/{name}", {"place": "Finish"})
    assert {one["source"] for one in organizer.items(f"/meets/{meet}/sources", limit=2)} == {"a", "b", "c"}


def test_a_source_that_nobody_described_is_not_found(organizer: Organizer, meet: str) -> None:
    problem(organizer.client.get(f"/v1/meets/{meet}/sources/mat"), 404, "not_found")


def test_sources_are_not_for_the_public(organizer: Organizer, meet: str, anonymous: TestClient) -> None:
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    problem(anonymous.get(f"/v1/meets/{meet}/sources"), 401, "unidentified")


def test_a_source_says_which_points_it_times(organizer: Organizer, meet: str) -> None:
    path = f"/meets/{meet}/sources/mat"
    assert organizer.send("PUT", path, {"place": "finish"}).json()["hint"] == (
        "no event has a point at 'finish': this meet has no events yet"
    )
    points = [{"name": "10 km", "distance_m": 10_000, "place": "finish"}, {"name": "start", "distance_m": 0}]
    race = organizer.event(meet, points=points)
    other = organizer.event(meet, name="5 km", distance_m=5_000)
    served = organizer.send("PUT", path, {"place": "finish"}).json()
    assert served["points"] == [
        {"event_id": race, "event": "10 km", "point": "10 km"},
        {"event_id": other, "event": "5 km", "point": "finish"},
    ]
    assert (served["hint"], organizer.get(path)) == (None, served)
    assert organizer.items(f"/meets/{meet}/sources") == [served]


@pytest.mark.parametrize("place", ["finish", "Finish ", "FINISH"])
def test_a_place_without_a_point_is_told_with_those_that_have_one(organizer: Organizer, meet: str, place: str) -> None:
    organizer.event(meet, points=[{"name": "Start", "distance_m": 0}, {"name": "Line", "distance_m": 10_000}])
    answer = organizer.send("PUT", f"/meets/{meet}/sources/mat", {"place": place}).json()
    assert answer["points"] == []
    expected = f"no event has a point at {place.strip()!r}: the places of this meet are 'Start', 'Line'"
    assert answer["hint"] == expected


def test_the_etag_of_a_source_moves_with_the_points_at_its_place(organizer: Organizer, meet: str) -> None:
    path = f"/meets/{meet}/sources/mat"
    before = organizer.send("PUT", path, {"place": "finish"}).headers["ETag"]
    organizer.event(meet)
    stale = organizer.client.get(f"/v1{path}", headers={"If-None-Match": before})
    assert (stale.status_code, stale.json()["hint"]) == (200, None)
    assert organizer.send("PUT", path, {"place": "start"}, "now").status_code == 200
