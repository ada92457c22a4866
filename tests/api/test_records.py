"""Records over HTTP: lists that an organizer gives, who sees them, and what stands above the results."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.schemas.records import RecordListOut, RecordStands
from tests.api.organizer import Organizer, problem
from tests.api.races import Track, show, track
from tests.api.record_lists import MR, NR, listed, put, raced, run


@pytest.fixture
def race(organizer: Organizer) -> Track:
    return raced(organizer)


def test_a_list_is_kept_as_it_was_given(race: Track) -> None:
    (one,) = race.organizer.get(f"/meets/{race.meet}/records")["lists"]
    assert RecordListOut.model_validate(one)
    assert (one["name"], one["title"], one["source"], one["takes"]) == ("club", "Records", "the club", None)
    assert [(r["code"], r["mark"], r["holder"], r["of"]) for r in one["records"]] == [
        ("NR", "9.99", "A. Holder", "NOR"),
        ("MR", "10.20", "B. Before", None),
    ]


def test_without_any_there_are_no_lists(client: TestClient) -> None:
    organizer = Organizer(client)
    meet = organizer.meet()
    assert organizer.get(f"/meets/{meet}/records") == {"lists": [], "seq": 0}


@pytest.mark.parametrize("name", ["retro", "world"])
def test_a_template_can_be_sent_as_it_is(client: TestClient, name: str) -> None:
    organizer = Organizer(client)
    meet, template = organizer.meet(), organizer.get(f"/record-lists/{name}")
    assert template in organizer.items("/record-lists", limit=1)
    answer = organizer.send("PUT", f"/meets/{meet}/records", {"lists": [template]})
    assert answer.status_code == 200, answer.text
    assert organizer.get(f"/meets/{meet}/records")["lists"] == [template]


def test_a_template_that_there_is_not_is_not_found(client: TestClient) -> None:
    problem(client.get("/v1/record-lists/moon"), 404, "not_found")


def test_lists_that_are_there_are_changed_by_who_has_seen_them(race: Track) -> None:
    assert put(race.organizer, race.meet, NR, MR).status_code == 200
    problem(put(race.organizer, race.meet, NR), 428, "match_required")
    problem(put(race.organizer, race.meet, NR, match='"1-a"'), 412, "stale")
    before = race.organizer.get(f"/meets/{race.meet}/records")["seq"]
    assert put(race.organizer, race.meet, NR, match="now").json()["seq"] > before


def test_names_of_holders_stand_beside_the_log_and_go_with_their_list(race: Track) -> None:
    assert "Holder" not in str(race.organizer.items(f"/meets/{race.meet}/log"))
    put(race.organizer, race.meet, {**NR, "holder": None}, match="now")
    export = race.organizer.client.get(f"/v1/meets/{race.meet}/archive")
    assert b"Holder" not in export.content


@pytest.mark.parametrize(
    ("given", "code", "pointer"),
    [
        ({"mark": "fast"}, "not_a_mark", "/lists/0/records/1/mark"),
        ({"mark": "10.00", "date": "2020"}, "slower_record", "/lists/0/records/1/mark"),
        ({"date": "2024-02-30"}, "not_a_day", "/lists/0/records/1/date"),
        ({"of": None}, "missing", "/lists/0/records/1/of"),
        ({"code": "PB", "of": None}, "reserved_code", "/lists/0/records/1/code"),
        ({}, "record_twice", "/lists/0/records/1"),
        (
            {"distance_m": 900, "relay_legs": 4, "legs_m": [100, 200, 300, 400]},
            "legs_differ",
            "/lists/0/records/1/legs_m",
        ),
        ({"distance_m": 600, "relay_legs": 4, "legs_m": [100, 200, 300]}, "legs_differ", "/lists/0/records/1/legs_m"),
        ({"method": "hand"}, "not_eligible", "/lists/0/records/1/method"),
        ({"confidence": "certain"}, "invalid_request", "/lists/0/records/1/confidence"),
        ({"code": "n r"}, "invalid_request", "/lists/0/records/1/code"),
    ],
)
def test_a_list_that_cannot_be_is_refused_where_it_is_wrong(
    client: TestClient, given: dict[str, Any], code: str, pointer: str
) -> None:
    organizer = Organizer(client)
    takes: dict[str, Any] = {"takes": {"photo_finish_to_m": 800}}
    problem(put(organizer, organizer.meet(), NR, {**NR, **given}, **takes), 422, code, pointer)


def test_two_lists_of_one_name_are_refused(client: TestClient) -> None:
    organizer = Organizer(client)
    body = {"lists": [*listed(NR)["lists"], *listed(MR)["lists"]]}
    answer = organizer.send("PUT", f"/meets/{organizer.meet()}/records", body)
    problem(answer, 422, "list_twice", "/lists/1/name")


def test_a_closed_meet_keeps_its_lists(race: Track) -> None:
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(put(race.organizer, race.meet, NR, match="now"), 409, "meet_is_closed")


def test_r50_what_stands_above_the_results(race: Track) -> None:
    path = f"/events/{race.event}/records"
    assert [(one["code"], one["mark"]) for one in race.organizer.items(path)] == [("MR", "10.20")]
    both = race.organizer.items(path, of="NOR")
    assert [(one["code"], one["mark"], one["record_list"]) for one in both] == [
        ("NR", "9.99", "club"),
        ("MR", "10.20", "club"),
    ]
    RecordStands.model_validate(both[0])
    run(race, 0, b1=9_900_000)
    assert race.organizer.items(path, of="NOR") == both


def test_the_public_sees_records_of_a_public_meet(race: Track) -> None:
    run(race, 0, b1=9_900_000)
    show(race.organizer, race.meet, "public")
    for path in (f"meets/{race.meet}/records", f"meets/{race.meet}/records/broken", f"events/{race.event}/records"):
        answer = race.organizer.client.get(f"/v1/{path}", headers={"Authorization": ""})
        assert answer.status_code == 200, answer.text


def test_a_copy_of_the_meet_has_its_lists_as_they_were_given_and_its_own_words(race: Track) -> None:
    run(race, 0, b1=9_900_000)
    copy = race.organizer.make(f"/meets/{race.meet}/clone", {"name": "Next year"})["id"]
    mine, copied = (race.organizer.get(f"/meets/{meet}/records")["lists"] for meet in (race.meet, copy))
    assert copied == mine
    assert [record["mark"] for record in copied[0]["records"]] == ["9.99", "10.20"]
    assert race.organizer.items(f"/meets/{copy}/records/broken") == []
    put(race.organizer, race.meet, {**NR, "holder": None}, match="now")
    assert race.organizer.get(f"/meets/{copy}/records")["lists"] == copied


def test_r74_records_of_age_groups_that_the_rules_assign_stand_above_the_results(client: TestClient) -> None:
    organizer = Organizer(client)
    for ruleset, stand in (("masters", ["MR"]), ("world-athletics", [])):
        race = track(organizer, ("1",), ruleset=ruleset)
        assert put(organizer, race.meet, {**MR, "category": "M50"}).status_code == 200
        assert [one["code"] for one in organizer.items(f"/events/{race.event}/records")] == stand


def test_above_the_results_of_a_mixed_relay_stand_records_of_mixed_teams_alone(client: TestClient) -> None:
    organizer = Organizer(client)
    race = track(organizer, ("NOR",), distance_m=400, relay_legs=4, sex="X")
    relay = {**MR, "distance_m": 400, "relay_legs": 4}
    men, mixed = {**relay, "mark": "2:59.00"}, {**relay, "sex": "X", "mark": "3:15.00"}
    assert put(organizer, race.meet, men, mixed).status_code == 200
    assert [one["mark"] for one in organizer.items(f"/events/{race.event}/records")] == ["3:15.00"]
