"""How far a sheet is from being final (R55): held against what was announced last, and what that changed."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from app.domain.facts import Published
from app.domain.ids import HeatId
from app.domain.state import Event
from app.sheets.documents.printed import Printed
from app.sheets.sheet import Status
from app.sheets.words import Words
from app.views.audience import Item
from app.views.protests import protest_time

MOST_CHANGES: Final = 40
_SAID: Final = ("place", "mark", "status", "qualification")
_OF_ROUNDS: Final = (*_SAID, "rule", "thousandths", "reaction_us")
_OF_STANDINGS: Final = (*_SAID, "place_sex", "place_category", "gun_us", "net_us")
"""What a sheet prints of a line, as far as lines of its kind are announced with it."""

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    status: Status
    text: str
    version: int | None = None
    digest: str | None = None
    changes: tuple[str, ...] = ()
    note: str | None = None
    at_us: int = 0
    """When it was announced; 0 where what is shown was not."""


def official_once(words: Words, done: bool) -> Standing:
    """Of what is not announced itself: official as soon as all that it counts is."""
    status: Status = "official" if done else "provisional"
    return Standing(status, words(f"status.{status}"))


def standing_of(of: Printed, event: Event, items: Sequence[Item], heats: Collection[HeatId] | None = None) -> Standing:
    """Of standings, or of the results of some heats; `items` are what is shown now."""
    if not event.publications:
        return Standing("provisional", of.words("status.provisional"))
    seq, last = event.publications[-1]
    announced = _lines(last, heats)
    if _by_runner(announced.lines, announced.fields) != _by_runner(items, announced.fields):
        note = of.words("note.changed_since", version=last.version)
        return Standing("provisional", of.words("status.provisional"), note=note)
    before = [one for _, one in event.publications[:-1]]
    revised = last.status == "official" and any(_is_official(one, heats) for one in reversed(before))
    status: Status = "revised" if revised else last.status
    text = of.words("status.version", status=of.words(f"status.{status}"), version=last.version)
    at = next((one.recorded_at for one in reversed(of.state.log) if one.seq == seq), 0)
    protests = protest_time(of.state, last) if last.status == "provisional" else None
    until = None if protests is None else of.issued("protests_until", protests.until)
    changes = tuple(_changes(of, last, before[-1], heats, at)) if revised else ()
    return Standing(status, text, last.version, last.digest, changes, until, at_us=at)


@dataclass(frozen=True, slots=True)
class _Announced:
    """Lines of a publication, and which of their fields are printed."""

    lines: Sequence[Line]
    fields: Sequence[str]


def _lines(published: Published, heats: Collection[HeatId] | None) -> _Announced:
    """Standings, or the lines of some heats where their rounds were announced. What was announced stays as it was,
    also where another release said less."""
    content = json.loads(published.content)
    standings: list[Line] = content.get("standings", [])
    if heats is None:
        return _Announced(standings, _OF_STANDINGS)
    rounds = [line for lines in content.get("rounds", {}).values() for line in lines]
    found = [line for line in (rounds or standings) if line.get("heat_id") in heats]
    return _Announced(found, _OF_ROUNDS if rounds else _SAID)


def _is_official(published: Published, heats: Collection[HeatId] | None) -> bool:
    """Whether it announced results of these heats: of a final that was still to be run it did not."""
    return published.status == "official" and any(line.get("status") for line in _lines(published, heats).lines)


def _by_runner(lines: Sequence[Line], fields: Sequence[str]) -> dict[Any, tuple[Any, ...]]:
    return {_who(line): tuple(line.get(field) for field in fields) for line in lines}


def _who(line: Line) -> tuple[Any, Any]:
    return line.get("heat_id"), line["registration_id"]


def _changes(
    of: Printed, last: Published, before: Published, heats: Collection[HeatId] | None, at: Any
) -> Iterator[str]:
    """When and why, then runner by runner."""
    why = of.text(last.note)
    yield of.issued("revised_why", at, why=why) if why else of.issued("revised_at", at)
    then, now = ({_who(line): line for line in _lines(one, heats).lines} for one in (before, last))
    moved = ((now.get(who, _GONE), then.get(who, _GONE)) for who in (now | then))
    said = (((new or old)["bib"], _in_words(old), _in_words(new)) for new, old in moved)
    for bib, old_words, new_words in islice((one for one in said if one[1] != one[2]), MOST_CHANGES):
        yield of.words("status.was", bib=bib, before=old_words, after=new_words)


_GONE: Final[Line] = {}


def _in_words(line: Line) -> str:
    """`2. 10.22 (.213) q`, `DQ TR16.8`"""
    place, status = line.get("place"), line.get("status")
    run = " ".join(str(line[key]) for key in ("mark", "thousandths") if line.get(key))
    shown = [f"{place}." if place else None, run if status == "OK" else status, line.get("rule")]
    return " ".join(str(part) for part in (*shown, line.get("qualification")) if part) or "–"
