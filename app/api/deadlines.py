"""Slow clients: uvicorn waits for ever for the rest of a request, this protocol does not.

A connection that sends no complete header in time, or whose body is late or trickles, is answered 408 and closed.
What had arrived of the request is dropped: the application sees a client that left.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

import msgspec
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api import problems
from app.api.faults import HeadersTooLarge, TooSlow
from app.api.together import Together
from app.domain.refusals import Refusal

Action = Callable[[], None]
CHECK_S: Final = 10.0
"""How long a body may stay below the lowest rate."""
MOST_HEADER_BYTES: Final = 64 << 10


@dataclass(frozen=True, slots=True)
class Deadlines:
    """A timing box may think for minutes between two posts on one line, as long as there are lines enough."""

    header_s: float = 10.0
    body_s: float = 120.0
    bytes_per_s: int = 1_024
    check_s: float = CHECK_S
    idle_s: int = 300
    crowd: int = 1_000
    """From so many connections on, those that wait for another request are closed after `crowded_idle_s`."""
    crowded_idle_s: int = 5


def protocol(deadlines: Deadlines) -> type[asyncio.Protocol]:
    """For uvicorn's `http=`."""
    return type("PatientProtocol", (_PatientProtocol,), {"deadlines": deadlines})


class _PatientProtocol(HttpToolsProtocol):
    deadlines: Deadlines = Deadlines()
    _timer: asyncio.TimerHandle | None = None
    _action: Action | None = None
    """What is done when `_due` has come."""
    _due = 0.0
    _in_header = True
    _header_bytes = 0
    _body_bytes = 0
    _checked_bytes = 0
    _body_until = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        given = cast("asyncio.Transport", transport)  # What a socket has; uvicorn's own parameter is as narrow.
        super().connection_made(given)
        self.transport = Together(given, self.loop)
        self._await_header()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_header:
            self._header_bytes += len(data)
        super().data_received(data)
        if self._in_header and self._header_bytes > MOST_HEADER_BYTES:
            self._refuse(HeadersTooLarge())

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._in_header or self._action is None:
            self._await_header()

    def on_headers_complete(self) -> None:
        self._in_header = False
        self._body_bytes = self._checked_bytes = 0
        self._body_until = self.loop.time() + self.deadlines.body_s
        self._again(self.deadlines.check_s, self._check_body)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._stop()
        self._in_header, self._header_bytes = True, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        crowded = len(self.connections) >= self.deadlines.crowd
        self.timeout_keep_alive = self.deadlines.crowded_idle_s if crowded else self.deadlines.idle_s
        super().on_response_complete()

    def _await_header(self) -> None:
        self._in_header, self._header_bytes = True, 0
        self._again(self.deadlines.header_s, self._too_slow)

    def _too_slow(self) -> None:
        self._refuse(TooSlow())

    def _check_body(self) -> None:
        arrived, self._checked_bytes = self._body_bytes - self._checked_bytes, self._body_bytes
        held_back = self.flow.read_paused  # by us: the sender is not to blame
        slow = arrived < self.deadlines.bytes_per_s * self.deadlines.check_s and not held_back
        if slow or self.loop.time() >= self._body_until:
            self._refuse(TooSlow())
        else:
            self._again(min(self.deadlines.check_s, self._body_until - self.loop.time()), self._check_body)

    def _again(self, seconds: float, action: Action) -> None:
        """One timer rings for all: most deadlines have passed into others before it does."""
        self._action, self._due = action, self.loop.time() + seconds
        if self._timer is None:
            self._timer = self.loop.call_at(self._due, self._ring)
        elif self._due < self._timer.when():
            self._timer.cancel()
            self._timer = self.loop.call_at(self._due, self._ring)

    def _ring(self) -> None:
        self._timer, action = None, self._action
        if action is None:
            return
        if self.loop.time() < self._due:
            self._timer = self.loop.call_at(self._due, self._ring)
            return
        self._action = None
        action()

    def _stop(self) -> None:
        self._action = None

    def _refuse(self, refusal: Refusal) -> None:
        """Answer unless an answer is under way already, and close."""
        self._stop()
        cycle = self.cycle
        if not self.transport.is_closing() and (cycle is None or cycle.response_complete or not cycle.response_started):
            self.transport.write(_answer(refusal))
        self.transport.close()


def _answer(refusal: Refusal) -> bytes:
    status, doc = problems.document(refusal, "")
    body = msgspec.json.encode(doc)
    return (
        f"HTTP/1.1 {status} {refusal.title}\r\ncontent-type: {problems.MEDIA_TYPE}\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\ncache-control: no-store\r\n\r\n"
    ).encode() + body
