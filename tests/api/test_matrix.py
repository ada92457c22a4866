"""Every route that there is, asked by everybody who should not: none of them answers, none of them changes anything.

A route that is added is in here by itself.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.auth import OF_A_MEET
from app.api.route import Route
from app.domain.facts import (
    AthleteDescribed,
    Charged,
    ChipAssigned,
    EventDescribed,
    Fact,
    FalseStart,
    HeatDrawn,
    LineTimeTaken,
    MeetDescribed,
    MeetWithdrawn,
    Published,
    Registered,
    RosterImported,
    RoundDrawn,
    Ruling,
    SourceDescribed,
    Starter,
)
from app.domain.ids import (
    ActorId,
    AssignmentId,
    AthleteId,
    Bib,
    Chip,
    EventId,
    FalseStartId,
    HeatId,
    ImportId,
    JobId,
    MeetId,
    PublicationId,
    RegistrationId,
    RulingId,
    SourceId,
    TimeId,
)
from app.domain.meet import EventSpec, MeetSpec, Person, TimingPoint, Visibility
from app.operations import identity
from app.operations.access import ANYONE, SCOPES
from app.store import Database
from app.store.jobs import Document, JobRow
from tests.api.meets import Meets

CANARIES = ("Kanarie", "1994-09-26", "canary-external")
"""Of the athlete: a name, a birth date, an id elsewhere."""
NOT_PUBLIC = ("1994-09-26", "canary-external")
WITHOUT_MEET = {"token_id", "organization_id", "series_id"}
A_POST_OF_READS = {"source": "finish", "epoch": "1", "reads": [{"seq": 1, "chip": "C7", "at": 1}]}


@dataclass
class World:
    """A meet with one of everything, and whose it is."""

    meet: MeetId
    ids: dict[str, str]
    tokens: dict[str, str]


def one_of_everything(meets: Meets, visibility: Visibility = "private") -> tuple[MeetId, dict[str, str]]:
    meet = meets.make(visibility=visibility)
    nouns = (
        "event",
        "athlete",
        "registration",
        "heat",
        "source",
        "assignment",
        "time",
        "ruling",
        "false_start",
        "publication",
        "job",
    )
    ids = {f"{noun}_id": identity.new_id(noun) for noun in nouns}
    ids["import_id"] = identity.new_id("import")
    ids["anomaly_id"] = "anom_0197430a2c4e7d5fa3f09a64d1c3b2ec"
    person = Person(
        family_name="Kanarie", given_name="Ida", sex="W", birth_date="1994-09-26", external_id="canary-external"
    )
    with meets.db.write() as tx:
        tx.people.put(meet, AthleteId(ids["athlete_id"]), person)
        tx.facts.append(meet, facts_of(ids), ActorId("tok_x"), identity.now())
        now, sheet = identity.now(), f"/v1/meets/{meet}/sheets/book.pdf"
        document = Document(tx.meets.no(meet), "public", sheet, "x", "application/pdf", 1)
        tx.jobs.add(JobRow(JobId(ids["job_id"]), document, now, now))
    return meet, {"meet_id": meet, **ids}


def facts_of(ids: dict[str, str]) -> list[Fact]:
    points = (TimingPoint(name="s", distance_m=0, place="s"), TimingPoint(name="f", distance_m=100, place="finish"))
    event = EventSpec(name="100 m", distance_m=100, surface="road", sex="X", start="mass", timing="hand", points=points)
    starter = Starter(registration=RegistrationId(ids["registration_id"]))
    heat = HeatDrawn(heat=HeatId(ids["heat_id"]), number=1, starters=(starter,))
    return [
        EventDescribed(event=EventId(ids["event_id"]), spec=event),
        AthleteDescribed(athlete=AthleteId(ids["athlete_id"]), sex="W"),
        Registered(
            registration=RegistrationId(ids["registration_id"]),
            event=EventId(ids["event_id"]),
            athlete=AthleteId(ids["athlete_id"]),
            bib=Bib("7"),
        ),
        SourceDescribed(source=SourceId(ids["source_id"]), name="finish", place="finish"),
        ChipAssigned(
            assignment=AssignmentId(ids["assignment_id"]), chip=Chip("C7"), athlete=AthleteId(ids["athlete_id"])
        ),
        RosterImported(roster_import=ImportId(ids["import_id"]), event=EventId(ids["event_id"]), first_seq=6),
        RoundDrawn(event=EventId(ids["event_id"]), round="final", heats=(heat,)),
        LineTimeTaken(time=TimeId(ids["time_id"]), heat=HeatId(ids["heat_id"]), at=identity.now()),
        FalseStart(
            false_start=FalseStartId(ids["false_start_id"]),
            heat=HeatId(ids["heat_id"]),
            runners=(Charged(registration=RegistrationId(ids["registration_id"])),),
        ),
        Ruling(
            ruling=RulingId(ids["ruling_id"]),
            heat=HeatId(ids["heat_id"]),
            registration=RegistrationId(ids["registration_id"]),
            kind="note",
        ),
        Published(
            publication=PublicationId(ids["publication_id"]),
            event=EventId(ids["event_id"]),
            version=1,
            status="provisional",
            at_seq=1,
            content="{}",
            digest="0" * 64,
            engine="0",
        ),
    ]


@pytest.fixture
def world(client: TestClient, meets: Meets) -> World:
    meet, ids = one_of_everything(meets)

    def token(**more: object) -> str:
        made = client.post("/v1/tokens", json={"name": "x"} | more)
        assert made.status_code == 201, made.text
        ids.setdefault("token_id", made.json()["id"])
        return made.json()["token"]

    def box(of: str) -> str:
        made = client.post(f"/v1/meets/{of}/devices", json={"name": "box"}).json()
        ids["device_id"] = made["id"]
        return made["token"]

    cup = {"name": "Cup", "races": [{"event_id": ids["event_id"]}], "rules": {"points": [1]}}
    ids["series_id"] = client.post("/v1/series", json=cup).json()["id"]
    theirs = client.post("/v1/organizations", json={"name": "Theirs"}).json()["id"]
    everything = sorted(SCOPES)
    tokens = {scope: token(scopes=[one for one in everything if one != scope]) for scope in everything}
    tokens["stranger"] = token(scopes=everything, organization_id=theirs)
    tokens["other box"] = box(meets.make())
    tokens["box"] = box(meet)
    return World(meet, ids | {"organization_id": theirs}, tokens)


OTHERS = {"round": "final", "bib": "7", "source": "finish", "name": "results", "format": "json", "seq": "1"}


def routes(app: FastAPI) -> Iterator[tuple[str, str, Route]]:
    """(method, path, route) of everything that asks who is there."""
    for route in app.routes:
        if isinstance(route, Route) and route.rule is not ANYONE:
            for method in route.methods or ():
                yield method, route.path_format, route


def about_a_meet(path: str) -> bool:
    return any(f"{{{name}}}" in path for name in ("meet_id", *OF_A_MEET))


def ask(client: TestClient, method: str, path: str, ids: dict[str, str]) -> tuple[int, str]:
    """(status, text) of a request that is no more than well-formed."""
    body = A_POST_OF_READS if path.endswith("/reads") and method == "POST" else {}
    sent: dict[str, Any] = {"json": body} if method in ("POST", "PUT", "PATCH") else {}
    answer = client.request(method, path.format(**(OTHERS | ids)), headers={"If-Match": "*"}, **sent)
    return answer.status_code, answer.text


def head(database: Database, meet: MeetId) -> int:
    with database.read() as tx:
        return tx.facts.head(meet)


Holder = Callable[[str], TestClient]
hidden_meets = pytest.mark.parametrize("withdrawn", [False, True], ids=["private", "public and withdrawn"])


def withdraw(database: Database, meet: MeetId) -> None:
    """After it was shown to everybody."""
    spec = MeetSpec(name="m", timezone="UTC", starts_on="2026-06-06", ends_on="2026-06-06", visibility="public")
    with database.write() as tx:
        tx.facts.append(meet, [MeetDescribed(spec=spec), MeetWithdrawn()], ActorId("tok_x"), identity.now())


@hidden_meets
def test_without_a_token_nothing_answers(
    app: FastAPI, anonymous: TestClient, world: World, database: Database, withdrawn: bool
) -> None:
    if withdrawn:
        withdraw(database, world.meet)
    before = head(database, world.meet)
    leaks = []
    for method, path, route in routes(app):
        status, text = ask(anonymous, method, path, world.ids)
        lists = route.rule.public and not about_a_meet(path)
        if (status != 401 and not lists) or any(word in text for word in CANARIES):
            leaks.append((method, path, status, text[:200]))
    assert leaks == []
    assert head(database, world.meet) == before


@hidden_meets
def test_for_another_organization_nothing_is_there(
    app: FastAPI, as_holder: Holder, world: World, database: Database, withdrawn: bool
) -> None:
    if withdrawn:
        withdraw(database, world.meet)
    stranger, before = as_holder(world.tokens["stranger"]), head(database, world.meet)
    leaks = []
    for method, path, route in routes(app):
        status, text = ask(stranger, method, path, world.ids)
        hidden = about_a_meet(path) or "{token_id}" in path
        if "{series_id}" in path:  # A body is read before it is known whose series it is. One that was public stays.
            hidden = status != 422 and not (withdrawn and route.rule.public)
        expected = (404,) if hidden else (403,) if route.rule.admin else (200, 201, 400, 415, 422)
        if status not in expected or any(word in text for word in CANARIES):
            leaks.append((method, path, status, text[:200]))
        if not about_a_meet(path) and world.meet in text:
            leaks.append((method, path, status, "our meet"))
    assert leaks == []
    assert head(database, world.meet) == before


def test_a_token_with_every_scope_but_the_right_one_is_refused(
    app: FastAPI, as_holder: Holder, world: World, database: Database
) -> None:
    holder, before = as_holder(""), head(database, world.meet)
    leaks = []
    for method, path, route in routes(app):
        holder.headers["Authorization"] = f"Bearer {world.tokens[route.rule.scope or 'meets:read']}"
        status, text = ask(holder, method, path, world.ids)
        if status != 403 or any(word in text for word in CANARIES):
            leaks.append((method, path, status, text[:200]))
    assert leaks == []
    assert head(database, world.meet) == before


@pytest.mark.parametrize("box", ["box", "other box"])
def test_a_device_key_does_what_its_box_needs_and_nothing_else(
    app: FastAPI, as_holder: Holder, world: World, database: Database, box: str
) -> None:
    holder, before = as_holder(world.tokens[box]), head(database, world.meet)
    leaks = []
    for method, path, route in routes(app):
        if box == "box" and route.rule.scope == "reads:write":
            continue
        status, text = ask(holder, method, path, world.ids)
        expected = 404 if box == "other box" and about_a_meet(path) else 403
        if status != expected or any(word in text for word in CANARIES):
            leaks.append((method, path, status, text[:200]))
    assert leaks == []
    assert head(database, world.meet) == before


def test_the_public_sees_a_public_meet_without_what_is_not_public(
    app: FastAPI, anonymous: TestClient, meets: Meets, database: Database
) -> None:
    meet, ids = one_of_everything(meets, "public")
    before = head(database, meet)
    leaks = []
    for method, path, route in routes(app):
        status, text = ask(anonymous, method, path, ids | dict.fromkeys(WITHOUT_MEET | {"device_id"}, "x"))
        wanted = route.rule.public and method == "GET"
        if (status == 401) == wanted or status >= 500 or any(word in text for word in NOT_PUBLIC):
            leaks.append((method, path, status, text[:200]))
    assert leaks == []
    assert head(database, meet) == before
