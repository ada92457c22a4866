"""The fast lane: what spectators ask for again and again, answered from bytes before any routing.

An answer is kept for as long as the log of its meet has not moved, for anybody without a token and for this address
only; a sheet, for those who prefer its language. Whatever changes an answer moves the log: a read, a ruling, a name,
the visibility of the meet. Where other processes write too, an answer is kept for a second at most, which is what every
shared cache is allowed.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.conditional import PUBLIC, names
from app.api.languages import preferred
from app.api.looking import SEEN
from app.domain.ids import MeetId

KEPT_BYTES: Final = 64 << 20
EACH: Final = 1_000
"""What an answer takes beside its body, about."""
NOT_FOR_ALL: Final = frozenset({b"authorization", b"cookie", b"range"})

Headers = list[tuple[bytes, bytes]]
Address = tuple[str, bytes, str]
"""Path, query, and for answers that are written in one the language that the browser prefers."""


class Ready(NamedTuple):
    """An answer. `body` is None where only its ETag is known so far."""

    meet: MeetId
    head: int
    made: float
    etag: bytes
    headers: Headers
    body: bytes | None


class Lane:
    """`head_of` tells where the log of a meet is as far as this process knows, None where it does not."""

    def __init__(
        self,
        app: ASGIApp,
        head_of: Callable[[MeetId], int | None],
        longest_s: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        budget: int = KEPT_BYTES,
    ) -> None:
        self._app = app
        self._head_of = head_of
        self._longest = longest_s
        self._clock = clock
        self._budget = budget
        self._total = 0
        self._kept: OrderedDict[Address, Ready] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        given: bytes | None = None
        spoken: bytes | None = None
        for name, value in scope["headers"]:
            if name == b"if-none-match":
                given = value if given is None else given + b"," + value
            elif name == b"accept-language":
                # Of several the first one counts, as for the endpoints.
                spoken = value if spoken is None else spoken
            elif name in NOT_FOR_ALL:
                await self._app(scope, receive, send)
                return
        address = _address(scope, None)
        ready = self._kept.get(address)
        if ready is None:
            address = _address(scope, spoken or b"")
            ready = self._kept.get(address)
        if ready is not None and self._holds(ready) and await _answered(ready, given, send):
            self._kept.move_to_end(address)
        else:
            watched = _Watched(self, scope, spoken or b"", send)
            await self._app(scope, receive, watched.send)

    def _holds(self, ready: Ready) -> bool:
        if self._longest is not None and self._clock() - ready.made >= self._longest:
            return False
        return self._head_of(ready.meet) == ready.head

    def keep(self, address: Address, meet: MeetId, head: int, headers: Headers, body: bytes | None) -> None:
        etag = next((value for name, value in headers if name == b"etag"), b"")
        before = self._kept.pop(address, None)
        if before is not None:
            self._total -= EACH + len(before.body or b"")
            if body is None and before.etag == etag:
                body, headers = before.body, before.headers
        self._kept[address] = Ready(meet, head, self._clock(), etag, headers, body)
        self._total += EACH + len(body or b"")
        while self._total > self._budget:
            _, gone = self._kept.popitem(last=False)
            self._total -= EACH + len(gone.body or b"")


def _address(scope: Scope, spoken: bytes | None) -> Address:
    return scope["path"], scope["query_string"], "" if spoken is None else preferred(spoken.decode("latin-1"))


async def _answered(ready: Ready, given: bytes | None, send: Send) -> bool:
    """Whether the answer could be given from what is kept."""
    if given is not None and (given == ready.etag or names(given.decode("latin-1"), ready.etag.decode(), weak=True)):
        headers = [one for one in ready.headers if not one[0].startswith(b"content-")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return True
    if ready.body is None:
        return False
    await send({"type": "http.response.start", "status": 200, "headers": list(ready.headers)})
    await send({"type": "http.response.body", "body": ready.body})
    return True


class _Watched:
    """Takes note of an answer on its way out, if it may be kept."""

    def __init__(self, lane: Lane, scope: Scope, spoken: bytes, send: Send) -> None:
        self._lane = lane
        self._scope = scope
        self._spoken = spoken
        self._send = send
        self._status = 0
        self._headers: Headers = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], list(message["headers"])
        elif self._status in (200, 304) and not message.get("more_body") and _public(self._headers):
            seen = self._scope.get("state", {}).get(SEEN)
            if seen is not None:
                meet, head = seen
                body = message.get("body", b"") if self._status == 200 else None
                address = _address(self._scope, self._spoken if _in_a_language(self._headers) else None)
                self._lane.keep(address, meet, head, self._headers, body)
        await self._send(message)


def _public(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return (b"cache-control", PUBLIC.encode()) in headers


def _in_a_language(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(name == b"vary" and b"accept-language" in value.lower() for name, value in headers)
