"""Answers to GET that a cache may keep: ETag, Cache-Control, 304, and bytes that are made once.

    return reply.at(seq, lambda: HeatOut.of(heat))

The bytes of a page are kept per address and ETag, so that a thousand spectators cost one encoding.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Annotated, Final

import msgspec
from fastapi import Depends
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from app.api import conditional
from app.api.auth import Asked
from app.operations.access import Audience

JSON: Final = "application/json"
KEPT_BYTES: Final = 64 << 20
PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Of a page under `/v1`, a sheet, which brings its style and pictures along. Nothing in it runs."""


def encode(content: object) -> bytes:
    """JSON of a model, or of anything that msgspec writes: structs, dataclasses, dictionaries, lists."""
    if isinstance(content, BaseModel):
        return content.__pydantic_serializer__.to_json(content)
    return msgspec.json.encode(content, enc_hook=_model)


def _model(value: object) -> object:
    """NotImplementedError is how msgspec wants to be told of a type that has no JSON."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise NotImplementedError(f"no JSON for {type(value).__name__}")


class Bytes:
    """Encoded answers by (address, ETag), those unused longest leave first. Safe to share between threads."""

    def __init__(self, budget: int = KEPT_BYTES) -> None:
        self._budget = budget
        self._total = 0
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, address: str, tag: str) -> bytes | None:
        with self._guard:
            body = self._kept.get((address, tag))
            if body is not None:
                self._kept.move_to_end((address, tag))
            return body

    def keep(self, address: str, tag: str, body: bytes) -> None:
        with self._guard:
            self._total += len(body) - len(self._kept.pop((address, tag), b""))
            self._kept[address, tag] = body
            while self._total > self._budget:
                _, gone = self._kept.popitem(last=False)
                self._total -= len(gone)


class Reply:
    """How this request is to be answered: for whom, and what its client has already."""

    def __init__(self, request: Request, audience: Audience, kept: Bytes, address: str | None = None) -> None:
        self._request = request
        self._kept = kept
        self.audience = audience
        self.address = address or f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"

    def under(self, address: str) -> "Reply":
        """The same, with its bytes kept under that address: for answers that have several."""
        return Reply(self._request, self.audience, self._kept, address)

    def keep(self, tag: str, body: bytes) -> None:
        """What was made beside the request, for those who ask from now on."""
        self._kept.keep(self.address, tag, body)

    def at(
        self, seq: int, make: Callable[[], object], representation: str = "json", language: str = "", media: str = JSON
    ) -> Response:
        """What `make` gives, as of `seq`; not made where the client or this process has it. Bytes go as they are."""
        tag = conditional.etag(seq, self.audience, representation, language)
        return self.tagged(tag, make, media, _vary(language))

    def known(self, seq: int, representation: str, language: str, media: str) -> Response | None:
        """What `at` answers without making anything, None where it would have to."""
        tag = conditional.etag(seq, self.audience, representation, language)
        return self._known(tag, self._headers(tag, _vary(language), media), media)

    def ready(self, tag: str, media: str) -> Response | None:
        """What this process keeps under that tag, or 304 where the client has it."""
        return self._known(tag, self._headers(tag, conditional.VARY, media), media)

    def tagged(self, tag: str, make: Callable[[], object], media: str = JSON, vary: str = conditional.VARY) -> Response:
        """The same for an ETag that does not come from a log."""
        headers = self._headers(tag, vary, media)
        known = self._known(tag, headers, media)
        if known is not None:
            return known
        content = make()
        body = content if isinstance(content, bytes) else encode(content)
        self._kept.keep(self.address, tag, body)
        return Response(body, headers=headers, media_type=media)

    def _headers(self, tag: str, vary: str, media: str) -> dict[str, str]:
        headers = {"ETag": tag, "Cache-Control": conditional.cache_control(self.audience), "Vary": vary}
        complete = media.startswith("text/html") and self._request.scope["path"].startswith("/v1/")
        return headers | {"Content-Security-Policy": PAGE_POLICY} if complete else headers

    def _known(self, tag: str, headers: dict[str, str], media: str) -> Response | None:
        if conditional.has_already(self._request, tag):
            return Response(status_code=304, headers=headers)
        body = self._kept.get(self.address, tag)
        return None if body is None else Response(body, headers=headers, media_type=media)


def _vary(language: str) -> str:
    return f"{conditional.VARY}, Accept-Language" if language else conditional.VARY


async def reply_of(request: Request, asked: Asked) -> Reply:
    return Reply(request, asked.audience, request.app.state.kept)


Replying = Annotated[Reply, Depends(reply_of)]
