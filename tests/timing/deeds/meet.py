"""Facts of the meet and its events, made up."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final

from app.domain.facts import (
    DesignChosen,
    EventDescribed,
    EventWithdrawn,
    Fact,
    MeetClosed,
    MeetDescribed,
    MeetReopened,
    MeetWithdrawn,
    RecordsListed,
)
from app.domain.meet import MeetSpec
from app.domain.records import RecordList
from app.domain.state import MeetState
from app.domain.units import Duration
from tests.timing.builders import S, Script
from tests.timing.deeds.choosing import Deed

POLICIES: Final = ("immediate", "one_per_race", "retro_two_step")


def _meet_described(script: Script, r: Random, state: MeetState) -> Fact | None:
    rules: dict[str, Any] = r.choice(({}, {"starts": {"false_starts": r.choice(POLICIES)}}))
    spec = MeetSpec(name="M", timezone="Europe/Oslo", starts_on="2027-01-15", ends_on="2027-01-15", rules=rules)
    return MeetDescribed(spec=spec)


def _event_described(script: Script, r: Random, state: MeetState) -> Fact | None:
    event = r.choice(list(state.events.values()))
    ranking = r.choice(("gun", "net")) if event.spec.timing == "transponder" else event.spec.ranking
    cut_off = r.choice((None, Duration(2_000 * S)))
    return EventDescribed(event=event.id, spec=replace(event.spec, ranking=ranking, cut_off_us=cut_off))


def _event_withdrawn(script: Script, r: Random, state: MeetState) -> Fact | None:
    return EventWithdrawn(event=r.choice(list(state.events))) if r.random() < 0.3 else None


def _records_listed(script: Script, r: Random, state: MeetState) -> Fact | None:
    return RecordsListed(lists=(RecordList(name="club", title="", source="", as_of="2026-01-01", records=()),))


DEEDS: Final[Mapping[type, Deed]] = {
    MeetDescribed: _meet_described,
    MeetClosed: lambda script, r, state: MeetClosed(),
    MeetReopened: lambda script, r, state: MeetReopened(),
    MeetWithdrawn: lambda script, r, state: MeetWithdrawn(),
    EventDescribed: _event_described,
    EventWithdrawn: _event_withdrawn,
    RecordsListed: _records_listed,
    DesignChosen: lambda script, r, state: DesignChosen(),
}
