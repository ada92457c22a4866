"""Checks of single values that several verbs share: days, zones, names, and which fields a change may clear."""

import re
from collections.abc import Sequence
from dataclasses import Field, fields, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.domain.refusals import Invalid
from app.operations.sheet import Given

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

LONGEST_WINDOW_US: Final = 24 * 3_600_000_000
"""Of the spans after the gun that an event names: cut-offs, laps, the start window."""

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value", bound="DataclassInstance")


def day(text: str, at: str) -> date:
    """`2026-05-03`; nothing else that ISO 8601 would allow."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Invalid(at, "not_a_date", f"{text!r} is no date: write the day as 2026-05-03")


def known_day(text: str | None, at: str) -> None:
    """Also where it will not be needed: whoever writes it meant something."""
    if text is not None:
        day(text, at)


@cache
def zones() -> frozenset[str]:
    """Names of the shipped zone data, not those that this machine happens to know."""
    return frozenset(files("tzdata").joinpath("zones").read_text().split())


def zone(name: str, at: str) -> str:
    if name not in zones():
        raise Invalid(at, "unknown_timezone", f"{name!r} is no IANA time zone: write it as Europe/Oslo, or UTC")
    return name


def named(text: str, at: str) -> str:
    """A name with something to read in it, without blanks around."""
    if not text.strip():
        raise Invalid(at, "empty", "a name cannot be empty: write at least one character")
    return text.strip()


def within(value: int | None, low: int, high: int, at: str, what: str) -> None:
    if value is not None and not low <= value <= high:
        raise Invalid(at, "out_of_range", f"{what} must be from {low:,} to {high:,}, not {value:,}")


def changed(value: Value, given: Given) -> Value:
    """The value with the given fields; one that always has a value cannot be set to null."""
    for field in _required(value):
        if field.name in given and given[field.name] is None:
            raise Invalid(f"/{field.name}", "null", f"{field.name} cannot be null: leave it out to keep it as it is")
    return replace(value, **given)


def _required(value: Any) -> list[Field[Any]]:
    return [field for field in fields(value) if field.default is not None]


def check_lanes(lanes: Sequence[int], of_track: int, at: str) -> None:
    """Lanes of the track, each once."""
    for index, lane in enumerate(lanes):
        within(lane, 1, of_track, f"{at}/{index}", "a lane of this track")
        if lane in lanes[:index]:
            raise Invalid(f"{at}/{index}", "lane_twice", f"lane {lane} is named twice: name each lane once")
