"""Pages of a list. A cursor says where the next page begins, and for a derived list at which position of the log.

It is opaque, bound to the address and filters of the list it came from, and refused when it was changed.
"""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Depends, Query
from starlette.requests import Request

from app.api.faults import BadCursor

DEFAULT: Final = 50
MOST: Final = 500
_CHECK: Final = 6

Row = TypeVar("Row")
Place = str | int | tuple[str | int, ...]
"""What a list is ordered by: an id, a position in the log, an offset, or several things one after another."""


class _Mark(msgspec.Struct, array_like=True, forbid_unknown_fields=True):
    after: Place
    seq: int | None = None


_decoder: Final = msgspec.json.Decoder(_Mark)


@dataclass(frozen=True, slots=True)
class PageAsked:
    """`after` is the `Place` that the last page ended at, None on the first one. `seq` pins a derived list."""

    limit: int
    after: Place | None
    seq: int | None
    list_key: bytes

    @property
    def id(self) -> str | None:
        """`after` of a list in order of ids."""
        if self.after is None or isinstance(self.after, str):
            return self.after
        raise BadCursor

    @property
    def offset(self) -> int:
        """`after` of a list in order of numbers; 0 at the beginning."""
        if self.after is None:
            return 0
        if not isinstance(self.after, int) or self.after < 0:
            raise BadCursor
        return self.after

    def key(self, *kinds: type) -> tuple[Any, ...] | None:
        """`after` of a list in order of several things, each of its kind; None at the beginning."""
        if self.after is None:
            return None
        if not isinstance(self.after, tuple) or [type(one) for one in self.after] != list(kinds):
            raise BadCursor
        return self.after

    def cut(
        self, rows: Sequence[Row], place: Callable[[Row], Place], seq: int | None = None
    ) -> tuple[Sequence[Row], str | None]:
        """(this page, cursor of the next) of rows that were fetched with one more than `limit`."""
        if len(rows) <= self.limit:
            return rows, None
        page = rows[: self.limit]
        return page, self.cursor(place(page[-1]), seq)

    def slice(self, total: int, seq: int) -> tuple[int, int, str | None]:
        """(start, stop, cursor of the next) of a derived list that holds `total` rows as of `seq`."""
        stop = min(self.offset + self.limit, total)
        return self.offset, stop, self.cursor(stop, seq) if stop < total else None

    def cursor(self, after: Place, seq: int | None = None) -> str:
        body = msgspec.json.encode(_Mark(after, seq))
        return urlsafe_b64encode(_check(self.list_key, body) + body).rstrip(b"=").decode()


async def page_asked(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST, description="Most items of this page.")] = DEFAULT,
    cursor: Annotated[
        str | None, Query(max_length=400, description="`next_cursor` of the page before.", examples=[None])
    ] = None,
) -> PageAsked:
    key = list_key(request)
    if cursor is None:
        return PageAsked(limit, None, None, key)
    mark = read_cursor(cursor, key)
    return PageAsked(limit, mark.after, mark.seq, key)


Page = Annotated[PageAsked, Depends(page_asked)]


def list_key(request: Request) -> bytes:
    """The address and its filters, without what changes from page to page."""
    filters = sorted(item for item in request.query_params.multi_items() if item[0] not in ("limit", "cursor"))
    return f"{request.scope['path']}?{urlencode(filters)}".encode()


def read_cursor(cursor: str, key: bytes) -> _Mark:
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        mark = _decoder.decode(raw[_CHECK:])
    except (NotBase64, ValueError, msgspec.DecodeError):
        raise BadCursor from None
    if raw[:_CHECK] != _check(key, raw[_CHECK:]):
        raise BadCursor
    return mark


def _check(key: bytes, body: bytes) -> bytes:
    return hashlib.blake2b(key + b"\0" + body, digest_size=_CHECK).digest()
