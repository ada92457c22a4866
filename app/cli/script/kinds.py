"""The kinds of values that a statement takes, each with how it is read and how it is told to somebody who erred."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args

from app.domain.facts import How, Status
from app.domain.meet import Advance
from app.domain.units import SECOND, Duration
from app.rules.duties import FalseStarts
from app.rules.marks import parse_mark
from app.rules.wind import parse_wind
from app.timing.verdicts import ReadStateName
from app.views.warnings import LISTED

_TIME: Final = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?", re.ASCII)
_SECONDS: Final = re.compile(r"([+-]?)(\d+)(?:\.(\d{1,6}))?", re.ASCII)
_ADVANCE: Final = re.compile(r"(?:(\d+)P)?\+?(?:(\d+)T)?", re.ASCII)
_DISTANCE: Final = re.compile(r"([\d,]+) (k?m)", re.ASCII)
_PLACED: Final = re.compile(r"(?:(\d+):)?(\S+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` raises ValueError for what is no such value. `words`: how many it takes; None: all up to what follows."""

    told: str
    read: Callable[[str], Any]
    words: int | None = 1


def _name(text: str) -> str:
    return text.rstrip(",")


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _time(text: str) -> int:
    """Microseconds since midnight; hours beyond 23 are of the next day."""
    found = _TIME.fullmatch(text)
    if found is None or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise ValueError(text)
    seconds = (int(found[1]) * 60 + int(found[2])) * 60 + int(found[3] or 0)
    return seconds * SECOND + int((found[4] or "").ljust(6, "0"))


def _watches(text: str) -> tuple[Duration, ...]:
    return tuple(parse_mark(one) for one in text.split("/"))


def _seconds(text: str) -> Duration:
    found = _SECONDS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    value = int(found[2]) * SECOND + int((found[3] or "").ljust(6, "0"))
    return Duration(-value if found[1] == "-" else value)


def _brought(text: str) -> str:
    parse_mark(text.removesuffix("h"))
    return text


def _wind(text: str) -> str:
    parse_wind(text)
    return text


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _advance(text: str) -> Advance:
    found = _ADVANCE.fullmatch(text)
    if found is None or not text:
        raise ValueError(text)
    return Advance(places=int(found[1] or 0), times=int(found[2] or 0))


def _distance(text: str) -> int:
    found = _DISTANCE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[1].replace(",", "")) * (1_000 if found[2] == "km" else 1)


def _placed(text: str) -> tuple[int | None, str]:
    found = _PLACED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return (int(found[1]) if found[1] else None), found[2]


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError(text)
        return text

    return read


def _choice(*allowed: str) -> Kind:
    return Kind(f"one of {', '.join(allowed)}", _one_of(*allowed))


KINDS: Final[Mapping[str, Kind]] = {
    "BIB": Kind("a bib, as 7", str),
    "CHIP": Kind("the code of a chip", str),
    "WORD": Kind("one word", str),
    "NAME": Kind("a name, of one word or several", _name, None),
    "WORDS": Kind("the rest of the line", str, None),
    "NUMBER": Kind("a whole number", _whole),
    "DISTANCE": Kind("a distance, as 100 m or 10 km", _distance, 2),
    "TIME": Kind("a time of day, as 10:00:17.4823", _time),
    "MARK": Kind("a time that was run, as 10.213 or 1:02.3", parse_mark),
    "BROUGHT": Kind("a mark brought along, as 10.02, or 10.2h where it was taken by hand", _brought),
    "WATCHES": Kind("up to three watches, as 10.2/10.2/10.4", _watches),
    "SECONDS": Kind("seconds, as 10 or -1.5", _seconds),
    "DATE": Kind("a day, as 2026-05-03", _day),
    "WIND": Kind("metres per second, as +0.3", _wind),
    "ADVANCE": Kind("who goes on, as 3P+2T: three by place and two by time", _advance),
    "PLACED": Kind("a bib, or a lane and a bib, as 4:7", _placed),
    "SEX": _choice("M", "W", "X"),
    "AGE_ON": _choice("race_day", "year_end", "first_day"),
    "SOURCE_OF": _choice("qualifiers", "non_qualifiers", "byes"),
    "STATUS": _choice(*get_args(Status)),
    "HOW": _choice(*get_args(How)),
    "LISTED": _choice("unflagged", *LISTED),
    "POLICY": _choice(*get_args(FalseStarts)),
    "CARD": _choice("YC", "YRC", "RC"),
    "STATE": _choice(*get_args(ReadStateName)),
    "TAKE": _choice("first", "offered"),
    "ANNOUNCED": _choice("provisional", "official"),
    "SIDE": _choice("main", "backup"),
}
