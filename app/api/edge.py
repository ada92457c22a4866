"""Outermost layer: a request id and safe headers on every answer, a problem document for every failure."""

import os
from typing import Final

import msgspec
import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems
from app.api.faults import TooLarge, Unexpected
from app.api.route import largest
from app.domain.refusals import Refusal

log: Final = structlog.get_logger()

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
POLICY_HEADER: Final = (b"content-security-policy", POLICY.encode())
"""Of every answer that has none of its own."""
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
FOR_ANY_PAGE: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag"),
    (b"cross-origin-resource-policy", b"cross-origin"),
)
"""What anybody can ask for without a token, a page of any origin may read."""
FOR_ASKING_AGAIN: Final = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match"),
    (b"access-control-max-age", b"86400"),
)
"""A browser asks first whether a page may send an ETag along. A token it may not: it belongs on a server."""
FOR_OURS: Final = ((b"cross-origin-resource-policy", b"same-origin"),)
OVER_TLS: Final = ((b"strict-transport-security", b"max-age=31536000"),)
NO_STORE: Final = (b"cache-control", b"no-store")


class Edge:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = os.urandom(8).hex()
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(scope, send, request_id)
        if _asks_first(scope):
            await answer.allow()
            return
        try:
            await self._app(scope, receive, answer.send)
        except ClientDisconnect:
            log.info("client left before its request was complete", path=scope["path"], request_id=request_id)
        except Exception:  # Whatever it is, it is a mistake of ours: the log has it, and the client is answered.
            log.exception("unexpected", path=scope["path"], method=scope["method"], request_id=request_id)
            if answer.started:
                raise
            await answer.refuse(Unexpected(request_id))


class _Answer:
    """Adds what every answer carries. The framework's own 413 is plain text: it leaves as a problem document."""

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self._scope = scope
        self._send = send
        self._request_id = request_id
        self._replaced = False
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            if message["status"] == 413 and _content_type(message) != problems.MEDIA_TYPE.encode():
                self._replaced = True
                await self.refuse(TooLarge(largest(self._scope)))
                return
            self._complete(message)
        if not self._replaced:
            await self._send(message)

    async def allow(self) -> None:
        start: Message = {"type": "http.response.start", "status": 204, "headers": list(FOR_ASKING_AGAIN)}
        self._complete(start)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": b""})

    async def refuse(self, error: Refusal) -> None:
        status, doc = problems.document(error, self._request_id, self._scope["path"])
        body = msgspec.json.encode(doc)
        headers = [(b"content-type", problems.MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode())]
        start: Message = {"type": "http.response.start", "status": status, "headers": headers}
        self._complete(start)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})

    def _complete(self, message: Message) -> None:
        headers = message["headers"] = list(message.get("headers", ()))
        named = {name for name, _ in headers}
        if b"cache-control" not in named:
            headers.append(NO_STORE)
        if b"content-security-policy" not in named:
            headers.append(POLICY_HEADER)
        headers.extend(HEADERS)
        headers.extend(FOR_ANY_PAGE if _anonymous_look(self._scope) else FOR_OURS)
        headers.append((b"x-request-id", self._request_id.encode()))
        if self._scope.get("scheme") == "https":
            headers.extend(OVER_TLS)


def _asks_first(scope: Scope) -> bool:
    """A browser on behalf of a page of another origin, before it looks."""
    if scope["method"] != "OPTIONS":
        return False
    wanted = next((value for name, value in scope["headers"] if name == b"access-control-request-method"), b"")
    return wanted in (b"GET", b"HEAD")


def _anonymous_look(scope: Scope) -> bool:
    return scope["method"] in ("GET", "HEAD") and all(name != b"authorization" for name, _ in scope["headers"])


def _content_type(message: Message) -> bytes:
    return next((value for name, value in message.get("headers", ()) if name == b"content-type"), b"")
