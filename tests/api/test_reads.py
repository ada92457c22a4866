"""Posted reads over HTTP: what the receipt says, what is stored, and who may post."""

import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.api.route import READS
from app.domain.ids import MeetId
from app.domain.units import Instant, format_instant
from app.operations import access
from app.operations.ingest import Ingest, Post, Receipt
from app.store import Database
from tests.api.conftest import Clock
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, after_gun, road, show, written

Holder = Callable[[str], TestClient]
RECEIPT = {
    "stored": 0,
    "duplicates": 0,
    "conflicts": 0,
    "rejected": 0,
    "unknown_chips": 0,
    "not_on_course": 0,
    "high_water": 0,
    "exceptions": [],
}


@pytest.fixture
def race(client: TestClient) -> Road:
    race = road(Organizer(client))
    race.gun()
    return race


def read(seq: int, bib: str = "1", seconds: float | None = None, **given: Any) -> dict[str, Any]:
    return {"seq": seq, "chip": f"C{bib}", "at": after_gun(1_800.0 + seq if seconds is None else seconds), **given}


def post(race: Road, *reads: dict[str, Any], client: TestClient | None = None, **given: Any) -> Response:
    body = {"source": "Finish", "epoch": "1", "reads": list(reads), **given}
    return (client or race.organizer.client).post(f"/v1/meets/{given.pop('meet', race.meet)}/reads", json=body)


def send(client: TestClient, meet: str, *reads: dict[str, Any], source: str = "Finish") -> Response:
    return client.post(f"/v1/meets/{meet}/reads", json={"source": source, "epoch": "1", "reads": list(reads)})


def stored(race: Road) -> list[tuple[str, int]]:
    return [(one["source"], one["source_seq"]) for one in race.organizer.items(f"/meets/{race.meet}/reads")]


def head(database: Database, race: Road) -> int:
    with database.read() as tx:
        return tx.facts.head(MeetId(race.meet))


# ── the receipt ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_receipt_counts_what_was_stored(race: Road) -> None:
    answer = post(race, read(1), read(2, "2"), read(5, "nobody"), {"seq": 6, "bib": "3", "at": written(1_850.0)})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == RECEIPT | {"stored": 4, "unknown_chips": 1, "high_water": 6}


def test_the_same_again_is_a_success_and_stores_nothing(race: Road, database: Database) -> None:
    post(race, read(1), read(2))
    before = head(database, race)
    again = post(race, read(1), read(2), read(2)).json()
    exceptions = [{"seq": seq, "outcome": "duplicate", "code": "already_have"} for seq in (1, 2, 2)]
    assert again == RECEIPT | {"duplicates": 3, "high_water": 2, "exceptions": exceptions}
    assert head(database, race) == before


def test_other_content_under_the_same_number_is_kept_beside_the_first(race: Road) -> None:
    post(race, read(1))
    answer = post(race, read(1, "2"), read(2)).json()
    exceptions = [{"seq": 1, "outcome": "conflict", "code": "other_content"}]
    assert answer == RECEIPT | {"stored": 1, "conflicts": 1, "high_water": 2, "exceptions": exceptions}
    (conflict,) = race.organizer.items(f"/meets/{race.meet}/read-conflicts")
    assert (conflict["first"]["chip"], conflict["offered"]["chip"]) == ("C1", "C2")
    assert stored(race) == [("Finish", 1), ("Finish", 2)]


def test_a_box_may_repeat_itself_within_one_post(race: Road) -> None:
    answer = post(race, read(1), read(1), read(1, "2")).json()
    assert (answer["stored"], answer["duplicates"], answer["conflicts"]) == (1, 1, 1)


def test_another_epoch_counts_anew(race: Road) -> None:
    post(race, read(1))
    assert post(race, read(1, "2"), epoch="2").json() == RECEIPT | {"stored": 1, "high_water": 1}


def test_an_empty_post_asks_how_far_it_got(race: Road) -> None:
    post(race, read(7))
    assert post(race).json() == RECEIPT | {"high_water": 7}


def test_high_water_is_the_highest_whatever_came_last(race: Road) -> None:
    post(race, read(9))
    assert post(race, read(3)).json()["high_water"] == 9
    gaps = race.organizer.items(f"/meets/{race.meet}/sources/Finish/gaps")
    assert [(one["first"], one["last"]) for one in gaps] == [(1, 2), (4, 8)]


@pytest.mark.parametrize("at", ["1970-01-01T00:12:00Z", 720_000_000, "2100-01-01T00:00:00+01:00"])
def test_a_time_that_no_clock_would_show_is_kept_and_said_to_be_so(race: Road, at: Any) -> None:
    answer = post(race, read(1), read(2, "2", at=at)).json()
    exceptions = [{"seq": 2, "outcome": "stored", "code": "implausible_time"}]
    assert answer == RECEIPT | {"stored": 2, "high_water": 2, "exceptions": exceptions}
    assert stored(race) == [("Finish", 1), ("Finish", 2)]
    assert race.places()["1"] == 1
    assert post(race, read(2, "2", at=at)).json()["exceptions"][0]["code"] == "already_have"


def test_reads_before_the_gun_of_nobody_and_of_nowhere_are_kept(race: Road) -> None:
    answer = post(race, read(1, seconds=-3_600.0), read(2, "nobody"), read(3, place="Somewhere"), source="New")
    assert (answer.json()["stored"], answer.json()["unknown_chips"]) == (3, 1)
    states = [one["state"] for one in race.organizer.items(f"/meets/{race.meet}/reads")]
    assert (len(states), states[1], states[2]) == (3, "unknown_chip", "not_on_course")


def test_a_start_after_the_reads_is_no_reason_to_lose_one(client: TestClient) -> None:
    race = road(Organizer(client))
    assert post(race, read(1)).json()["stored"] == 1
    assert race.places()["1"] is None
    race.gun()
    assert race.places()["1"] == 1


# ── refused whole ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("broken", "code", "pointer"),
    [
        ({"seq": 3, "chip": "C3"}, "missing", "/reads/2/at"),
        ({"seq": 3, "chip": "C3", "at": "10:00:17.4"}, "invalid", "/reads/2/at"),
        ({"seq": 3, "chip": "C3", "bib": "3", "at": 1}, "chip_or_bib", "/reads/2"),
        ({"seq": -3, "chip": "C3", "at": 1}, "invalid", "/reads/2/seq"),
        ({"seq": 3, "chip": "C\n3", "at": 1}, "control_character", "/reads/2/chip"),
        ({"seq": 3, "chip": "C3", "at": 1, "lane": 4}, "unknown_field", "/reads/2/lane"),
    ],
)
def test_a_post_whose_last_read_is_broken_stores_none_of_it(
    race: Road, database: Database, broken: dict[str, Any], code: str, pointer: str
) -> None:
    post(race, read(7))
    before = head(database, race)
    problem(post(race, read(1), read(2, "2"), broken), 422, code, pointer)
    assert head(database, race) == before
    assert post(race, read(1), read(2, "2"), read(3, "3")).json()["stored"] == 3
    assert len(stored(race)) == 4


def test_ten_thousand_reads_are_taken_and_one_more_is_too_many(race: Road, database: Database) -> None:
    before = head(database, race)
    many = [read(seq) for seq in range(1, 10_002)]
    problem(post(race, *many), 413, "too_large")
    assert head(database, race) == before
    assert post(race, *many[:-1]).json()["stored"] == 10_000


def test_four_mebibytes_are_taken_and_one_byte_more_is_too_much(race: Road, database: Database) -> None:
    before = head(database, race)
    body = json.dumps({"source": "Finish", "epoch": "1", "reads": [read(1)]}).encode()
    path, headers = f"/v1/meets/{race.meet}/reads", {"Content-Type": "application/json"}
    whole = body.ljust(READS)
    told = problem(race.organizer.client.post(path, content=whole + b" ", headers=headers), 413, "too_large")
    assert "10,000 reads or 4 MiB" in told["detail"]
    assert head(database, race) == before
    assert race.organizer.client.post(path, content=whole, headers=headers).json()["stored"] == 1


def test_a_compressed_post_is_told_to_come_as_it_is(race: Road, database: Database) -> None:
    before = head(database, race)
    body = gzip.compress(json.dumps({"source": "Finish", "epoch": "1", "reads": [read(1)]}).encode())
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = race.organizer.client.post(f"/v1/meets/{race.meet}/reads", content=body, headers=headers)
    assert "Content-Encoding: gzip" in problem(answer, 415, "encoded_body")["detail"]
    assert head(database, race) == before


def test_a_meet_that_is_not_there_takes_no_reads(race: Road, as_holder: Holder) -> None:
    for meet in ("meet_0197430a2c4e7d5fa3f09a64d1c3b2e7", "meet_1", "nonsense"):
        problem(send(race.organizer.client, meet, read(1)), 404, "not_found")


def test_a_closed_meet_takes_no_reads_and_loses_none(race: Road) -> None:
    post(race, read(1))
    race.organizer.make(f"/meets/{race.meet}/close", expect=200)
    problem(post(race, read(2)), 409, "meet_is_closed")
    race.organizer.make(f"/meets/{race.meet}/reopen", expect=200)
    assert post(race, read(1), read(2)).json()["stored"] == 1


# ── who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def key(race: Road, meet: str | None = None, **terms: Any) -> dict[str, str]:
    made: dict[str, str] = race.organizer.make(f"/meets/{meet or race.meet}/devices", {"name": "mat", **terms})
    return made


def moment(clock: Clock, seconds: int) -> str:
    return format_instant(Instant(clock.now() + seconds * 1_000_000))


def test_a_device_posts_to_its_meet_and_source(race: Road, as_holder: Holder, database: Database) -> None:
    box = as_holder(key(race, source="Finish")["token"])
    assert send(box, race.meet, read(1)).json()["stored"] == 1
    before = head(database, race)
    problem(send(box, race.meet, read(1), source="Start"), 403, "not_this_source")
    other = race.organizer.meet()
    problem(send(box, other, read(1)), 404, "not_found")
    assert head(database, race) == before
    assert race.organizer.items(f"/meets/{other}/reads") == []


def test_a_device_posts_in_its_time(race: Road, as_holder: Holder, clock: Clock) -> None:
    box = as_holder(key(race, not_before=moment(clock, 60), expires_at=moment(clock, 120))["token"])
    assert "not come yet" in problem(send(box, race.meet, read(1)), 401, "bad_token")["detail"]
    clock.advance(61)
    assert send(box, race.meet, read(1)).json()["stored"] == 1
    clock.advance(60)
    assert "expired" in problem(send(box, race.meet, read(2)), 401, "bad_token")["detail"]
    assert stored(race) == [("Finish", 1)]


def test_a_key_counts_at_the_moment_that_its_reads_are_stored(
    race: Road, as_holder: Holder, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = as_holder(key(race, expires_at=moment(clock, 120))["token"])
    offer = Ingest.offer

    async def late(self: Ingest, post: Post) -> Receipt:
        clock.advance(121)
        return await offer(self, post)

    monkeypatch.setattr(Ingest, "offer", late)
    assert "expired" in problem(send(box, race.meet, read(1)), 401, "bad_token")["detail"]


def test_a_revoked_key_stores_nothing_from_then_on(race: Road, as_holder: Holder) -> None:
    made = key(race)
    box = as_holder(made["token"])
    assert send(box, race.meet, read(1)).status_code == 200
    assert race.organizer.send("DELETE", f"/meets/{race.meet}/devices/{made['id']}", match="now").status_code == 204
    assert "revoked" in problem(send(box, race.meet, read(2)), 401, "bad_token")["detail"]
    assert stored(race) == [("Finish", 1)]


def test_who_may_not_post_stores_nothing(race: Road, as_holder: Holder, anonymous: TestClient) -> None:
    show(race.organizer, race.meet, "public")
    problem(send(anonymous, race.meet, read(1)), 401, "unidentified")
    problem(send(as_holder("bs_api_nonsense"), race.meet, read(1)), 401, "bad_token")
    reader = race.organizer.make("/tokens", {"name": "page", "scopes": ["meets:read", "timing:write"]})
    problem(send(as_holder(reader["token"]), race.meet, read(1)), 403, "scope_missing")
    theirs = race.organizer.make("/organizations", {"name": "Theirs"})["id"]
    made = race.organizer.make("/tokens", {"name": "x", "scopes": sorted(access.SCOPES), "organization_id": theirs})
    problem(send(as_holder(made["token"]), race.meet, read(1)), 404, "not_found")
    assert stored(race) == []


def test_reads_made_where_no_event_has_a_point_are_stored_and_counted(race: Road) -> None:
    receipt = post(race, read(1), read(2, place="car park"), read(3), source="Finsh").json()
    assert (receipt["stored"], receipt["not_on_course"]) == (3, 3)
    receipt = post(race, read(1), read(2, place="car park"), read(3)).json()
    assert (receipt["stored"], receipt["not_on_course"]) == (3, 1)


def test_a_source_whose_name_no_path_can_hold_is_refused(race: Road) -> None:
    body = {"source": "mat/finish", "epoch": "1", "reads": [{"seq": 1, "chip": "C1", "at": 1}]}
    refused = problem(race.organizer.post(f"/meets/{race.meet}/reads", body), 422, "slash", "/source")
    assert "without a slash" in refused["detail"]
