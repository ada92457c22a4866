"""What sheets say in each language: message catalogues, dates and times of day (R52, R54). Marks are never localized.

>>> words("de")("race.heat_of", number=1, total=3)
'Lauf 1 von 3'
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.units import EPOCH, Instant

LANGUAGES: Final = ("en", "de", "fr", "it", "es")

_ALSO: Final = {
    "heat": "heats",
    "semi": "semi-final",
    "semifinal": "semi-final",
    "quarter": "quarter-final",
    "quarterfinal": "quarter-final",
}
"""Names that organizers give to rounds which have a name of their own on paper."""


@dataclass(frozen=True, slots=True)
class Words:
    language: str
    texts: Mapping[str, str]
    """By section and key: `column.place`."""

    def __call__(self, key: str, **values: object) -> str:
        """The text with its placeholders filled in; KeyError for a key that no catalogue has."""
        return self.texts[key].format_map(values)

    def find(self, key: str) -> str | None:
        """A text without placeholders, or None."""
        return self.texts.get(key)

    def round(self, name: str) -> str:
        """`Semi-Final`, `Round 1`; a name that is the organizer's own stays as it is."""
        head, _, number = name.rpartition("-")
        if head == "round" and number.isdecimal():
            return self("race.numbered", number=number)
        return self.texts.get(f"round.{_ALSO.get(name, name)}", name)

    def signed(self, role: str, name: str = "") -> str:
        """`Referee: Anna Gruber`, on one line; `Referee:` where nobody is named."""
        return self("word.signed_by", role=role, name=name).rstrip()

    def day(self, day: date) -> str:
        """`Fri 12 JUN 2026`"""
        return self(
            "date.day", weekday=self._of("weekdays", day.weekday()), day=f"{day.day:02}", **self._month(day, "short")
        )

    def born(self, day: date) -> str:
        """`12 MAY 1999`"""
        return self("date.born", day=f"{day.day:02}", **self._month(day, "short"))

    def span(self, first: date, last: date) -> str:
        """`12–14 June 2026`, as short as it can be said."""
        if first == last:
            return self._one(first)
        if (first.year, first.month) == (last.year, last.month):
            return self("date.within", first=first.day, last=last.day, **self._month(first, "months"))
        return self("date.across", first=self._one(first), last=self._one(last))

    def at(self, instant: Instant, zone: str) -> str:
        """`Fri 12 JUN 2026, 18:05 (UTC+2)`"""
        local = local_time(instant, zone)
        return f"{self.day(local.date())}, {clock(local)} ({offset(local)})"

    def _one(self, day: date) -> str:
        return self("date.one", day=day.day, **self._month(day, "months"))

    def _month(self, day: date, form: str) -> dict[str, object]:
        return {"month": self._of(form, day.month - 1), "year": day.year}

    def _of(self, list: str, index: int) -> str:
        return self.texts[f"date.{list}"].split()[index]


@cache
def words(language: str) -> Words:
    """The catalogue of one of `LANGUAGES`."""
    text = files(__package__).joinpath("languages", f"{language}.toml").read_text("utf-8")
    sections = tomllib.loads(text)
    return Words(language, {f"{name}.{key}": said for name, keys in sections.items() for key, said in keys.items()})


def local_time(instant: Instant, zone: str) -> datetime:
    return (EPOCH + timedelta(microseconds=instant)).astimezone(ZoneInfo(zone))


def clock(local: datetime) -> str:
    """`18:05`"""
    return f"{local:%H:%M}"


def offset(local: datetime) -> str:
    """`UTC+2`, `UTC+5:30`, `UTC`"""
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    tail = f"{hours}:{rest:02}" if rest else f"{hours}"
    return f"UTC{'-' if minutes < 0 else '+'}{tail}" if minutes else "UTC"
