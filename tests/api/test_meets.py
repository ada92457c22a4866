"""Meets over HTTP."""

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import MEET, Organizer, problem


def test_a_new_meet_is_private_and_says_all_of_its_fields(organizer: Organizer) -> None:
    made = organizer.post("/meets", {**MEET, "city": "Oslo", "lanes": 6})
    assert made.status_code == 201
    meet = made.json()
    assert made.headers["Location"] == f"/v1/meets/{meet['id']}"
    assert meet["id"].startswith("meet_")
    expected = {**MEET, "city": "Oslo", "lanes": 6, "lap_m": 400, "bib_scope": "meet", "venue": None, "country": None}
    assert meet == {
        **expected, "id": meet["id"], "rehearsal": False, "visibility": "private", "closed": False, "rules": {},
        "lanes_out": [], "seq": 1,
    }  # fmt: skip
    answer = organizer.client.get(f"/v1/meets/{meet['id']}")
    assert (answer.json(), answer.headers["ETag"]) == (meet, made.headers["ETag"])


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("timezone", "Mars/Olympus", "/timezone"),
        ("starts_on", "2026-13-01", "/starts_on"),
        ("starts_on", "06.06.2026", "/starts_on"),
        ("ends_on", "2026-06-05", "/ends_on"),
        ("lanes", 0, "/lanes"),
        ("lanes", "8", "/lanes"),
        ("name", "  ", "/name"),
        ("name", "two\nlines", "/name"),
        ("bib_scope", "world", "/bib_scope"),
    ],
)
def test_a_meet_that_cannot_be_is_refused(organizer: Organizer, field: str, value: object, pointer: str) -> None:
    answer = organizer.post("/meets", {**MEET, field: value})
    assert answer.status_code == 422
    assert pointer in [fault["pointer"] for fault in answer.json()["errors"]]
    assert organizer.items("/meets") == []


def test_an_unknown_field_is_refused(organizer: Organizer) -> None:
    problem(organizer.post("/meets", {**MEET, "colour": "red"}), 422, "invalid_request", "/colour")


def test_a_body_that_is_no_json_is_refused(organizer: Organizer) -> None:
    answer = organizer.client.post("/v1/meets", content="{", headers={"Content-Type": "application/json"})
    problem(answer, 400, "malformed_body")


def test_meets_are_listed_in_pages(organizer: Organizer) -> None:
    made = [organizer.meet(name=f"Meet {n}") for n in range(3)]
    assert sorted(one["id"] for one in organizer.items("/meets", limit=2)) == sorted(made)


def test_an_unknown_parameter_is_refused(organizer: Organizer) -> None:
    problem(organizer.client.get("/v1/meets?nmae=x"), 400, "unknown_parameter")


def test_only_public_meets_are_listed_without_a_token(organizer: Organizer, anonymous: TestClient) -> None:
    shown, hidden = organizer.meet(name="Shown"), organizer.meet(name="By link")
    organizer.meet(name="Private")
    for meet, visibility in ((shown, "public"), (hidden, "unlisted")):
        organizer.send("PATCH", f"/meets/{meet}", {"visibility": visibility}, "now")
    assert [one["name"] for one in anonymous.get("/v1/meets").json()["items"]] == ["Shown"]
    assert anonymous.get(f"/v1/meets/{hidden}").json()["name"] == "By link"


def test_a_change_needs_the_etag_of_what_was_seen(organizer: Organizer) -> None:
    path = f"/meets/{organizer.meet()}"
    problem(organizer.send("PATCH", path, {"city": "Oslo"}), 428, "match_required")
    seen = organizer.tag(path)
    assert organizer.send("PATCH", path, {"city": "Oslo"}, seen).json()["city"] == "Oslo"
    problem(organizer.send("PATCH", path, {"city": "Bergen"}, seen), 412, "stale")
    assert organizer.get(path)["city"] == "Oslo"


def test_the_answer_to_a_change_has_the_new_etag(organizer: Organizer) -> None:
    path = f"/meets/{organizer.meet()}"
    changed = organizer.send("PATCH", path, {"city": "Oslo"}, "now")
    assert changed.headers["ETag"] == organizer.tag(path)


def test_the_same_again_changes_nothing(organizer: Organizer) -> None:
    path = f"/meets/{organizer.meet()}"
    before = organizer.tag(path)
    assert organizer.send("PATCH", path, {"name": MEET["name"]}, before).headers["ETag"] == before


def test_what_a_client_has_is_not_sent_again(organizer: Organizer) -> None:
    path = f"/v1/meets/{organizer.meet()}"
    tag = organizer.client.get(path).headers["ETag"]
    assert organizer.client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_name_cannot_be_cleared(organizer: Organizer) -> None:
    answer = organizer.send("PATCH", f"/meets/{organizer.meet()}", {"name": None}, "now")
    problem(answer, 422, "invalid_request", "/name")


def test_a_closed_meet_is_read_only_until_it_is_reopened(organizer: Organizer) -> None:
    meet = organizer.meet()
    assert organizer.make(f"/meets/{meet}/close", expect=200)["closed"]
    problem(organizer.send("PATCH", f"/meets/{meet}", {"city": "Oslo"}, "now"), 409, "meet_is_closed")
    problem(organizer.post(f"/meets/{meet}/close"), 409, "meet_is_closed")
    shown = organizer.send("PATCH", f"/meets/{meet}", {"visibility": "unlisted"}, "now").json()
    assert (shown["visibility"], shown["closed"]) == ("unlisted", True)
    assert not organizer.make(f"/meets/{meet}/reopen", expect=200)["closed"]
    problem(organizer.post(f"/meets/{meet}/reopen"), 409, "not_closed")
    assert organizer.send("PATCH", f"/meets/{meet}", {"city": "Oslo"}, "now").status_code == 200


def test_a_clone_has_the_set_up_and_nobody_in_it(organizer: Organizer) -> None:
    meet = organizer.meet(city="Oslo")
    event = organizer.event(meet, name="10 km")
    organizer.register(event, "7")
    organizer.client.put(f"/v1/meets/{meet}/sources/mat", json={"place": "Finish"})
    copy = organizer.make(
        f"/meets/{meet}/clone", {"name": "Next year", "ends_on": "2027-06-06", "starts_on": "2027-06-06"}
    )
    assert (copy["name"], copy["city"], copy["starts_on"]) == ("Next year", "Oslo", "2027-06-06")
    (event,) = organizer.items(f"/meets/{copy['id']}/events")
    assert (event["name"], event["registration_count"]) == ("10 km", 0)
    assert [one["source"] for one in organizer.items(f"/meets/{copy['id']}/sources")] == ["mat"]
    assert organizer.items(f"/meets/{copy['id']}/athletes") == []


def test_a_clone_needs_no_body(organizer: Organizer) -> None:
    meet = organizer.meet()
    assert organizer.client.post(f"/v1/meets/{meet}/clone").json()["name"] == MEET["name"]


def test_a_meet_can_be_withdrawn_while_no_result_depends_on_it(organizer: Organizer) -> None:
    path = f"/meets/{organizer.meet()}"
    problem(organizer.send("DELETE", path), 428, "match_required")
    assert organizer.send("DELETE", path, match="now").status_code == 204
    problem(organizer.client.get(f"/v1{path}"), 404, "not_found")
    assert organizer.items("/meets") == []


def test_nothing_of_a_withdrawn_meet_is_shown_or_done_any_more(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.event(meet)
    organizer.register(event, "1", "Lie")
    (heat,) = organizer.drawn(event)
    assert organizer.send("DELETE", f"/meets/{meet}", match="now").status_code == 204
    for path in (f"events/{event}/standings", f"heats/{heat}/results", f"events/{event}/sheets/start-list.txt"):
        problem(organizer.client.get(f"/v1/{path}"), 404, "not_found")
    gone = problem(organizer.client.post(f"/v1/meets/{meet}/close"), 404, "not_found")
    assert gone["detail"] == "the meet is here no more: it was withdrawn"


def test_a_meet_with_results_cannot_be_withdrawn(organizer: Organizer) -> None:
    meet = organizer.meet()
    event = organizer.event(meet)
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    problem(organizer.send("DELETE", f"/meets/{meet}", match="now"), 409, "results_depend")


def test_a_rehearsal_goes_whole_whatever_is_in_it(organizer: Organizer) -> None:
    meet = organizer.meet(rehearsal=True)
    event = organizer.event(meet)
    organizer.register(event, "7")
    (heat,) = organizer.drawn(event)
    organizer.start(meet, heat)
    assert organizer.send("DELETE", f"/meets/{meet}", match="now").status_code == 204
    for gone in (f"/meets/{meet}", f"/events/{event}", f"/heats/{heat}"):
        problem(organizer.client.get(f"/v1{gone}"), 404, "not_found")


def test_the_same_request_with_a_key_makes_one_meet(organizer: Organizer) -> None:
    first, again = (organizer.post("/meets", MEET, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert len(organizer.items("/meets")) == 1
    other = organizer.post("/meets", {**MEET, "name": "Another"}, **{"Idempotency-Key": "k1"})
    problem(other, 422, "key_reused")


def test_nothing_of_a_private_meet_is_said_without_a_token(organizer: Organizer, anonymous: TestClient) -> None:
    problem(anonymous.get(f"/v1/meets/{organizer.meet()}"), 401, "unidentified")


def test_a_meet_that_nobody_made_is_not_found(organizer: Organizer) -> None:
    problem(organizer.client.get(f"/v1/meets/meet_{'0' * 32}"), 404, "not_found")
    problem(organizer.client.get("/v1/meets/..%2fx"), 404, "no_such_address")
