"""Input that cannot be: each a clear problem that says where, nothing of it stored, nothing lost that was there.

More of the same kind, close to what it is about: files of entries in test_imports.py, reads in test_reads.py, bodies
that come too slowly or are cut off in test_deadlines.py, tokens in test_tokens.py, a full disk in test_health.py, a
newer schema in tests/test_migrations.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.domain.ids import MeetId
from app.store import Database
from tests.api.organizer import ROAD, SPRINT, Organizer, problem
from tests.api.races import GUN, Road, road

LOCAL = "2026-06-06T10:00:00"
JSON = "application/json"
RUNNER = {"bib": "9", "family_name": "Lie", "sex": "M"}


@pytest.fixture
def race(client: TestClient) -> Road:
    """Three runners, two of them in the finish; a sprint that two of them are in too."""
    race = road(Organizer(client))
    race.gun()
    race.finish({"1": 1_800.0, "2": 1_810.0})
    sprint = race.organizer.sprint(race.meet)
    for bib in ("1", "2"):
        race.organizer.register(sprint, bib, f"Runner{bib}", given_name="Ada")
    return race


def everything(race: Road, database: Database) -> list[Any]:
    """All that can be seen, and where the log is."""
    lists = (f"/meets/{race.meet}/{noun}" for noun in ("log", "reads", "athletes", "chip-assignments", "events"))
    with database.read() as tx:
        head = tx.facts.head(MeetId(race.meet))
    return [head, race.standings(), *map(race.organizer.items, ("/meets", "/tokens", *lists))]


@contextmanager
def untouched(race: Road, database: Database) -> Iterator[None]:
    before = everything(race, database)
    yield
    assert everything(race, database) == before


def send(race: Road, method: str, path: str, **given: Any) -> Response:
    (sprint,) = (one["id"] for one in race.organizer.items(f"/meets/{race.meet}/events") if one["name"] == "100 m")
    address = path.format(meet=race.meet, event=race.event, heat=race.heat, sprint=sprint)
    return race.organizer.client.request(method, f"/v1{address}", **given)


def test_what_is_no_json(race: Road, database: Database) -> None:
    bodies = (b"", b"{", b'{"bib": "9", "sex": }', b"bib;sex", b'\xff\xfe{"bib"', b"[" * 50_000)
    json = {"Content-Type": "application/json"}
    with untouched(race, database):
        for path in ("/events/{event}/registrations", "/meets/{meet}/reads", "/heats/{heat}/start"):
            answers = [send(race, "POST", path, content=one, headers=json) for one in bodies]
            assert {one.headers["Content-Type"] for one in answers} == {"application/problem+json"}, path
            assert {one.status_code for one in answers} <= {400, 422}, path
            assert [answers[index].json()["code"] for index in (1, 3)] == ["malformed_body"] * 2, path


def test_what_is_no_utf_8(race: Road, database: Database) -> None:
    body = '{"bib": "9", "family_name": "Løken", "sex": "M"}'.encode("latin-1")
    with untouched(race, database):
        sent = send(race, "POST", "/events/{event}/registrations", content=body, headers={"Content-Type": JSON})
        assert problem(sent, 400, "malformed_body")["detail"].endswith("byte 30 is no UTF-8, which JSON is written in")


def test_an_unknown_field(race: Road, database: Database) -> None:
    day = {"starts_on": LOCAL[:10], "ends_on": LOCAL[:10]}
    with untouched(race, database):
        for path, body, pointer in (
            ("/meets", {"name": "x", "timezone": "UTC", "lane": 8, **day}, "/lane"),
            ("/meets/{meet}/events", ROAD | {"distance": 10_000}, "/distance"),
            ("/events/{event}/registrations", RUNNER | {"lane": 4}, "/lane"),
            ("/meets/{meet}/chip-assignments", {"chip": "X", "bib": "3", "form": GUN}, "/form"),
            ("/heats/{heat}/start", {"at": GUN, "source_": "starter"}, "/source_"),
            ("/heats/{heat}/rulings", {"bib": "1", "kind": "dq", "why": "x"}, "/why"),
        ):
            problem(send(race, "POST", path, json=body), 422, "invalid_request", pointer)


def test_a_field_of_another_kind_is_refused_in_plain_words(race: Road) -> None:
    finish = {"method": "photo_finish", "finishes": [{"lane": 1, "elapsed_us": 10.3}]}
    for path, body, detail in (
        ("/heats/{heat}/finishes", finish, "/finishes/0/elapsed_us: this has to be a whole number"),
        ("/heats/{heat}/finishes", finish | {"finishes": "1"}, "/finishes: this has to be a list, in brackets"),
        ("/heats/{heat}/finishes", finish | {"finishes": ["1"]}, "/finishes/0: this has to be an object, in braces"),
        ("/heats/{heat}/finishes", finish | {"finishes": []}, "/finishes: this has to have 1 or more items"),
        ("/heats/{heat}/finishes", finish | {"method": "stopwatch"}, "/method: this has to be one of 'photo_finish', "),
        ("/heats/{heat}/rulings", {"bib": 1, "kind": "dq"}, "/bib: this has to be text, in quotes"),
        ("/heats/{heat}/rulings", {"bib": "", "kind": "dq"}, "/bib: this has to be 1 or more characters long"),
        ("/heats/{heat}/rulings", {"bib": "1" * 65, "kind": "dq"}, "/bib: this has to be 64 or fewer characters long"),
        ("/events/{event}/plan", {"entries": -1}, "/entries: this has to be 1 or more"),
        ("/events/{event}/plan", {"preview": "perhaps"}, "/preview: this has to be true or false"),
    ):
        refused = send(race, "POST", path, json=body).json()
        assert refused["detail"].startswith(detail), path
    asked = send(race, "GET", "/events/{event}/standings", params={"limit": 100_000}).json()
    assert asked["detail"] == "limit: this has to be 500 or less"


def test_an_unknown_parameter(race: Road, database: Database) -> None:
    with untouched(race, database):
        for path in ("/events/{event}/standings", "/meets/{meet}/reads"):
            refused = send(race, "GET", path, params={"catgory": "W40"})
            assert problem(refused, 400, "unknown_parameter")["errors"][0]["parameter"] == "catgory"
        for path in ("/events/{event}/registrations", "/meets/{meet}/reads"):
            refused = send(race, "POST", path, params={"catgory": "W40"}, json=RUNNER)
            assert problem(refused, 400, "unknown_parameter")["errors"][0]["parameter"] == "catgory"


def test_a_time_without_its_offset(race: Road, database: Database) -> None:
    read = {"seq": 50, "chip": "C3", "at": LOCAL}
    with untouched(race, database):
        for path, body, pointer, code in (
            ("/heats/{heat}/start", {"at": LOCAL}, "/at", "invalid_request"),
            ("/heats/{heat}/close", {"at": LOCAL}, "/at", "invalid_request"),
            ("/heats/{heat}/times", {"at": LOCAL}, "/at", "invalid_request"),
            ("/meets/{meet}/chip-assignments", {"chip": "X", "bib": "3", "from": LOCAL}, "/from", "invalid_request"),
            ("/meets/{meet}/reads", {"source": "Finish", "epoch": "1", "reads": [read]}, "/reads/0/at", "invalid"),
        ):
            problem(send(race, "POST", path, json=body), 422, code, pointer)


def test_a_bib_twice_in_an_event(race: Road, database: Database) -> None:
    same = {"bib": "1", "family_name": "Runner1", "given_name": "Ada", "sex": "M"}
    with untouched(race, database):
        problem(send(race, "POST", "/events/{event}/registrations", json=same), 409, "already_registered")
        (third,) = race.organizer.items(f"/events/{race.event}/registrations", q="3")
        answer = race.organizer.send("PATCH", f"/registrations/{third['id']}", {"bib": "1"}, match="now")
        problem(answer, 409, "bib_taken", "/bib")


def test_a_bib_that_is_another_athletes(race: Road, database: Database) -> None:
    with untouched(race, database):
        answer = send(race, "POST", "/events/{event}/registrations", json=RUNNER | {"bib": "3"})
        problem(answer, 409, "bib_taken", "/bib")
        answer = send(race, "POST", "/events/{sprint}/registrations", json=RUNNER | {"bib": "3"})
        problem(answer, 409, "identity_differs", "/family_name")


def test_a_chip_on_two_bibs_at_once(race: Road, database: Database) -> None:
    with untouched(race, database):
        answer = send(race, "POST", "/meets/{meet}/chip-assignments", json={"chip": "C1", "bib": "2"})
        problem(answer, 409, "chip_taken", "/chip")
        answer = send(race, "POST", "/events/{event}/registrations", json=RUNNER | {"chips": ["C9", "C1"]})
        problem(answer, 409, "chip_taken", "/chips")


def test_a_runner_in_two_lanes_or_a_lane_twice(race: Road, database: Database) -> None:
    with untouched(race, database):
        for second, code, pointer in (
            ({"bib": "1", "lane": 4}, "runner_twice", "/heats/0/starters/1/bib"),
            ({"bib": "2", "lane": 3}, "lane_twice", "/heats/0/starters/1/lane"),
            ({"bib": "3", "lane": 4}, "not_registered", "/heats/0/starters/1/bib"),
        ):
            body = {"heats": [{"number": 1, "starters": [{"bib": "1", "lane": 3}, second]}]}
            problem(send(race, "PUT", "/events/{sprint}/rounds/final/heats", json=body), 422, code, pointer)


def test_a_distance_outside_100_m_to_10_km(race: Road, database: Database) -> None:
    with untouched(race, database):
        for distance in (0, 99, 10_001, 42_195, -100, 100.5, "100", None):
            answer = send(race, "POST", "/meets/{meet}/events", json=SPRINT | {"distance_m": distance})
            problem(answer, 422, "invalid_request", "/distance_m")


def test_a_file_that_is_no_list_of_entries(race: Road, database: Database) -> None:
    with untouched(race, database):
        for text, pointer, code in (
            ("bib,family_name\n9,Lie\n", "/sex", "missing_column"),
            ("bib,bib,family_name,sex\n9,9,Lie,M\n", "/bib", "column_twice"),
            ("\n9,Lie,M\n", None, "no_header"),
            ('bib,family_name,sex\n9,"Lie,M\n', None, "not_csv"),
        ):
            problem(race.organizer.csv(race.event, text), 422, code, pointer)


def test_one_bad_row_keeps_the_others_out(race: Road, database: Database) -> None:
    rows = "\n".join(f"{bib},Runner {bib},M" for bib in range(10, 500))
    with untouched(race, database):
        report = race.organizer.csv(race.event, f"bib,family_name,sex\n{rows}\n9,Lie,?\n").json()
    assert (report["created"], [(one["row"], one["column"]) for one in report["errors"]]) == (0, [(492, "sex")])


def test_the_same_file_twice_is_no_news(race: Road, database: Database) -> None:
    text = "bib,family_name,sex\n10,Lie,M\n11,Moe,W\n"
    assert race.organizer.csv(race.event, text).json()["created"] == 2
    with untouched(race, database):
        assert race.organizer.csv(race.event, text).json()["unchanged"] == 2


def test_a_body_that_is_too_large(race: Road, database: Database) -> None:
    large = {"Content-Type": "application/json"}
    with untouched(race, database):
        answer = send(race, "POST", "/events/{event}/registrations", content=b" " * (1 << 20) + b"{}", headers=large)
        problem(answer, 413, "too_large")


def test_a_stale_or_missing_if_match(race: Road, database: Database) -> None:
    with untouched(race, database):
        for method, path, given in (
            ("PATCH", "/meets/{meet}", {"json": {"name": "Night"}}),
            ("PATCH", "/events/{event}", {"json": {"ranking": "net"}}),
            ("DELETE", "/events/{event}", {}),
            ("DELETE", "/heats/{heat}", {}),
            ("PUT", "/meets/{meet}/sources/Finish", {"json": {"place": "Start"}}),
        ):
            problem(send(race, method, path, **given), 428, "match_required")
            for stale in ('"0-0000000000"', 'W/"1-x"', "", "anything"):
                answer = send(race, method, path, headers={"If-Match": stale}, **given)
                assert problem(answer, 412, "stale")["detail"].startswith("the ETag is ")


def test_the_same_key_with_another_body(race: Road, database: Database) -> None:
    key = {"Idempotency-Key": "entry-9"}
    made = send(race, "POST", "/events/{event}/registrations", json=RUNNER, headers=key)
    assert made.status_code == 201
    with untouched(race, database):
        other = RUNNER | {"bib": "10"}
        problem(send(race, "POST", "/events/{event}/registrations", json=other, headers=key), 422, "key_reused")
        again = send(race, "POST", "/events/{event}/registrations", json=RUNNER, headers=key)
    assert (again.status_code, again.json()) == (201, made.json())


def test_a_key_that_is_none(race: Road, database: Database) -> None:
    with untouched(race, database):
        headers = {"Idempotency-Key": "a b"}
        answer = send(race, "POST", "/events/{event}/registrations", json=RUNNER, headers=headers)
        problem(answer, 400, "invalid_key")


def test_a_field_that_is_not_known_is_told_those_that_are(race: Road) -> None:
    ruling = {"kind": "ruling", "heat_id": "heat_1", "ruling": {"bib": "1", "why": ""}}
    for method, path, body, known in (
        ("PATCH", "/meets/{meet}", {"title": "Night"}, ": known are name, timezone, starts_on,"),
        ("PATCH", "/events/{event}", {"points": [{"name": "a", "metres": 1}]}, ": known are name, distance_m, place"),
        ("PATCH", "/events/{event}", {"rounds": [{"name": "a", "advance": {"q": 1}}]}, ": known are places, times"),
        ("POST", "/meets/{meet}/chip-assignments", {"chip": "X", "bib": "3", "form": GUN}, "chip, bib, from, until"),
        ("POST", "/events/{event}/what-if", {"facts": [{"kind": "undo", "no": 1}]}, ": known are kind, seq"),
        ("POST", "/events/{event}/what-if", {"facts": [ruling]}, ": known are bib, kind, how, rule,"),
    ):
        answer = problem(send(race, method, path, json=body, headers={"If-Match": "*"}), 422, "invalid_request")
        (told,) = [one["message"] for one in answer["errors"] if one["code"] == "unknown_field"]
        assert told.startswith("there is no such field here: known are")
        assert known in told


def test_what_is_not_there_is_told_with_what_is(race: Road) -> None:
    for path, those in (
        ("/events/{event}/standings?point=7 km", "the points are 'Start', '5 km', 'Finish'"),
        ("/events/{event}/rounds/semi/results", "the rounds are 'final'"),
        ("/events/{event}/rounds/semi/heats", "the rounds are 'final'"),
        ("/events/{event}/sheets/placing.csv", "the sheets are 'entries', "),
        ("/heats/{heat}/sheets/summary.csv", "the sheets are 'start-list', 'results'"),
    ):
        assert those in problem(send(race, "GET", path), 404, "not_found")["detail"]


def test_a_wind_in_another_form_is_told_the_right_one(race: Road) -> None:
    for wind in (0.3, "0,3", "+0.3 m/s", ""):
        body = {"method": "photo_finish", "wind_mps": wind, "finishes": [{"bib": "1", "elapsed_us": 1}]}
        answer = problem(send(race, "POST", "/heats/{heat}/finishes", json=body), 422, "invalid_request", "/wind_mps")
        assert "like '+0.3'" in answer["detail"]
