"""Backups and archives through the server: what went out comes back in, and nothing is ever overwritten."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from app.domain.facts import (
    AthleteDescribed,
    ChipAssigned,
    ChipReleased,
    ConflictRuled,
    EventDescribed,
    Fact,
    HeatDrawn,
    HeatWithdrawn,
    RoundDrawn,
    StartSignal,
)
from app.domain.ids import ActorId, AssignmentId, AthleteId, Chip, EventId, HeatId
from app.domain.meet import EventSpec, Person
from app.domain.units import Instant
from app.main import create_app
from app.operations import identity
from app.operations.access import HOME, SCOPES
from app.store import Database, open_database
from tests.api.conftest import ADMIN
from tests.api.meets import Meets
from tests.api.organizer import Organizer, problem

NOON = Instant(1_777_809_600_000_000)
GZIP = {"Content-Type": "application/gzip"}


@pytest.fixture
def elsewhere(new_url: Callable[[], str]) -> Iterator[TestClient]:
    """Another server, with nothing on it."""
    db = open_database(new_url())
    headers = {"Authorization": f"Bearer {ADMIN}"}
    with TestClient(create_app(db, ADMIN), base_url="http://spare.test", headers=headers) as client:
        yield client
    db.close()


def archive_of(client: TestClient, meet: str) -> bytes:
    answer = client.get(f"/v1/meets/{meet}/archive")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/gzip"
    return answer.content


def backup_of(client: TestClient) -> bytes:
    answer = client.post("/v1/admin/backup")
    assert answer.status_code == 200, answer.text
    return answer.content


def test_a_meet_moves_to_another_server(client: TestClient, elsewhere: TestClient, meets: Meets) -> None:
    meet = meets.make()
    file = archive_of(client, meet)
    made = elsewhere.post("/v1/meets/archive", content=file, headers=GZIP)
    assert (made.status_code, made.json()) == (201, {"id": meet, "seq": 1, "facts": 1, "reads": 0})
    assert archive_of(elsewhere, meet) == file


def test_a_meet_that_is_there_is_not_overwritten(client: TestClient, meets: Meets) -> None:
    file = archive_of(client, meets.make())
    again = client.post("/v1/meets/archive", content=file, headers=GZIP)
    assert (again.status_code, again.json()["code"]) == (409, "meet_exists")


@pytest.mark.parametrize("cut", [0, 5, -1, -20])
def test_a_broken_file_stores_nothing(client: TestClient, elsewhere: TestClient, meets: Meets, cut: int) -> None:
    meet = meets.make()
    refused = elsewhere.post("/v1/meets/archive", content=archive_of(client, meet)[:cut], headers=GZIP)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_archive")
    assert elsewhere.get(f"/v1/meets/{meet}/archive").status_code == 404


def test_a_backup_holds_everything_and_adds_what_is_missing(
    client: TestClient, elsewhere: TestClient, meets: Meets
) -> None:
    first, second = meets.make(), meets.make()
    elsewhere.post("/v1/meets/archive", content=archive_of(client, first), headers=GZIP)
    token = client.post("/v1/tokens", json={"name": "desk", "scopes": ["meets:read"]}).json()["token"]
    done = elsewhere.post("/v1/admin/restore", content=backup_of(client), headers=GZIP).json()
    assert [meet["id"] for meet in done["added"]] == [second]
    assert done["already_here"] == [first]
    assert archive_of(elsewhere, second) == archive_of(client, second)
    with_token = elsewhere.get(f"/v1/meets/{second}/archive", headers={"Authorization": f"Bearer {token}"})
    assert with_token.status_code == 200


def test_a_backup_holds_no_secret(client: TestClient) -> None:
    token = client.post("/v1/tokens", json={"name": "desk", "scopes": ["meets:read"]}).json()["token"]
    text = gzip.decompress(backup_of(client)).decode()
    assert token not in text
    assert ADMIN not in text
    assert HOME in text


def test_a_backup_that_was_cut_between_two_meets_says_so(
    client: TestClient, elsewhere: TestClient, meets: Meets
) -> None:
    meets.make()
    meets.make()
    lines = gzip.decompress(backup_of(client)).splitlines(keepends=True)
    first_meet = lines[: 1 + next(n for n, line in enumerate(lines) if line.startswith(b'{"end"'))]
    refused = elsewhere.post("/v1/admin/restore", content=gzip.compress(b"".join(first_meet)), headers=GZIP)
    assert refused.status_code == 422
    assert "1 meets of 2" in refused.json()["detail"]


@pytest.mark.parametrize("content", [b"", b"no gzip"])
def test_what_is_no_file_of_ours_is_refused(client: TestClient, content: bytes) -> None:
    refused = client.post("/v1/admin/restore", content=content, headers=GZIP)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_archive")


@pytest.mark.parametrize("line", ["{}", "[]", '{"backup": {"format": 9}}', '{"meet": {}}'])
def test_what_is_no_backup_is_refused(client: TestClient, line: str) -> None:
    refused = client.post("/v1/admin/restore", content=gzip.compress(line.encode()), headers=GZIP)
    assert (refused.status_code, refused.json()["code"]) == (422, "not_an_archive")


def test_backups_are_for_administrators(client: TestClient, as_holder: Callable[[str], TestClient]) -> None:
    body = {"name": "all", "scopes": ["meets:read", "meets:write", "tokens:write"]}
    holder = as_holder(client.post("/v1/tokens", json=body).json()["token"])
    assert holder.post("/v1/admin/backup").status_code == 403
    assert holder.post("/v1/admin/restore", content=b"", headers=GZIP).status_code == 403


# ── files that somebody made up ──────────────────────────────────────────────────────────────────────────────────────


def rewritten(file: bytes, *names: tuple[str, str], without: str = "") -> bytes:
    """The same meet under other ids, with an end that fits, without the lines of one kind."""
    lines = gzip.decompress(file).splitlines(keepends=True)[:-1]
    text = b"".join(line for line in lines if not without or not line.startswith(f'{{"{without}"'.encode()))
    for old, new in names:
        text = text.replace(old.encode(), new.encode())
    end = {"end": {"lines": text.count(b"\n"), "digest": hashlib.sha256(text).hexdigest()}}
    return gzip.compress(text + json.dumps(end, separators=(",", ":")).encode() + b"\n")


@pytest.fixture
def stranger(client: TestClient, as_holder: Callable[[str], TestClient]) -> Organizer:
    """Of another organization, with every scope."""
    theirs = client.post("/v1/organizations", json={"name": "Theirs"}).json()["id"]
    body = {"name": "x", "scopes": sorted(SCOPES), "organization_id": theirs}
    return Organizer(as_holder(client.post("/v1/tokens", json=body).json()["token"]))


@pytest.mark.parametrize("without", ["people", ""])
def test_a_file_that_names_another_organizations_athlete_neither_shows_nor_changes_it(
    client: TestClient, stranger: Organizer, without: str
) -> None:
    ours = Organizer(client)
    entry = ours.register(ours.event(ours.meet()), "7", "Brandt", birth_date="2013-01-01")
    before = ours.get(f"/athletes/{entry['athlete_id']}")
    meet = stranger.meet()
    event = stranger.event(meet)
    own = stranger.register(event, "666")
    nouns = (("meet", meet), ("event", event), ("registration", own["id"]))
    renamed = [(id, identity.new_id(noun)) for noun, id in nouns]
    file = rewritten(
        archive_of(stranger.client, meet), *renamed, (own["athlete_id"], entry["athlete_id"]), without=without
    )
    refused = problem(stranger.client.post("/v1/meets/archive", content=file, headers=GZIP), 422, "not_an_archive")
    assert entry["athlete_id"] in refused["detail"]
    assert stranger.client.get(f"/v1/events/{renamed[1][1]}/registrations").status_code == 404
    assert ours.get(f"/athletes/{entry['athlete_id']}") == before


DRAWN, GONE, TAG = HeatId("heat_drawn"), HeatId("heat_gone"), AssignmentId("chip_1")
NOT_A_MEET: dict[str, list[Fact]] = {
    "a start of a heat that nobody drew": [StartSignal(heat=HeatId("heat_none"), at=NOON)],
    "a start of a heat that was withdrawn": [StartSignal(heat=GONE, at=NOON)],
    "a chip that is released twice": [ChipReleased(assignment=TAG), ChipReleased(assignment=TAG)],
    "a ruling on a conflict that there is not": [ConflictRuled(conflict_seq=1, take="first")],
    "a time that no computer holds": [StartSignal(heat=DRAWN, at=Instant(10**30))],
}


@pytest.mark.parametrize("facts", NOT_A_MEET.values(), ids=NOT_A_MEET)
def test_facts_that_make_no_meet_are_refused_before_they_are_stored(
    client: TestClient, elsewhere: TestClient, meets: Meets, database: Database, facts: list[Fact]
) -> None:
    """Once stored, the meet would answer nothing any more."""
    meet, event, athlete = meets.make(), EventId("evt_1"), AthleteId("ath_1")
    spec = EventSpec(name="10 km", distance_m=10_000, surface="road", sex="X", start="mass", timing="transponder")
    heats = tuple(HeatDrawn(heat=id, number=n, open=True) for n, id in enumerate((DRAWN, GONE), 1))
    sound: list[Fact] = [
        EventDescribed(event=event, spec=spec),
        AthleteDescribed(athlete=athlete, sex="W"),
        ChipAssigned(assignment=TAG, chip=Chip("C1"), athlete=athlete),
        RoundDrawn(event=event, round="final", heats=heats),
        HeatWithdrawn(heat=GONE),
    ]
    with database.write() as tx:
        tx.people.put(meet, athlete, Person(given_name="Ida", sex="W"))
        tx.facts.append(meet, [*sound, *facts], ActorId("tok_x"), NOON)
    answer = elsewhere.post("/v1/meets/archive", content=archive_of(client, meet), headers=GZIP)
    problem(answer, 422, "not_an_archive")
    assert elsewhere.get(f"/v1/meets/{meet}").status_code == 404
    restored = elsewhere.post("/v1/admin/restore", content=backup_of(client), headers=GZIP)
    problem(restored, 422, "not_an_archive")
    assert elsewhere.get(f"/v1/meets/{meet}").status_code == 404


def test_a_list_that_was_taken_back_moves_along_without_names(client: TestClient, elsewhere: TestClient) -> None:
    organizer = Organizer(client)
    meet = organizer.meet()
    event = organizer.event(meet)
    text = "bib,family_name,sex,chips\n{},{},M,C1\n"
    brought = organizer.csv(event, text.format(1, "Kanarie")).json()["import_id"]
    organizer.make(f"/meets/{meet}/imports/{brought}/undo")
    organizer.csv(event, text.format(2, "Moe"))
    archive = client.get(f"/v1/meets/{meet}/archive").content
    assert b"Kanarie" not in gzip.decompress(archive)
    assert elsewhere.post("/v1/meets/archive", content=archive, headers=GZIP).status_code == 201
    there = Organizer(elsewhere)
    assert [one["name"] for one in there.items(f"/events/{event}/registrations")] == ["MOE"]
    assert [one["chip"] for one in there.items(f"/meets/{meet}/chip-assignments")] == ["C1"]
    assert len(there.items(f"/meets/{meet}/imports")) == 1
