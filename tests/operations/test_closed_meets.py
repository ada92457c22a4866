"""One guard for nearly all verbs: a closed meet takes no fact, from nobody, but for what cannot wait."""

from collections.abc import Callable
from typing import Any

import pytest

from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, HeatId, RegistrationId, TimeId
from app.domain.refusals import MeetIsClosed, NotFound
from app.operations import (
    advance,
    athletes,
    chips,
    conflicts,
    events,
    finishes,
    legs,
    line_times,
    meets,
    read_rulings,
    registrations,
    roster,
    rounds,
    rulings,
    sources,
    start_lists,
    starts,
    undo,
)
from app.operations.people import Identity
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import ROAD, draw, entry, register, road_race

HOLM = Identity(sex="M", family_name="Holm")
VERBS: dict[str, Callable[[FakeSheet, Any], object]] = {
    "change the meet": lambda s, e: meets.change(s, {"name": "other"}),
    "change the meet and who may see it": lambda s, e: meets.change(s, {"name": "other", "visibility": "public"}),
    "close": lambda s, e: meets.close(s),
    "withdraw the meet": lambda s, e: meets.withdraw(s),
    "describe an event": lambda s, e: events.describe(s, ROAD),
    "change an event": lambda s, e: events.change(s, e, {"name": "other"}),
    "withdraw an event": lambda s, e: events.withdraw(s, e),
    "clone an event": lambda s, e: events.clone(s, e),
    "create an athlete": lambda s, e: athletes.create(s, HOLM),
    "change an athlete": lambda s, e: athletes.change(s, AthleteId("ath_1"), {"club": "other"}),
    "register": lambda s, e: registrations.register(s, e, entry("9")),
    "change a registration": lambda s, e: registrations.change(s, RegistrationId("reg_1"), {"bib": "8"}),
    "withdraw a registration": lambda s, e: registrations.withdraw(s, RegistrationId("reg_1")),
    "import": lambda s, e: roster.import_roster(s, e, b"bib,sex,family_name\n9,M,Holm\n"),
    "assign a chip": lambda s, e: chips.assign(s, Chip("C2"), Bib("7")),
    "change an assignment": lambda s, e: chips.change(s, AssignmentId("chip_1"), {"until": GUN}),
    "release a chip": lambda s, e: chips.release(s, AssignmentId("chip_1")),
    "put a source": lambda s, e: sources.put(s, "mat", sources.Station(place="finish")),
    "draw": lambda s, e: rounds.draw(s, e, "final", 1),
    "put heats": lambda s, e: start_lists.put_heats(s, e, "final", []),
    "withdraw a heat": lambda s, e: rounds.withdraw_heat(s, HeatId("heat_1")),
    "name legs": lambda s, e: legs.name_legs(s, HeatId("heat_1"), []),
    "start": lambda s, e: starts.start(s, HeatId("heat_1"), GUN),
    "recall": lambda s, e: starts.recall(s, HeatId("heat_1")),
    "close a heat": lambda s, e: starts.close(s, HeatId("heat_1")),
    "reopen a heat": lambda s, e: starts.reopen(s, HeatId("heat_1")),
    "run again": lambda s, e: starts.rerun(s, HeatId("heat_1")),
    "read finishes": lambda s, e: finishes.read_finishes(s, HeatId("heat_1"), "hand", []),
    "take a time": lambda s, e: line_times.take(s, HeatId("heat_1"), GUN),
    "change a time": lambda s, e: line_times.change(s, TimeId("time_1"), {"bib": "7"}),
    "drop a time": lambda s, e: line_times.drop(s, TimeId("time_1")),
    "rule": lambda s, e: rulings.rule(s, HeatId("heat_1"), rulings.Decision(bib=Bib("7"), kind="dq")),
    "rule on a conflict": lambda s, e: conflicts.rule(s, 1, "first"),
    "rule out a read": lambda s, e: read_rulings.rule_out(s, 1),
    "advance": lambda s, e: advance.fix_qualifiers(s, e, "final"),
    "undo": lambda s, e: undo.undo(s, 1),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_closed_meet_refuses_every_verb(verb: Callable[[FakeSheet, Any], object]) -> None:
    sheet, event = road_race()
    register(sheet, event, "7", chips="C1")
    draw(sheet, event)
    meets.close(sheet)
    before = len(sheet.facts)
    with pytest.raises(MeetIsClosed):
        verb(sheet, event)
    assert len(sheet.facts) == before


URGENT: dict[str, Callable[[FakeSheet], object]] = {
    "erase an athlete": lambda s: athletes.erase(s, AthleteId("ath_1")),
    "change who may see it": lambda s: meets.change(s, {"visibility": "private"}),
}


@pytest.mark.parametrize("verb", URGENT.values(), ids=URGENT)
def test_what_protects_somebody_does_not_wait_until_the_meet_is_reopened(verb: Callable[[FakeSheet], object]) -> None:
    sheet, event = road_race()
    register(sheet, event, "7")
    meets.change(sheet, {"visibility": "public"})
    meets.close(sheet)
    before = len(sheet.facts)
    verb(sheet)
    assert len(sheet.facts) == before + 1
    assert sheet.state.closed


def test_a_withdrawn_meet_shows_nobody_and_forgets_who_asks_for_it() -> None:
    sheet, event = road_race()
    register(sheet, event, "7")
    meets.withdraw(sheet)
    with pytest.raises(NotFound):
        meets.change(sheet, {"visibility": "private"})
    athletes.erase(sheet, AthleteId("ath_1"))
    assert sheet.state.athletes[AthleteId("ath_1")].erased
