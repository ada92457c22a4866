"""What was announced, over HTTP."""

from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from starlette.testclient import TestClient

from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road, show


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client))
    race.gun()
    race.finish({"1": 1_800.0, "2": 1_810.0})
    return race


def publish(race: Road, status: str = "provisional", **given: str) -> dict[str, object]:
    return dict(race.organizer.make(f"/events/{race.event}/publications", {"status": status, **given}))


def test_each_publication_is_the_next_version(race: Road) -> None:
    first = publish(race, note="Protests until 11:45")
    race.rule("1", "dq")
    race.accept_all()
    second = publish(race, "official")
    assert (first["version"], first["status"], first["note"]) == (1, "provisional", "Protests until 11:45")
    assert (second["version"], second["status"], second["note"]) == (2, "official", None)
    assert second["digest"] != first["digest"]
    assert race.organizer.items(f"/events/{race.event}/publications", limit=1) == [first, second]
    assert race.organizer.get(f"/publications/{first['id']}") == first


def at(publication: dict[str, object], field: str = "at") -> datetime:
    return datetime.fromisoformat(str(publication[field]))


def test_r55_protests_may_be_made_from_when_the_same_results_were_first_announced(race: Road) -> None:
    first, again = publish(race), publish(race)
    assert at(first, "protests_until") - at(first) == timedelta(minutes=30)
    assert again["protests_until"] == first["protests_until"]
    race.rule("1", "dq")
    race.accept_all()
    other = publish(race)
    assert at(other, "protests_until") - at(other) == timedelta(minutes=30)
    official = publish(race, "official")
    assert [one["early"] for one in (first, other, official)] == [False, False, True]
    assert official["protests_until"] == other["protests_until"]


def test_r55_how_long_protests_may_be_made_is_the_rules_and_stays_as_it_was(race: Road) -> None:
    rules = {"rules": {"announcing": {"protest_us": 0}}}
    first = publish(race)
    race.organizer.send("PATCH", f"/events/{race.event}", rules, match="now")
    race.accept_all()
    official = publish(race, "official")
    assert (official["protests_until"], official["early"]) == (official["at"], False)
    assert race.organizer.get(f"/publications/{first['id']}") == first


def test_what_was_announced_stays_word_for_word_and_has_its_digest(race: Road) -> None:
    path = f"/v1/publications/{publish(race)['id']}"
    before = race.organizer.client.get(f"{path}/content")
    race.rule("1", "dq")
    after = race.organizer.client.get(f"{path}/content")
    assert after.content == before.content
    assert sha256(after.content).hexdigest() == race.organizer.client.get(path).json()["digest"]
    assert [line["bib"] for line in after.json()["standings"]][:2] == ["1", "2"]
    assert b"Runner" not in after.content


def test_the_digest_that_is_printed_finds_the_last_version_that_says_so(race: Road, anonymous: TestClient) -> None:
    first, second = publish(race), publish(race)
    path = f"/publications/{first['digest']}"
    assert race.organizer.get(path) == second
    assert race.organizer.client.get(f"/v1{path}/content").status_code == 200
    problem(anonymous.get(f"/v1{path}"), 401, "unidentified")
    show(race.organizer, race.meet, "public")
    assert anonymous.get(f"/v1{path}").json()["id"] == second["id"]
    problem(race.organizer.client.get(f"/v1/publications/{'0' * 64}"), 404, "not_found")


def test_what_was_announced_is_verified_as_of_then(race: Road) -> None:
    made = publish(race)
    race.rule("1", "dq")
    verified = race.organizer.get(f"/publications/{made['id']}/verification")
    assert verified == {"holds": True, "digest": made["digest"], "differences": [], "seq": made["at_seq"]}


def test_the_same_results_have_the_same_digest(race: Road) -> None:
    assert publish(race)["digest"] == publish(race)["digest"]


def test_spectators_read_what_was_announced(race: Road, anonymous: TestClient) -> None:
    made = publish(race)
    for path in (f"/events/{race.event}/publications", f"/publications/{made['id']}"):
        problem(anonymous.get(f"/v1{path}"), 401, "unidentified")
    show(race.organizer, race.meet, "public")
    assert anonymous.get(f"/v1/publications/{made['id']}").json()["digest"] == made["digest"]
    assert anonymous.get(f"/v1/publications/{made['id']}/content").status_code == 200
    problem(anonymous.get(f"/v1/publications/{made['id']}/verification"), 401, "unidentified")


def test_nobody_reads_what_only_officials_are_asked(race: Road) -> None:
    race.read("5 km", "1", 60.0)
    assert race.standings()[0]["flags"] == ["no_start_read", "missed_split", "ghost_read"]
    content = race.organizer.client.get(f"/v1/publications/{publish(race)['id']}/content").json()
    assert content["standings"][0]["flags"] == ["no_start_read", "missed_split"]


def test_what_cannot_be_published_is_refused(race: Road) -> None:
    path = f"/events/{race.event}/publications"
    problem(race.organizer.post(path, {"status": "final"}), 422, "invalid_request", "/status")
    problem(race.organizer.post(path, {}), 422, "invalid_request", "/status")
    id = str(publish(race)["id"])
    gone = id[:-1] + ("0" if id[-1] != "0" else "1")
    problem(race.organizer.client.get(f"/v1/publications/{gone}"), 404, "not_found")
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(race.organizer.post(path, {"status": "official"}), 409, "meet_is_closed")
