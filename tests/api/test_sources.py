"""Sources over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem


@pytest.fixture
def organizer(client: TestClient) -> Organizer:
    return Organizer(client)


@pytest.fixture
def meet(organizer: Organizer) -> str:
    return organizer.meet()


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
    problem(organizer.send("PUT", path, {"place": "Start"}), 428, "match_required")
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
