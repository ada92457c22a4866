"""What the endpoints work with. `main` makes one of these; an endpoint takes what it needs as a parameter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from app.api.pins import Pins
from app.domain.units import Instant
from app.live import Live
from app.operations.desk import Desk
from app.operations.ingest import Ingest
from app.operations.press import Press
from app.store import Database


@dataclass(frozen=True, slots=True)
class Services:
    db: Database
    live: Live
    desk: Desk
    ingest: Ingest
    now: Callable[[], Instant]
    press: Press
    pins: Pins = field(default_factory=Pins)


def services(request: Request) -> Services:
    return cast("Services", request.app.state.services)


# Async, so that FastAPI does not send each of them through a thread.
async def _db(request: Request) -> Database:
    return services(request).db


async def _live(request: Request) -> Live:
    return services(request).live


async def _desk(request: Request) -> Desk:
    return services(request).desk


async def _press(request: Request) -> Press:
    return services(request).press


async def _now(request: Request) -> Instant:
    return services(request).now()


Db = Annotated[Database, Depends(_db)]
OnLive = Annotated[Live, Depends(_live)]
OnDesk = Annotated[Desk, Depends(_desk)]
OnPress = Annotated[Press, Depends(_press)]
Now = Annotated[Instant, Depends(_now)]
