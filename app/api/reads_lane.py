"""The reads' own lane: a timing box posts one read after the other, and each takes the same short way to the disk.

What is ordinary is taken here, before any routing: this address, a bearer token, a whole body within the limits.
Everything else goes the way of all requests. Both ways end in `reads.store` and in the same problem documents.
"""

import re
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems, reads
from app.api.route import READS
from app.api.services import Services
from app.domain.ids import MeetId
from app.domain.refusals import Refusal
from app.store import StoreError

_ADDRESS: Final = re.compile(r"/v1/meets/(meet_[0-9a-f]{32})/reads")
_HEADERS: Final = [(name.lower().encode(), value.encode()) for name, value in reads.HEADERS.items()]
_TYPE: Final = (b"content-type", b"application/json")
_SCHEME: Final = b"Bearer "
_DIGITS: Final = len(str(READS)) - 1
"""A length with so many digits is within the limit."""


class ReadsLane:
    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ordinary = _ordinary(scope)
        if ordinary is None:
            await self._app(scope, receive, send)
            return
        message = await receive()
        body = message.get("body", b"")
        if message["type"] != "http.request" or message.get("more_body") or len(body) > READS:
            await self._app(scope, _again(message, receive), send)
            return
        try:
            receipt = await reads.store(self._services, *ordinary, body)
        except (Refusal, StoreError) as error:
            await problems.answer(error, Request(scope))(scope, receive, send)
            return
        headers = [*_HEADERS, (b"content-length", b"%d" % len(receipt)), _TYPE]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": receipt})


def _ordinary(scope: Scope) -> tuple[MeetId, str] | None:
    """The meet and the token of a request that is nothing but ordinary, as far as its headers tell."""
    if scope["type"] != "http" or scope["method"] != "POST" or scope["query_string"]:
        return None
    found = _ADDRESS.fullmatch(scope["path"])
    if found is None:
        return None
    token = None
    for name, value in scope["headers"]:
        if name == b"authorization":
            if token is not None or not value.startswith(_SCHEME):
                return None
            token = value[len(_SCHEME) :].decode("latin-1").strip()
        elif name == b"content-encoding" or (name == b"content-length" and len(value) > _DIGITS):
            return None
    return (MeetId(found[1]), token) if token else None


def _again(first: Message, receive: Receive) -> Receive:
    """What was received already, and then the rest."""
    waiting = [first]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed
