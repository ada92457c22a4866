"""The reads' own lane answers as the route behind it does, to the byte, and leaves everything unusual to it."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import reads_lane
from app.api.reads_lane import ReadsLane
from app.api.route import READS
from app.api.services import Services
from tests.api.organizer import Organizer
from tests.api.races import Road, after_gun, road

READ = {"seq": 1, "chip": "C1", "at": after_gun(1_800.0)}
OTHER = READ | {"chip": "C2"}


@dataclass(frozen=True)
class Asked:
    """One request as a timing box may send it."""

    body: bytes = b""
    method: str = "POST"
    query: str = ""
    meet: str | None = None
    token: str | None = "the administrator's"
    headers: tuple[tuple[str, str], ...] = ()


def reads(*given: dict[str, Any], source: str = "Finish", **more: Any) -> bytes:
    return json.dumps({"source": source, "epoch": "1", "reads": list(given), **more}).encode()


def piece(body: bytes, more: bool = False) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


GOOD = reads(READ)
REQUESTS = {
    "one read": Asked(GOOD),
    "no reads": Asked(reads()),
    "a hundred": Asked(reads(*(READ | {"seq": seq} for seq in range(100)))),
    "a bib, a stranger, a time in 1970, a place": Asked(
        reads({"seq": 1, "bib": "1", "at": 1}, READ | {"seq": 2, "chip": "x"}, READ | {"seq": 3, "place": "car park"})
    ),
    "again, and contradicting": Asked(reads(READ, READ, OTHER)),
    "a source nobody announced": Asked(reads(READ, source="gate")),
    "no JSON": Asked(b"{"),
    "nothing": Asked(),
    "a field too many": Asked(reads(READ | {"lane": 1})),
    "a broken read": Asked(reads(READ, READ | {"seq": -1})),
    "too many reads": Asked(reads(*[READ] * 10_001)),
    "too many bytes": Asked(GOOD.ljust(READS + 1)),
    "compressed": Asked(GOOD, headers=(("Content-Encoding", "gzip"),)),
    "of another type": Asked(GOOD, headers=(("Content-Type", "text/csv"),)),
    "without a type": Asked(GOOD, headers=(("Content-Type", ""),)),
    "with a key for once only": Asked(GOOD, headers=(("Idempotency-Key", "7"),)),
    "an unknown parameter": Asked(GOOD, query="?dry=1"),
    "an empty query": Asked(GOOD, query="?"),
    "no token": Asked(GOOD, token=None),
    "an unknown token": Asked(GOOD, headers=(("Authorization", "Bearer bs_api_nonsense"),)),
    "two tokens": Asked(GOOD, headers=(("Authorization", "Bearer x"), ("Authorization", "Bearer y"))),
    "an empty token": Asked(GOOD, headers=(("Authorization", "Bearer "),)),
    "another scheme": Asked(GOOD, headers=(("Authorization", "Basic eDp5"),)),
    "a meet that is not there": Asked(GOOD, meet="meet_0197430a2c4e7d5fa3f09a64d1c3b2e7"),
    "no meet's id": Asked(GOOD, meet="nonsense"),
    "another method": Asked(method="PUT"),
    "to look": Asked(method="GET"),
}
TAKEN = {
    "one read", "no reads", "a hundred", "a bib, a stranger, a time in 1970, a place", "again, and contradicting",
    "a source nobody announced", "no JSON", "nothing", "a field too many", "a broken read", "too many reads",
    "of another type", "without a type", "with a key for once only", "an unknown token", "a meet that is not there",
    "an empty query",
}  # fmt: skip
"""What the lane takes itself; also what it refuses then."""


@pytest.fixture
def services(app: FastAPI) -> Services:
    found: Services = app.state.services
    return found


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What came through to the route."""
    came: list[str] = []
    lane = ReadsLane.__call__

    async def watched(self: ReadsLane, scope: Scope, receive: Receive, send: Send) -> None:
        inner: ASGIApp = self._app

        async def passed(*args: Any) -> None:
            came.append(scope.get("path", ""))
            await inner(*args)

        self._app = passed
        try:
            await lane(self, scope, receive, send)
        finally:
            self._app = inner

    monkeypatch.setattr(ReadsLane, "__call__", watched)
    return came


def answer(race: Road, asked: Asked) -> tuple[int, list[tuple[str, str]], str]:
    """Without what differs from one request to the next."""
    client, meet = race.organizer.client, asked.meet or race.meet
    request = client.build_request(asked.method, f"/v1/meets/{meet}/reads{asked.query}", content=asked.body)
    given = {name.lower() for name, _ in asked.headers}
    kept = [pair for pair in request.headers.multi_items() if pair[0].lower() not in given]
    if asked.token is None:
        kept = [pair for pair in kept if pair[0].lower() != "authorization"]
    request.headers = type(request.headers)([*kept, *asked.headers])
    got = client.send(request)
    own = got.headers["x-request-id"]
    headers = [pair for pair in got.headers.multi_items() if pair[0] != "x-request-id"]
    return got.status_code, headers, got.text.replace(race.meet, "{meet}").replace(own, "{request}")


@pytest.mark.parametrize("name", REQUESTS)
def test_lane_and_route_answer_the_same_to_the_byte(
    organizer: Organizer, name: str, behind: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = road(organizer), road(organizer)
    behind.clear()
    by_lane = [answer(here, REQUESTS[name]) for _ in range(2)]
    assert bool(behind) is (name not in TAKEN)
    monkeypatch.setattr(reads_lane, "_ordinary", lambda scope: None)
    behind.clear()
    by_route = [answer(there, REQUESTS[name]) for _ in range(2)]
    assert len(behind) == 2
    assert by_lane == by_route
    assert [stored(here), stored(here)] == [stored(there), stored(there)]


def stored(race: Road) -> list[tuple[int, str | None, str | None]]:
    return [(one["source_seq"], one["chip"], one["bib"]) for one in race.organizer.items(f"/meets/{race.meet}/reads")]


def ordinary(*headers: tuple[bytes, bytes]) -> Scope:
    return {
        "type": "http",
        "method": "POST",
        "path": f"/v1/meets/meet_{0:032x}/reads",
        "query_string": b"",
        "headers": [(b"authorization", b"Bearer x"), *headers],
    }


@pytest.mark.parametrize(
    "messages",
    [
        [piece(GOOD[:20], True), piece(GOOD[20:50], True), piece(GOOD[50:])],
        [piece(b"{".ljust(READS + 1))],
        [piece(b"", True), {"type": "http.disconnect"}],
        [{"type": "http.disconnect"}],
    ],
)
def test_what_is_no_whole_body_goes_to_the_route_as_it_came(services: Services, messages: list[Message]) -> None:
    seen: list[Message] = []

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        seen.extend([await receive() for _ in messages])

    async def nothing(message: Message) -> None: ...

    coming = iter(messages)

    async def receive() -> Message:
        return next(coming)

    scope = ordinary()
    asyncio.run(ReadsLane(route, services)(scope, receive, nothing))
    assert seen == messages


def test_a_body_that_is_said_to_be_too_large_is_not_waited_for(services: Services) -> None:
    """Its sender may be waiting for leave to send it."""
    came: list[Scope] = []

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        came.append(scope)

    async def never(*message: Message) -> Any:
        raise AssertionError("nothing is asked for, and nothing answered")

    scope = ordinary((b"content-length", b"4194305"))
    asyncio.run(ReadsLane(route, services)(scope, never, never))
    assert came == [scope]


def test_of_two_tokens_the_first_counts_though_it_is_empty(services: Services) -> None:
    """The route takes it for none, and so must the lane."""
    came: list[Scope] = []

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        came.append(scope)

    async def never(*message: Message) -> Any:
        raise AssertionError("it is the route's to ask and to answer")

    scope = ordinary((b"authorization", b"Bearer y"))
    scope["headers"][0] = (b"authorization", b"Bearer  ")
    asyncio.run(ReadsLane(route, services)(scope, never, never))
    assert came == [scope]
