"""What a fact shows in: the ids whose ETag it moves."""

import pytest

from app.domain.facts import (
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    EventDescribed,
    Fact,
    HeatWithdrawn,
    LegsNamed,
    MeetClosed,
    SourceDescribed,
    StartSignal,
    Undone,
)
from app.domain.fold import MEET
from app.domain.ids import AssignmentId, AthleteId, Chip, RegistrationId
from tests.domain.log import (
    ANNA_DASH,
    BEA,
    BEA_DASH,
    DASH,
    DASH_SPEC,
    FIELD,
    GUN,
    HEAT_1,
    HEAT_2,
    LOG,
    MAT,
    READY,
    ROAD,
    after,
    entered,
)

CARA = AthleteId("ath_cara")


def moved(*facts: Fact) -> set[str]:
    """Ids whose ETag these facts, recorded after the race, have moved."""
    return {id for id, seq in after(*facts).touched.items() if seq > len(LOG)}


@pytest.mark.parametrize(
    ("fact", "ids"),
    [
        (MeetClosed(), {MEET}),
        (StartSignal(heat=HEAT_2, at=GUN), {HEAT_2, DASH}),
        (EventDescribed(event=DASH, spec=DASH_SPEC), {DASH, HEAT_1, HEAT_2}),
        (entered(RegistrationId("reg_br"), ROAD, BEA, "8"), {"reg_br", ROAD, FIELD}),
        (ChipAssigned(assignment=AssignmentId("chip_b"), chip=Chip("C8"), athlete=BEA), {"chip_b", DASH}),
        (SourceDescribed(source=MAT, name="mat", place="start"), {MAT, DASH, ROAD}),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_fact_touches_what_shows_it(fact: Fact, ids: set[str]) -> None:
    assert ids <= moved(fact)


@pytest.mark.parametrize(
    "fact",
    [
        AthleteErased(athlete=CARA),
        AthleteDescribed(athlete=CARA, sex="W"),
        entered(RegistrationId("reg_c"), ROAD, CARA, "9"),
    ],
)
def test_what_a_runner_of_a_relay_team_is_called_shows_in_heat_and_event(fact: Fact) -> None:
    named = LegsNamed(heat=HEAT_1, registration=ANNA_DASH, athletes=(BEA, CARA))
    state = after(AthleteDescribed(athlete=CARA, sex="W"), named, fact)
    assert (state.touched[HEAT_1], state.touched[DASH]) == (state.head, state.head)
    assert state.touched[HEAT_2] < state.head


def test_a_heat_that_is_gone_shows_no_relay_team() -> None:
    named = LegsNamed(heat=HEAT_2, registration=BEA_DASH, athletes=(CARA,))
    state = after(
        AthleteDescribed(athlete=CARA, sex="W"), named, HeatWithdrawn(heat=HEAT_2), AthleteErased(athlete=CARA)
    )
    assert state.touched[HEAT_2] < state.head


def test_what_happens_in_one_heat_leaves_the_other_and_other_events_alone() -> None:
    assert moved(StartSignal(heat=HEAT_2, at=GUN)) == {HEAT_2, DASH}


def test_undoing_may_show_anywhere_so_every_position_moves() -> None:
    state = after(Undone(target_seq=READY + 2))
    assert set(state.touched.values()) == {len(LOG) + 1}
    assert state.touched.keys() >= after().touched.keys()


def test_what_an_undoing_took_away_has_moved_too() -> None:
    registered = entered(RegistrationId("reg_br"), ROAD, BEA, "8")
    assert after(registered, Undone(target_seq=len(LOG) + 1)).touched["reg_br"] == len(LOG) + 2


def test_positions_of_touches_never_go_back() -> None:
    before, later = after().touched, after(Undone(target_seq=READY + 1)).touched
    assert all(later[id] >= seq for id, seq in before.items())
