"""Registrations over HTTP: lists, their pages, and what the public sees."""

import pytest
from starlette.testclient import TestClient

from app.api.schemas.registrations import RegistrationPublic
from tests.api.entries import CATEGORIES, IDA
from tests.api.organizer import Organizer, problem


@pytest.fixture
def event(organizer: Organizer, meet: str) -> str:
    return organizer.event(meet, categories=CATEGORIES)


def test_entries_are_listed_narrowed_and_searched(organizer: Organizer, event: str) -> None:
    organizer.register(event, "7", **IDA, wave="A", club="Oslo")
    organizer.register(event, "A12", "Ørsted", given_name="Bo", wave="B", role="pacer")
    gone = organizer.register(event, "a 012", "Ångström", wave="B")
    organizer.send("DELETE", f"/registrations/{gone['id']}", match="now")
    path = f"/events/{event}/registrations"

    def bibs(**query: str) -> list[str]:
        return sorted(one["bib"] for one in organizer.items(path, limit=1, **query))

    assert bibs() == ["7", "A12", "a 012"]
    assert bibs(wave="B") == ["A12", "a 012"]
    assert bibs(wave="B", state="entered") == ["A12"]
    assert bibs(category="W30") == ["7"]
    assert bibs(club="Oslo") == ["7"]
    assert bibs(sex="W") == ["7"]
    assert bibs(role="pacer") == ["A12"]
    assert bibs(q="orsted") == ["A12"]
    found = organizer.items(path, q="a12")
    assert [(one["bib"], one["match"]) for one in found] == [("A12", "similar_bib")]
    assert [one["match"] for one in organizer.items(path, q="A12")] == ["bib"]
    problem(organizer.client.get(f"/v1{path}?wvae=B"), 400, "unknown_parameter")


def test_pages_neither_skip_nor_repeat_while_entries_come_in(organizer: Organizer, event: str) -> None:
    before = [organizer.register(event, str(bib))["id"] for bib in range(5)]
    path = f"/events/{event}/registrations"
    page = organizer.get(path, limit=2)
    found = [one["id"] for one in page["items"]]
    organizer.register(event, "late")
    while page["next_cursor"]:
        page = organizer.get(path, limit=2, cursor=page["next_cursor"])
        found += [one["id"] for one in page["items"]]
    assert len(found) == len(set(found)) == 6
    assert set(before) <= set(found)


def test_a_cursor_belongs_to_its_list(organizer: Organizer, event: str) -> None:
    for bib in ("7", "8"):
        organizer.register(event, bib)
    path = f"/events/{event}/registrations"
    cursor = organizer.get(path, limit=1)["next_cursor"]
    problem(organizer.client.get(f"/v1{path}?q=7&cursor={cursor}"), 400, "bad_cursor")


def test_the_public_sees_no_more_than_the_public_model(
    organizer: Organizer, meet: str, event: str, anonymous: TestClient
) -> None:
    entry = organizer.register(event, "7", **IDA, external_id="X1", chips=["C1"], publish_name="initials")
    problem(anonymous.get(f"/v1/registrations/{entry['id']}"), 401, "unidentified")
    organizer.send("PATCH", f"/meets/{meet}", {"visibility": "public"}, "now")
    one = anonymous.get(f"/v1/registrations/{entry['id']}")
    assert set(one.json()) == set(RegistrationPublic.model_fields)
    many = anonymous.get(f"/v1/events/{event}/registrations")
    assert (one.json()["name"], one.json()["bib"], one.json()["category"]) == ("I. B.", "7", "W30")
    for answer in (one, many):
        for secret in ("1994", "X1", "Brandt", "BRANDT", "C1", "birth_date", "age", "external_id"):
            assert f'"{secret}"' not in answer.text
        assert answer.headers["Cache-Control"] == "public, s-maxage=1"
