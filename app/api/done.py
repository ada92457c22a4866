"""Answers to requests that changed something: what it is now, its ETag, and where it is found."""

from pydantic import BaseModel
from starlette.responses import Response

from app.api.answers import JSON, encode
from app.api.conditional import Matching, etag
from app.views.audience import Item


def tag(seq: int, representation: str = "json") -> str:
    """The ETag that GET gives whoever may change things."""
    return etag(seq, "organizer", representation)


def require(match: Matching, seq: int, representation: str = "json") -> None:
    """Whoever changes it has seen what the fact at `seq` made of it: `MatchRequired` or `Stale` otherwise."""
    match.require(tag(seq, representation))


def done(content: BaseModel | Item, seq: int, representation: str = "json") -> Response:
    """As it is from now on."""
    headers = {"ETag": tag(seq, representation), "Cache-Control": "private"}
    return Response(encode(content), 200, headers, JSON)


def created(content: BaseModel | Item, seq: int, at: str, representation: str = "json") -> Response:
    """Made, and from now on at the address `at`."""
    headers = {"ETag": tag(seq, representation), "Cache-Control": "private", "Location": at}
    return Response(encode(content), 201, headers, JSON)


def gone() -> Response:
    return Response(status_code=204)
