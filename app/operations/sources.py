"""Sources: readers by name, each at a place."""

from dataclasses import dataclass
from typing import Literal

from app.domain.facts import SourceDescribed
from app.domain.ids import SourceId
from app.domain.units import Duration
from app.operations.checks import day, named, within, zone
from app.operations.sheet import Sheet, writable

MOST_OFFSET_US = 100 * 366 * 24 * 3_600_000_000
"""A clock that was never set starts in some other year, often 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """Where a reader stands. `offset_us` is added to every time that it reports."""

    place: str
    role: Literal["main", "backup"] = "main"
    protocol: str | None = None
    timezone: str | None = None
    date_hint: str | None = None
    offset_us: Duration = Duration(0)


def put(sheet: Sheet, name: str, station: Station) -> SourceId:
    """Describe the source, a new one or anew. The same again records nothing."""
    state = writable(sheet.state)
    named(name, "/source")
    if station.timezone is not None:
        zone(station.timezone, "/timezone")
    if station.date_hint is not None:
        day(station.date_hint, "/date_hint")
    within(station.offset_us, -MOST_OFFSET_US, MOST_OFFSET_US, "/offset_us", "a correction in microseconds")
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
    )
    if state.sources.get(id) != fact:
        sheet.record(fact)
    return id
