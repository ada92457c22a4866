"""Instants as they come over the wire."""

import re
from typing import Any, Final

from pydantic_core import PydanticCustomError

from app.domain.units import LATEST, Instant, parse_instant

AN_INSTANT: Final = "2026-05-03T15:00:17.482300+02:00"
_RFC3339: Final = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?P<fraction>\.\d+)?(?P<offset>[Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
_MICROS: Final = 7
"""A point and six digits."""


def instant_of(value: Any) -> Instant:
    """RFC 3339 with an offset, up to microseconds. A local time names no instant, a float no exact one."""
    found = _RFC3339.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("instant", "an instant is RFC 3339 text, like {like}", {"like": AN_INSTANT})
    if not found["offset"]:
        raise PydanticCustomError(
            "local_time", "a local time names no instant: add its offset, like {like}", {"like": AN_INSTANT}
        )
    if len(found["fraction"] or "") > _MICROS:
        raise PydanticCustomError("too_precise", "an instant has at most six decimals")
    try:
        at = parse_instant(value.upper())
    except (ValueError, OverflowError) as error:
        raise PydanticCustomError("instant", "there is no such time: {why}", {"why": str(error)}) from None
    if not 0 <= at <= LATEST:
        raise PydanticCustomError("out_of_range", "an instant lies between 1970 and 9999")
    return at
