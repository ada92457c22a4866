"""Routes that exist in tests only, to see how any route behaves."""

import threading
from typing import Final, Literal

from fastapi import FastAPI
from starlette.responses import Response

from app.api.answers import Replying
from app.api.auth import Asked, Meet, Who, anyone, needs, public_meet
from app.api.models import At, Code, In, Line, Micros, Out
from app.api.page import Page
from app.api.route import Router
from app.api.services import Db, Now
from app.domain.ids import MeetId
from app.operations import accounts

router: Final = Router("/probe", tag="probe")


class Gate:
    """Holds an endpoint until the test lets it go on."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.open = threading.Event()
        self.open.set()
        self.calls = 0

    def close(self) -> None:
        self.entered.clear()
        self.open.clear()

    def wait(self) -> None:
        self.calls += 1
        self.entered.set()
        assert self.open.wait(10)


gate: Final = Gate()


class NoteIn(In):
    text: Line
    bib: Code | None = None
    at: At | None = None
    elapsed_us: Micros | None = None
    chips: list[Code] | Literal["none"] = "none"


class NoteOut(Out):
    text: str
    at: At | None


class SeenOut(Out):
    audience: str
    meet: str | None


@router.post("/echo")
@anyone()
def echo(body: NoteIn) -> NoteOut:
    return NoteOut(text=body.text, at=body.at)


@router.post("/organizations", status_code=201)
@needs("meets:write")
def make(body: NoteIn, now: Now, db: Db) -> SeenOut:
    gate.wait()
    with db.write() as tx:
        row = accounts.open_organization(tx, body.text, now)
    if body.text == "breaks after the commit":
        raise ZeroDivisionError
    return SeenOut(audience="", meet=row.id)


@router.get("/numbers")
@anyone()
def numbers(page: Page, kind: str = "") -> Response:
    start, stop, cursor = page.slice(120, page.seq or 7)
    content = {"items": list(range(start, stop)), "next_cursor": cursor, "seq": page.seq or 7}
    return Response(str(content).replace("'", '"').replace("None", "null"), media_type="application/json")


@router.get("/meets/{meet_id}")
@public_meet()
def seen(meet_id: str, asked: Asked) -> SeenOut:
    return SeenOut(audience=asked.audience, meet=asked.meet and asked.meet.id)


@router.get("/meets/{meet_id}/answer", response_model=SeenOut)
@public_meet()
def answered(meet_id: MeetId, asked: Asked, db: Db, reply: Replying) -> Response:
    def make() -> SeenOut:
        gate.calls += 1
        return SeenOut(audience=asked.audience, meet=meet_id)

    with db.read() as tx:
        return reply.at(tx.meets.head(meet_id), make)


@router.get("/heats/{heat_id}")
@needs("results:write")
def of_heat(heat_id: str, who: Who, meet: Meet) -> SeenOut:
    return SeenOut(audience=who.kind, meet=meet.id)


@router.get("/broken")
@anyone()
def broken() -> None:
    raise ZeroDivisionError("the canary")


def add_to(app: FastAPI) -> None:
    app.router.routes.extend(router.routes)
