"""Sources: readers by name, each at a place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.domain.facts import SourceDescribed
from app.domain.ids import SourceId
from app.domain.meet import TimingPoint
from app.domain.state import Event, MeetState
from app.domain.units import Duration
from app.operations.checks import day, named, within, zone
from app.operations.find import events_of
from app.operations.sheet import Sheet, writable

MOST_OFFSET_US = 100 * 366 * 24 * 3_600_000_000
"""A clock that was never set starts in some other year, often 1970."""

MOST_ERROR_US = 60_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Where a reader stands. `offset_us` is added to every time that it reports."""

    place: str
    role: Literal["main", "backup"] = "main"
    protocol: str | None = None
    timezone: str | None = None
    date_hint: str | None = None
    offset_us: Duration = Duration(0)
    error_us: Duration | None = None
    """How far its times may be off; None: as the rules have it for its protocol."""


def put(sheet: Sheet, name: str, station: Station) -> SourceId:
    """Describe the source, a new one or anew. The same again records nothing."""
    state = writable(sheet.state)
    named(name, "/source")
    if station.timezone is not None:
        zone(station.timezone, "/timezone")
    if station.date_hint is not None:
        day(station.date_hint, "/date_hint")
    within(station.offset_us, -MOST_OFFSET_US, MOST_OFFSET_US, "/offset_us", "a correction in microseconds")
    within(station.error_us, 0, MOST_ERROR_US, "/error_us", "an error in microseconds")
    id = state.source_names.get(name) or SourceId(sheet.new_id("source"))
    fact = SourceDescribed(
        source=id,
        name=name,
        place=named(station.place, "/place"),
        role=station.role,
        protocol=station.protocol,
        timezone=station.timezone,
        date_hint=station.date_hint,
        offset_us=station.offset_us,
        error_us=station.error_us,
    )
    if state.sources.get(id) != fact:
        sheet.record(fact)
    return id


def served(state: MeetState, place: str) -> Iterator[tuple[Event, TimingPoint]]:
    """The points that a reader at this place times: a place is compared exactly."""
    return ((event, point) for event, point in _points(state) if point.place == place)


def hint(state: MeetState, place: str) -> str | None:
    """What is probably wrong with a place that serves no point, as a sentence."""
    places = list(dict.fromkeys(point.place for _, point in _points(state)))
    if place in places:
        return None
    if not places:
        return f"no event has a point at {place!r}: this meet has no events yet"
    return f"no event has a point at {place!r}: the places of this meet are {', '.join(map(repr, places))}"


def _points(state: MeetState) -> Iterator[tuple[Event, TimingPoint]]:
    return ((event, point) for event in events_of(state) for point in event.spec.points)
