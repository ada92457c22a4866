"""What each kind of fact does to a meet, and what undoing takes back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codec import KINDS
from app.domain.facts import (
    AthleteDescribed,
    AthleteErased,
    ChipAssigned,
    ChipReleased,
    EventDescribed,
    Fact,
    FinishesRead,
    HeatRerun,
    HeatWithdrawn,
    LegsNamed,
    LineTimeTaken,
    MeetClosed,
    Reading,
    Recorded,
    Registered,
    RegistrationWithdrawn,
    RoundDrawn,
    SourceDescribed,
    StartRecalled,
    StartSignal,
    Undone,
)
from app.domain.fold import EFFECTS, MEET, fold, undone
from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, RegistrationId, TimeId
from app.domain.state import MeetState
from app.domain.units import Duration, Instant
from tests.domain.log import (
    ANNA,
    ANNA_DASH,
    ANNA_ROAD,
    BEA,
    BEA_DASH,
    DASH,
    DASH_SPEC,
    FIELD,
    GUN,
    HEAT_1,
    HEAT_2,
    LATER,
    MAT,
    RACE,
    READY,
    ROAD,
    SETUP,
    TAG,
    drawn,
    entered,
    recorded,
    state_of,
)

LOG = (*SETUP, *RACE)
CARA = AthleteId("ath_cara")


def plain(value: Any) -> Any:
    """A state as text without where it came from: equal for equal states."""
    if isinstance(value, MeetState):
        names = [name for name in MeetState.__slots__ if name not in ("log", "voided", "head", "touched")]
        return {name: plain(getattr(value, name)) for name in names}
    return repr(value)


def after(*facts: Fact) -> MeetState:
    """The meet after set-up, race and these."""
    return state_of(*LOG, *facts)


def undoing(fact: Fact) -> tuple[MeetState, MeetState]:
    """The meet with a fact undone, and the same one without the fact."""
    return after(fact, Undone(target_seq=len(LOG) + 1)), after()


def test_every_kind_has_an_effect() -> None:
    assert set(EFFECTS) | {Undone} == set(KINDS.values())


# ── what happened is there ───────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_is_found_by_bib_by_athlete_and_by_event() -> None:
    state = state_of(*SETUP)
    assert state.events[DASH].by_bib == {"7": ANNA_DASH, "8": BEA_DASH}
    assert state.events[ROAD].by_athlete == {ANNA: ANNA_ROAD}
    assert state.by_athlete[ANNA] == [ANNA_DASH, ANNA_ROAD]
    assert state.by_bib == {"7": {ANNA}, "8": {BEA}}


def test_a_new_bib_replaces_the_old_one() -> None:
    state = after(entered(BEA_DASH, DASH, BEA, "80"))
    assert state.events[DASH].by_bib == {"7": ANNA_DASH, "80": BEA_DASH}
    assert state.by_bib == {"7": {ANNA}, "8": set(), "80": {BEA}}


def test_a_bib_that_is_still_worn_in_another_event_stays_the_athletes() -> None:
    state = after(entered(ANNA_DASH, DASH, ANNA, "70"))
    assert (state.by_bib[Bib("7")], state.by_bib[Bib("70")]) == ({ANNA}, {ANNA})


def test_who_is_registered_again_is_no_longer_withdrawn() -> None:
    withdrawn = RegistrationWithdrawn(registration=BEA_DASH)
    assert after(withdrawn).registrations[BEA_DASH].withdrawn
    assert not after(withdrawn, entered(BEA_DASH, DASH, BEA, "8")).events[DASH].registrations[BEA_DASH].withdrawn


def test_an_event_described_again_keeps_its_entries_and_heats() -> None:
    spec = EventDescribed(event=DASH, spec=DASH_SPEC)
    state = after(spec)
    assert list(state.events[DASH].registrations) == [ANNA_DASH, BEA_DASH]
    assert list(state.events[DASH].rounds["final"]) == [HEAT_1, HEAT_2]


def test_a_chip_names_its_athlete_until_it_is_released() -> None:
    assert state_of(*SETUP).chips[Chip("C7")] == [TAG]
    released = after(ChipReleased(assignment=TAG))
    assert (released.chips[Chip("C7")], released.assignments) == ([], {})


def test_an_assignment_recorded_again_is_the_same_assignment() -> None:
    state = after(ChipAssigned(assignment=TAG, chip=Chip("C7"), athlete=ANNA, until=GUN))
    assert state.chips[Chip("C7")] == [TAG]
    assert state.assignments[TAG].until == GUN


def test_a_source_can_be_renamed() -> None:
    state = after(SourceDescribed(source=MAT, name="finish mat", place="finish"))
    assert state.source_names == {"finish mat": MAT}


def test_the_latest_start_signal_counts_and_the_earlier_ones_stay() -> None:
    attempt = after(StartSignal(heat=HEAT_1, at=Instant(GUN + 5))).heats[HEAT_1].now
    assert attempt.start is not None
    assert (attempt.start[1].at, len(attempt.starts)) == (GUN + 5, 2)


def test_a_recall_voids_the_start_and_the_next_one_counts() -> None:
    assert after(StartRecalled(heat=HEAT_1)).heats[HEAT_1].now.start is None
    again = after(StartRecalled(heat=HEAT_1), StartSignal(heat=HEAT_1, at=Instant(GUN + 60)))
    assert again.heats[HEAT_1].now.start is not None


def test_before_the_gun_there_is_no_start() -> None:
    assert after().heats[HEAT_2].now.start is None


def test_a_second_reading_corrects_the_first_and_leaves_the_others() -> None:
    both = FinishesRead(
        heat=HEAT_1,
        method="photo_finish",
        readings=(Reading(registration=ANNA_DASH, place=2), Reading(registration=BEA_DASH, place=1)),
    )
    attempt = (
        after(both, FinishesRead(heat=HEAT_1, method="hand", readings=(Reading(registration=BEA_DASH),)))
        .heats[HEAT_1]
        .now
    )
    assert attempt.evaluations[ANNA_DASH].reading.place == 2
    assert attempt.evaluations[BEA_DASH].method == "hand"
    assert attempt.wind_mm_per_s == 300, "a reading without wind leaves the wind that was read"


def test_a_rerun_opens_a_new_attempt_and_keeps_the_void_one() -> None:
    heat = after(HeatRerun(heat=HEAT_1)).heats[HEAT_1]
    void, now = heat.attempts
    assert void.start is not None
    assert (now.start, now.evaluations, now.rulings, now.line_times) == (None, {}, [], {})
    assert heat.has_evidence


def test_a_time_at_the_line_is_corrected_in_the_attempt_where_it_was_taken() -> None:
    bib_later = LineTimeTaken(time=TimeId("time_1"), heat=HEAT_1, at=Instant(GUN + 1), registration=BEA_DASH)
    void, now = after(HeatRerun(heat=HEAT_1), bib_later).heats[HEAT_1].attempts
    assert void.line_times[TimeId("time_1")][1] == bib_later
    assert now.line_times == {}


def test_heats_drawn_again_replace_the_others_and_keep_what_was_run_in_those_that_stay() -> None:
    redrawn = RoundDrawn(event=DASH, round="final", heats=(drawn(HEAT_1, 1, ANNA_DASH, BEA_DASH),))
    state = after(redrawn)
    assert (list(state.events[DASH].rounds["final"]), HEAT_2 in state.heats) == ([HEAT_1], False)
    assert len(state.heats[HEAT_1].drawn.starters) == 2
    assert state.heats[HEAT_1].now.start is not None


@pytest.mark.parametrize("fact", LATER, ids=lambda fact: type(fact).__name__)
def test_each_kind_can_be_folded_and_moves_the_head(fact: Fact) -> None:
    assert after(fact).head == len(LOG) + 1


# ── who starts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_in_an_open_heat_everybody_of_its_wave_starts() -> None:
    late = Registered(registration=RegistrationId("reg_b2"), event=ROAD, athlete=BEA, bib=Bib("8"), wave="B")
    state = after(late, RegistrationWithdrawn(registration=ANNA_ROAD))
    event, field = state.events[ROAD], state.heats[FIELD]
    assert [one.registration for one in event.starters(field)] == [ANNA_ROAD]
    assert [event.starts(field, id) for id in (ANNA_ROAD, late.registration)] == [True, False]


def test_in_a_drawn_heat_those_start_who_were_drawn() -> None:
    event, heat = state_of(*SETUP).events[DASH], state_of(*SETUP).heats[HEAT_1]
    assert [(one.registration, one.lane) for one in event.starters(heat)] == [(ANNA_DASH, 3)]
    assert [event.starts(heat, id) for id in (ANNA_DASH, BEA_DASH)] == [True, False]


# ── what was touched ─────────────────────────────────────────────────────────────────────────────────────────────────


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


# ── undoing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fact", [f for f in LATER if not isinstance(f, Undone)], ids=lambda fact: type(fact).__name__)
def test_what_is_undone_counts_as_never_recorded(fact: Fact) -> None:
    with_undoing, without = undoing(fact)
    assert plain(with_undoing) == plain(without)


def test_undoing_an_undoing_brings_the_fact_back() -> None:
    start = READY + 1
    assert after(Undone(target_seq=start)).heats[HEAT_1].now.start is None
    back = after(Undone(target_seq=start), Undone(target_seq=len(LOG) + 1))
    assert plain(back) == plain(after())


def test_undoing_three_deep_takes_it_away_again() -> None:
    chain = [Undone(target_seq=READY + 1), Undone(target_seq=len(LOG) + 1), Undone(target_seq=len(LOG) + 2)]
    assert after(*chain).heats[HEAT_1].now.start is None


def test_undone_twice_comes_back_when_both_are_undone() -> None:
    target, first = READY + 1, len(LOG) + 1
    twice = [Undone(target_seq=target), Undone(target_seq=target)]
    assert undone(recorded([*LOG, *twice, Undone(target_seq=first)])) == {target, first}
    both = [*twice, Undone(target_seq=first), Undone(target_seq=first + 1)]
    assert undone(recorded([*LOG, *both])) == {first, first + 1}


def test_the_log_keeps_what_was_undone() -> None:
    state = after(Undone(target_seq=READY + 1))
    assert [r.seq for r in state.log] == list(range(1, len(LOG) + 2))
    assert (state.head, state.voided) == (len(LOG) + 1, {READY + 1})


# ── the way there does not matter ────────────────────────────────────────────────────────────────────────────────────

GUNS = st.builds(StartSignal, heat=st.sampled_from([HEAT_1, HEAT_2, FIELD]), at=st.integers(GUN, GUN + 9).map(Instant))
READINGS = st.builds(
    FinishesRead,
    heat=st.sampled_from([HEAT_1, HEAT_2]),
    method=st.sampled_from(["photo_finish", "hand"]),
    readings=st.builds(
        Reading, registration=st.sampled_from([ANNA_DASH, BEA_DASH]), elapsed_us=st.integers(1, 9).map(Duration)
    ).map(lambda reading: (reading,)),
)
CHANGES = st.one_of(
    GUNS,
    READINGS,
    st.builds(StartRecalled, heat=st.sampled_from([HEAT_1, HEAT_2])),
    st.builds(HeatRerun, heat=st.sampled_from([HEAT_1, FIELD])),
    st.builds(ChipAssigned, assignment=st.just(TAG), chip=st.just(Chip("C7")), athlete=st.sampled_from([ANNA, BEA])),
    st.builds(Undone, target_seq=st.integers(READY + 1, READY + 12)),
)


def legal(changes: list[Fact]) -> list[Recorded]:
    """After set-up; nothing is undone before it was recorded."""
    log = recorded([*SETUP, *changes])
    return [r for r in log if not isinstance(r.fact, Undone) or r.fact.target_seq < r.seq]


@given(st.lists(CHANGES, max_size=12), st.data())
def test_folding_in_pieces_is_folding_at_once(changes: list[Fact], data: st.DataObject) -> None:
    log = legal(changes)
    at_once, cut = fold(MeetState(), log), data.draw(st.integers(0, len(log)))
    in_pieces = fold(fold(MeetState(), log[:cut]), log[cut:])
    assert plain(in_pieces) == plain(at_once)
    assert (in_pieces.touched, in_pieces.voided, in_pieces.head) == (at_once.touched, at_once.voided, at_once.head)


@given(st.lists(CHANGES, max_size=12))
def test_a_state_is_that_of_the_log_without_what_was_undone(changes: list[Fact]) -> None:
    log = legal(changes)
    voided = undone(log)
    counting = [r for r in log if r.seq not in voided and not isinstance(r.fact, Undone)]
    assert plain(fold(MeetState(), log)) == plain(fold(MeetState(), counting))
