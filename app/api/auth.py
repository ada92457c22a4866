"""Every route says what it asks for, in one line above it; a route that says nothing cannot be made.

    @router.post("/heats/{heat_id}/rulings", status_code=201)
    @needs("results:write")
    def add_ruling(heat_id: str, body: RulingIn, who: Who, meet: Meet, desk: OnDesk) -> RulingOut: ...

The decision is taken before the body is read: one transaction, one look-up of the token, one of the meet.
"""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, TypeVar, cast

from fastapi import Depends
from starlette.requests import Request

from app.api.services import Services
from app.domain.refusals import NotFound
from app.operations import access
from app.operations.access import ANYONE, Access, Principal, Rule, Scope, Unidentified
from app.store import MeetRow

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

_RULES: Final[dict[Callable[..., Any], Rule]] = {}
_ID: Final = re.compile(r"[a-z]{2,5}_[0-9a-f]{32}|[0-9a-f]{64}")
OF_A_MEET: Final = (
    "event_id",
    "heat_id",
    "athlete_id",
    "registration_id",
    "source_id",
    "assignment_id",
    "time_id",
    "ruling_id",
    "publication_id",
    "job_id",
)
"""Path parameters whose id belongs to one meet for ever, where the address has no `meet_id`."""


def needs(scope: Scope) -> Callable[[Endpoint], Endpoint]:
    """A token with this scope, of the organization that the meet in the address belongs to."""
    return _declare(Rule(scope))


def public_meet(scope: Scope = "meets:read") -> Callable[[Endpoint], Endpoint]:
    """Reading: anybody where the meet is public or unlisted, otherwise as `needs`."""
    return _declare(Rule(scope, public=True))


def decides_while_storing(scope: Scope) -> Callable[[Endpoint], Endpoint]:
    """As `needs`, asked by the operation inside its own transaction: the hot path looks once, where it counts."""
    return _declare(Rule(scope, late=True))


def administrators() -> Callable[[Endpoint], Endpoint]:
    return _declare(Rule(None, admin=True))


def anyone() -> Callable[[Endpoint], Endpoint]:
    """No token and nothing of a meet: health, documentation."""
    return _declare(ANYONE)


def rule_of(endpoint: Callable[..., Any]) -> Rule | None:
    return _RULES.get(endpoint)


def _declare(rule: Rule) -> Callable[[Endpoint], Endpoint]:
    def declare(endpoint: Endpoint) -> Endpoint:
        _RULES[endpoint] = rule
        return endpoint

    return declare


def bearer(request: Request) -> str | None:
    """The token that came along; another scheme is no token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def authorize(services: Services, rule: Rule, token: str | None, path: Mapping[str, str]) -> Access:
    """Who asks, and for which meet; a refusal where the rule does not allow it. May wait for the database."""
    asked = asked_of(path)
    id = asked if asked and _ID.fullmatch(asked) else None
    door = services.db.door((None if token is None else access.hash_of(token), id))
    who = None if token is None else access.accepted(door.token, services.now())
    return access.decide(rule, who, door.meet, asked)


def asked_of(path: Mapping[str, str]) -> str | None:
    """The id in the address that says which meet it is about."""
    return path.get("meet_id") or next((path[name] for name in OF_A_MEET if name in path), None)


async def _access(request: Request) -> Access:
    return cast("Access", request.state.access)


async def _who(request: Request) -> Principal:
    who = cast("Access", request.state.access).who
    if who is None:
        raise Unidentified
    return who


async def _meet(request: Request) -> MeetRow:
    meet = cast("Access", request.state.access).meet
    if meet is None:
        raise NotFound("meet", asked_of(request.path_params) or "")
    return meet


def admitted(request: Request) -> tuple[MeetRow, Principal]:
    """As the parameters `Meet` and `Who`, at once: for routes that a whole field of runners comes through."""
    access = cast("Access", request.state.access)
    if access.who is None or access.meet is None:
        raise Unidentified
    return access.meet, access.who


Asked = Annotated[Access, Depends(_access)]
"""Who asks (perhaps nobody), the meet, and the audience that the answer is for."""
Who = Annotated[Principal, Depends(_who)]
Meet = Annotated[MeetRow, Depends(_meet)]
"""The meet that the address names, by whatever id, as it was when the request was let in."""
