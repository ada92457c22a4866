"""Series over several events, of one meet or of several: made, changed, looked at by those who may (R82)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from app.domain.ids import PREFIXES, EventId, MeetId, SeriesId
from app.domain.meet import BY_LINK
from app.domain.refusals import Invalid, NotFound
from app.domain.units import Instant
from app.operations import identity
from app.operations.access import Access, Audience, Principal, may
from app.rules.series import SeriesRules, check_series_rules
from app.store import Reader, Writer
from app.store.series import Race, SeriesRow


@dataclass(frozen=True, slots=True)
class Described:
    """A series as its organizer describes it; `events` in the order in which they are run."""

    name: str
    events: Sequence[EventId]
    rules: SeriesRules


def make(tx: Writer, who: Principal, told: Described, now: Instant) -> SeriesRow:
    """It belongs to the organization of whoever makes it."""
    row = SeriesRow(
        id=SeriesId(identity.new_id("series")),
        organization=who.organization,
        name=told.name,
        races=_races(tx, who, told.events),
        rules=_checked(told.rules),
        created_at=now,
    )
    tx.series.put(row)
    return row


def change(tx: Writer, who: Principal, row: SeriesRow, told: Described) -> SeriesRow:
    """Another name, other events or rules."""
    changed = replace(row, name=told.name, races=_races(tx, who, told.events), rules=_checked(told.rules))
    tx.series.put(changed)
    return changed


def owned(tx: Reader, who: Principal, id: SeriesId) -> SeriesRow:
    """The series, if it is theirs; to others it is not there."""
    row = tx.series.get(id)
    if row is None or not who.owns(row.organization):
        raise NotFound("series", id)
    return row


def seen_by(tx: Reader, access: Access, id: SeriesId) -> tuple[SeriesRow, Audience]:
    """The series, and for whom its standings are made: anybody may see those whose meets are all open to them."""
    row = tx.series.get(id)
    if row is None:
        raise NotFound("series", id)
    if access.who is not None and may(access.who, "meets:read") and access.who.owns(row.organization):
        return row, "organizer"
    if all(_is_open(tx, meet) for meet in meets_of(row)):
        return row, "public"
    raise NotFound("series", id)


def meets_of(row: SeriesRow) -> Collection[MeetId]:
    return dict.fromkeys(meet for meet, _ in row.races)


def _is_open(tx: Reader, id: MeetId) -> bool:
    meet = tx.meets.get(id)
    return meet is not None and meet.visibility in BY_LINK


def _races(tx: Reader, who: Principal, events: Sequence[EventId]) -> tuple[Race, ...]:
    """Where each event is held; `Invalid` for one that is listed twice, or that is not theirs to see."""
    out = list[Race]()
    for index, event in enumerate(events):
        meet = tx.meets.around(event) if event.startswith(f"{PREFIXES['event']}_") else None
        if meet is None or not who.sees(meet):
            raise Invalid(
                f"/races/{index}/event_id", "unknown_event", f"there is no event {event!r} here: list ids of events"
            )
        if (meet.id, event) in out:
            raise Invalid(
                f"/races/{index}/event_id", "event_twice", "this event is listed already: each race counts once"
            )
        out.append((meet.id, event))
    return tuple(out)


def _checked(rules: SeriesRules) -> SeriesRules:
    check_series_rules(rules, "/rules")
    return rules
