"""Long documents over HTTP: accepted, drawn beside the request, and fetched when they are done."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from app.api import sheets
from app.api.jobs import wait_of
from app.domain.ids import JobId
from app.domain.refusals import Contradicts
from app.domain.units import Instant
from app.main import create_app
from app.operations import press
from app.sheets import FORMATS, Format
from app.sheets.progress import Progress
from app.sheets.sheet import Sheet
from app.store import Database
from tests.api.organizer import Organizer, problem
from tests.api.races import Road, road, show

PATIENCE_S = 10.0


@dataclass
class Pen:
    """Draws long documents: half of the rows, then it waits until it may go on."""

    half: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)
    drawn: int = 0

    def render(self, sheets: Sequence[Sheet]) -> bytes:
        return b"short"

    def slowly(self, sheets: Sequence[Sheet], drawn: Progress) -> bytes:
        drawn(2)
        self.half.set()
        assert self.go.wait(PATIENCE_S)
        self.drawn += 1
        return f"{len(sheets[0].tables[0].rows)} rows".encode()


@pytest.fixture
def pen(monkeypatch: pytest.MonkeyPatch) -> Pen:
    """Four rows are long."""
    pen = Pen()
    monkeypatch.setattr(sheets, "FORMATS", {**FORMATS, "pdf": Format("application/pdf", pen.render, pen.slowly)})
    monkeypatch.setattr(sheets, "LONG", 3)
    return pen


@pytest.fixture
def ten_km(organizer: Organizer) -> Road:
    return road(organizer, ("1", "2", "3", "4"))


def ask(race: Road, wait: int = 0, **query: Any) -> Response:
    headers = {"Prefer": f"wait={wait}"} if wait else {}
    path = f"/v1/events/{race.event}/sheets/entries.pdf"
    return race.organizer.client.get(path, params=query, headers=headers)


def done(client: TestClient, job: str) -> Any:
    """The job, once it has ended."""
    while (found := client.get(job).json())["state"] in ("waiting", "running"):
        pass
    return found


def test_a_long_document_is_accepted_and_fetched_when_it_is_done(pen: Pen, ten_km: Road) -> None:
    client = ten_km.organizer.client
    accepted = ask(ten_km)
    assert (accepted.status_code, accepted.headers["Cache-Control"]) == (202, "no-store")
    job = accepted.headers["Location"]
    assert job == f"/v1/jobs/{accepted.json()['id']}"
    assert pen.half.wait(PATIENCE_S)
    running = client.get(job).json()
    assert (running["state"], running["percent"], running["document"]) == ("running", 50, None)
    assert ask(ten_km).headers["Location"] == job
    pen.go.set()
    finished = done(client, job)
    assert (finished["state"], finished["percent"], finished["problem"]) == ("done", 100, None)
    headers = client.get(job).headers
    assert (headers["Location"], headers["Cache-Control"]) == (finished["document"], "no-store")
    document = client.get(finished["document"])
    assert (document.status_code, document.content) == (200, b"4 rows")
    assert document.headers["Content-Type"] == "application/pdf"


def test_once_drawn_it_is_answered_at_once_however_it_is_asked_for(pen: Pen, ten_km: Road) -> None:
    pen.go.set()
    ready = ask(ten_km, wait=10)
    assert (ready.status_code, ready.content) == (200, b"4 rows")
    ways: list[dict[str, Any]] = [{}, {"language": "en"}, {"min_seq": 1}]
    for query in ways:
        assert ask(ten_km, **query).content == b"4 rows"
    path = f"/v1/events/{ten_km.event}/sheets/entries.pdf"
    again = ten_km.organizer.client.get(path, headers={"If-None-Match": ready.headers["ETag"]})
    assert again.status_code == 304
    assert pen.drawn == 1
    assert ask(ten_km, wait=10, language="de").status_code == 200
    assert pen.drawn == 2


def test_who_waits_too_short_is_told_where_to_ask(pen: Pen, ten_km: Road) -> None:
    assert ask(ten_km, wait=1).status_code == 202
    pen.go.set()
    assert ask(ten_km, wait=10).content == b"4 rows"


def test_nobody_else_waits_for_who_waits(
    pen: Pen, ten_km: Road, anonymous: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, wait = threading.Event(), press.Press.wait

    def noted(self: press.Press, drawing: press.Drawing, seconds: float) -> bytes | None:
        if seconds:
            waits.set()
        return wait(self, drawing, seconds)

    monkeypatch.setattr(press.Press, "wait", noted)
    show(ten_km.organizer, ten_km.meet, "public")
    path = f"/v1/events/{ten_km.event}/sheets/entries.pdf"
    assert {anonymous.get(path).status_code for _ in range(8)} == {202}
    with ThreadPoolExecutor(1) as spectator:
        answer = spectator.submit(anonymous.get, path, headers={"Prefer": "wait=5"})
        assert waits.wait(PATIENCE_S)
        assert anonymous.get("/healthz").status_code == 200
        assert not answer.done()
        pen.go.set()
        assert answer.result().content == b"4 rows"


def test_what_is_not_long_is_answered_as_ever(pen: Pen, organizer: Organizer) -> None:
    race = road(organizer)
    assert ask(race).content == b"short"
    organizer.register(race.event, "4")
    assert ask(race).status_code == 202
    assert organizer.client.get(f"/v1/events/{race.event}/sheets/entries.csv").status_code == 200
    pen.go.set()


def test_what_was_drawn_is_given_out_also_when_the_race_has_gone_on(pen: Pen, ten_km: Road) -> None:
    client, path = ten_km.organizer.client, f"/v1/events/{ten_km.event}/sheets/results.pdf"
    pen.go.set()
    finished = done(client, client.get(path).headers["Location"])
    ten_km.gun()
    ten_km.read("5 km", "1", 900.0)
    assert client.get(finished["document"]).content == b"4 rows"


def corrected(race: Road) -> int:
    athlete = race.standings()[0]["athlete_id"]
    return race.organizer.send("PATCH", f"/athletes/{athlete}", {"family_name": "Ek"}, match="now").status_code


def erased(race: Road) -> int:
    athlete = race.standings()[0]["athlete_id"]
    return race.organizer.send("DELETE", f"/athletes/{athlete}", match="now").status_code


def taken_back(race: Road) -> int:
    (roster,) = race.organizer.items(f"/meets/{race.meet}/imports")
    return race.organizer.post(f"/meets/{race.meet}/imports/{roster['id']}/undo").status_code


def another_official(race: Road) -> int:
    design = {"officials": [{"role": "referee", "name": "Anna Gruber"}]}
    return race.organizer.send("PUT", f"/meets/{race.meet}/design", design).status_code


def no_records(race: Road) -> int:
    records = {"name": "club", "title": "Records", "source": "the club", "as_of": "2026-05-01", "records": []}
    return race.organizer.send("PUT", f"/meets/{race.meet}/records", {"lists": [records]}).status_code


@pytest.mark.parametrize("change", [corrected, erased, taken_back, another_official, no_records])
def test_what_was_drawn_is_not_given_out_when_somebody_is_called_otherwise(
    pen: Pen, ten_km: Road, change: Callable[[Road], int]
) -> None:
    organizer = ten_km.organizer
    organizer.csv(ten_km.event, "bib,family_name,sex\n5,Brought,W\n")
    pen.go.set()
    finished = done(organizer.client, ask(ten_km).headers["Location"])
    assert organizer.client.get(finished["document"]).content == b"5 rows"
    assert change(ten_km) in (200, 201, 204)
    moved = organizer.client.get(finished["document"], follow_redirects=False)
    assert (moved.status_code, moved.headers["Location"]) == (303, finished["sheet"])
    assert moved.headers["Cache-Control"] == "no-store"
    assert organizer.client.get(finished["sheet"]).status_code == 202


def test_another_process_says_how_far_it_is_and_draws_it_itself(pen: Pen, ten_km: Road, database: Database) -> None:
    pen.go.set()
    job = ask(ten_km).headers["Location"]
    finished = done(ten_km.organizer.client, job)
    with TestClient(create_app(database), headers=dict(ten_km.organizer.client.headers)) as other:
        assert other.get(job).json() == finished
        moved = other.get(finished["document"], follow_redirects=False)
        assert (moved.status_code, moved.headers["Location"]) == (303, finished["sheet"])
        assert other.get(finished["document"], headers={"Prefer": "wait=10"}).content == b"4 rows"
    assert pen.drawn == 2


def test_what_a_server_was_drawing_when_it_was_stopped_has_failed(pen: Pen, ten_km: Road, database: Database) -> None:
    pen.go.set()
    job = ask(ten_km).headers["Location"]
    done(ten_km.organizer.client, job)
    with database.write() as tx:
        row = tx.jobs.get(JobId(job.rpartition("/")[2]))
        assert row
        tx.jobs.move(replace(row, state="running", touched_at=Instant(row.touched_at - 2 * press.SILENT)))
    found = ten_km.organizer.client.get(job).json()
    assert (found["state"], found["problem"]["code"]) == ("failed", "lost")


def test_a_document_that_is_too_large_says_so(pen: Pen, ten_km: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "MOST_BYTES", 5)
    pen.go.set()
    failed = done(ten_km.organizer.client, ask(ten_km).headers["Location"])
    assert failed["problem"]["code"] == "document_too_large"
    problem(ask(ten_km, wait=10), 409, "document_too_large")


def test_a_document_that_cannot_be_drawn_says_why(ten_km: Road, pen: Pen, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(sheets: Sequence[Sheet], drawn: Progress) -> bytes:
        assert pen.go.wait(PATIENCE_S)
        raise Contradicts("unprintable", "no font has it")

    monkeypatch.setattr(sheets, "FORMATS", {**FORMATS, "pdf": Format("application/pdf", pen.render, refuse)})
    job = ask(ten_km).headers["Location"]
    pen.go.set()
    failed = done(ten_km.organizer.client, job)
    assert (failed["state"], failed["problem"]) == ("failed", {"code": "unprintable", "detail": "no font has it"})
    problem(ask(ten_km, wait=10), 409, "unprintable")


def test_more_than_there_is_room_for_are_told_to_come_again(
    pen: Pen, ten_km: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "MOST", 1)
    assert ask(ten_km).status_code == 202
    refused = ask(ten_km, paper="Letter")
    problem(refused, 503, "not_drawn_now")
    assert refused.headers["Retry-After"] == "10"
    pen.go.set()


def test_a_job_is_shown_to_whom_its_document_is(pen: Pen, ten_km: Road, anonymous: TestClient) -> None:
    pen.go.set()
    path = f"/v1/events/{ten_km.event}/sheets/entries.pdf"
    theirs = ask(ten_km).headers["Location"]
    problem(anonymous.get(theirs), 401, "unidentified")
    show(ten_km.organizer, ten_km.meet, "public")
    problem(anonymous.get(theirs), 404, "not_found")
    problem(anonymous.get(f"{theirs}/document"), 404, "not_found")
    everybodys = anonymous.get(path).headers["Location"]
    assert everybodys != theirs
    assert done(anonymous, everybodys)["state"] == "done"
    assert ten_km.organizer.client.get(everybodys).status_code == 200
    show(ten_km.organizer, ten_km.meet, "private")
    problem(anonymous.get(everybodys), 401, "unidentified")


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ("", 0),
        ("wait=10", 10),
        ('respond-async, Wait = "5"; x=1', 5),
        ("wait=99999", 30),
        ("wait=-1", 0),
        ("wait=ten", 0),
        ("awaits=3", 0),
    ],
)
def test_how_long_a_client_would_wait(prefer: str, seconds: int) -> None:
    assert wait_of(prefer) == seconds
