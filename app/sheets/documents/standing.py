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
from app.views.audience import Item
from app.views.protests import protest_time

MOST_CHANGES: Final = 40
_SAID: Final = ("place", "mark", "status", "qualification")

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


def standing_of(of: Printed, event: Event, items: Sequence[Item], heats: Collection[HeatId] | None = None) -> Standing:
    """Of standings, or of the results of some heats; `items` are what is shown now."""
    if not event.publications:
        return Standing("provisional", of.words("status.provisional"))
    seq, last = event.publications[-1]
    if not _same(_lines(last, heats), items):
        note = of.words("note.changed_since", version=last.version)
        return Standing("provisional", of.words("status.provisional"), note=note)
    before = [one for _, one in event.publications[:-1]]
    revised = last.status == "official" and any(one.status == "official" for one in before)
    status: Status = "revised" if revised else last.status
    text = of.words("status.version", status=of.words(f"status.{status}"), version=last.version)
    at = next((one.recorded_at for one in reversed(of.state.log) if one.seq == seq), 0)
    protests = protest_time(of.state, last) if last.status == "provisional" else None
    until = None if protests is None else of.issued("protests_until", protests.until)
    changes = tuple(_changes(of, last, before[-1], heats, at)) if revised else ()
    return Standing(status, text, last.version, last.digest, changes, until, at_us=at)


def _lines(published: Published, heats: Collection[HeatId] | None) -> list[Line]:
    """Standings, or the lines of some heats where their rounds were announced. What was announced stays as it was,
    also where another release said less."""
    content = json.loads(published.content)
    standings: list[Line] = content.get("standings", [])
    if heats is None:
        return standings
    every = [line for lines in content.get("rounds", {}).values() for line in lines]
    return [line for line in (every or standings) if line.get("heat_id") in heats]


def _same(announced: Sequence[Line], items: Sequence[Item]) -> bool:
    """By what is printed of each runner."""
    then = {_who(line): _said(line) for line in announced}
    now = {_who(item): _said(item) for item in items}
    return then == now


def _who(line: Line) -> tuple[Any, Any]:
    return line.get("heat_id"), line["registration_id"]


def _said(line: Line) -> tuple[Any, ...]:
    return tuple(line.get(field) for field in _SAID)


def _changes(
    of: Printed, last: Published, before: Published, heats: Collection[HeatId] | None, at: Any
) -> Iterator[str]:
    """When and why, then runner by runner."""
    why = of.text(last.note)
    yield of.issued("revised_why", at, why=why) if why else of.issued("revised_at", at)
    then = {_who(line): line for line in _lines(before, heats)}
    moved = (
        (line, then.get(_who(line), {}))
        for line in _lines(last, heats)
        if _said(then.get(_who(line), {})) != _said(line)
    )
    for line, old in islice(moved, MOST_CHANGES):
        yield of.words("status.was", bib=line["bib"], before=_in_words(old), after=_in_words(line))


def _in_words(line: Line) -> str:
    """`2. 10.22 q`, `DQ TR16.8`"""
    place, status = line.get("place"), line.get("status")
    shown = [f"{place}." if place else None, line.get("mark") if status == "OK" else status, line.get("rule")]
    return " ".join(str(part) for part in (*shown, line.get("qualification")) if part) or "–"
