"""ETags and what hangs on them (RFC 9110, section 13).

A strong ETag names one exact answer: the last fact that touched the resource, the build that made it, and the
representation, language and audience it was made for.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, Header
from starlette.requests import Request

from app import __version__
from app.api.faults import MatchRequired, Stale
from app.operations.access import Audience

PUBLIC: Final = "public, s-maxage=1"
PRIVATE: Final = "private"
VARY: Final = "Authorization"
WRITES: Final = (".py", ".toml", ".csv", ".css")
"""Files of the program that decide what an answer looks like."""


@cache
def build() -> str:
    """Names the code that runs: another build may write the same state in another way."""
    source = hashlib.sha256(__version__.encode())
    for folder, folders, files in os.walk(Path(__file__).parent.parent):
        folders.sort()
        for name in sorted(files):
            if name.endswith(WRITES):
                # A `Path` for each of 500 files would take as long as reading them.
                with open(f"{folder}/{name}", "rb") as file:
                    source.update(file.read())
    return source.hexdigest()[:12]


@cache
def _variant(representation: str, language: str, audience: Audience) -> str:
    parts = "\0".join((build(), representation, language, audience))
    return hashlib.sha256(parts.encode()).hexdigest()[:10]


def etag(seq: int, audience: Audience, representation: str = "json", language: str = "") -> str:
    """Of something made from the log; `seq` is the last position that touched it."""
    return f'"{seq}-{_variant(representation, language, audience)}"'


def etag_of(*values: object) -> str:
    """Of a row that is not made from a log: a token, an organization."""
    return f'"{hashlib.sha256(repr((build(), values)).encode()).hexdigest()[:20]}"'


def cache_control(audience: Audience) -> str:
    return PUBLIC if audience == "public" else PRIVATE


def has_already(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this answer. Weak comparison: a proxy may have weakened the tag."""
    given = request.headers.get("if-none-match")
    return given is not None and names(given, tag, weak=True)


class Matching:
    """If-Match of a request that changes something. Ask inside the transaction that changes it."""

    def __init__(self, given: str | None) -> None:
        self._given = given

    @property
    def missing(self) -> bool:
        return self._given is None

    def require(self, tag: str) -> None:
        """`MatchRequired` without the header, `Stale` when it names another state. `*` matches anything."""
        if self._given is None:
            raise MatchRequired
        if not names(self._given, tag, weak=False):
            raise Stale(tag)


async def matching(
    if_match: Annotated[str | None, Header(description="ETag of what you saw; required to change it.")] = None,
) -> Matching:
    return Matching(if_match)


IfMatch = Annotated[Matching, Depends(matching)]


def names(given: str, tag: str, *, weak: bool) -> bool:
    """Whether a list of entity tags holds this one. No tag of ours contains a comma."""
    if given.strip() == "*":
        return True
    named = (one.strip() for one in given.split(","))
    return any((one.removeprefix("W/") if weak else one) == tag for one in named)
