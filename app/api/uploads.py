"""Bodies that are files: of which types, and what the document says of them."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from app.api.faults import UnsupportedMediaType


@dataclass(frozen=True, slots=True)
class Upload:
    data: bytes
    media: str
    """`text/csv`, without parameters."""


def upload(*types: str) -> Callable[[Request], Coroutine[Any, Any, Upload]]:
    """A dependency: the body as it came, of one of these types; `UnsupportedMediaType`."""

    async def read(request: Request) -> Upload:
        given = request.headers.get("content-type", "")
        media = given.partition(";")[0].strip().lower()
        if media not in types:
            raise UnsupportedMediaType(given, " or ".join(types))
        return Upload(await request.body(), media)

    return read


def described(examples: Mapping[str, str | None]) -> dict[str, Any]:
    """`openapi_extra` of a route that takes a file: an example for each type that is text."""
    return {
        "requestBody": {
            "required": True,
            "content": {media: _content(media, example) for media, example in examples.items()},
        }
    }


def _content(media: str, example: str | None) -> dict[str, Any]:
    shown = {} if example is None else {"example": example}
    return {"schema": {"type": "string", "format": "binary"}, **shown}
