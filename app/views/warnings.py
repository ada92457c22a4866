"""What officials should know of a starter before the race: cards, steps over a line, too little rest."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from app.domain.facts import Starter
from app.domain.ids import RegistrationId
from app.domain.state import Event, Heat, MeetState
from app.domain.units import Instant, format_instant
from app.rules.rest import short_rest
from app.rules.rulesets import rules_of
from app.timing.lined_up import comes_with_card
from app.timing.penalties import excluded_by, lane_steps

LISTED: Final = ("excluded", "YC", "L", "short_rest")


def starter_flags(state: MeetState, heat: Heat, starter: Starter) -> list[str]:
    """`excluded` and `YC` of the meet (R38), `L` from an earlier round (R39), `short_rest` (R41)."""
    event, id = state.events[heat.event], starter.registration
    told = (
        excluded_by(state, event, id, [heat]) is not None,
        comes_with_card(state, event, heat, id),
        not heat.drawn.open and any(where != heat.id for _, where, _ in lane_steps(event, id)),
        bool(starter_warnings(state, heat, starter)),
    )
    return [name for name, holds in zip(LISTED, told, strict=True) if holds]


def starter_warnings(state: MeetState, heat: Heat, starter: Starter) -> list[str]:
    """Sentences for whoever draws up the programme; nothing is refused for them (R41)."""
    event = state.events[heat.event]
    at, before = begins(event, heat), last_before(event, heat, starter.registration)
    if at is None or before is None:
        return []
    same_day = _day(state, at) == _day(state, before)
    table = rules_of(state.spec, event.spec).rounds.rest
    wrong = short_rest(event.spec.distance_m, at - before, same_day, table)
    return [wrong] if wrong else []


def begins(event: Event, heat: Heat) -> Instant | None:
    """The gun that counts, else when its round is scheduled."""
    if heat.now.start is not None:
        return heat.now.start[1].at
    return next((spec.scheduled_at for spec in event.spec.rounds if spec.name == heat.round), None)


def last_before(event: Event, heat: Heat, id: RegistrationId) -> Instant | None:
    """When the runner's last race in an earlier round began, or is to begin."""
    return max(_earlier(event, heat, id), default=None)


def _earlier(event: Event, heat: Heat, id: RegistrationId) -> Iterator[Instant]:
    names = [spec.name for spec in event.spec.rounds]
    for name in names[: names.index(heat.round)] if heat.round in names else ():
        for other in event.rounds.get(name, {}).values():
            at = begins(event, other) if event.starts(other, id) else None
            if at is not None:
                yield at


def _day(state: MeetState, at: Instant) -> date:
    """By the clock of the place."""
    zone = ZoneInfo(state.spec.timezone if state.spec else "UTC")
    return datetime.fromisoformat(format_instant(at)).astimezone(zone).date()
