"""What each kind of fact does to a meet."""

import pytest

from app.domain.codec import KINDS
from app.domain.facts import (
    ChipAssigned,
    ChipReleased,
    EventDescribed,
    Fact,
    FinishesRead,
    HeatRerun,
    LineTimeTaken,
    Reading,
    Registered,
    RegistrationWithdrawn,
    RoundDrawn,
    SourceDescribed,
    StartRecalled,
    StartSignal,
    Undone,
)
from app.domain.fold import EFFECTS
from app.domain.ids import Bib, Chip, RegistrationId, TimeId
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
    LOG,
    MAT,
    ROAD,
    SETUP,
    TAG,
    after,
    drawn,
    entered,
    state_of,
)


def test_every_kind_has_an_effect() -> None:
    assert set(EFFECTS) | {Undone} == set(KINDS.values())


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


def test_r40_a_wind_goes_with_the_running_of_those_who_were_read() -> None:
    def read(of: RegistrationId, wind: int) -> FinishesRead:
        one = Reading(registration=of, elapsed_us=Duration(10_000_000))
        return FinishesRead(heat=HEAT_1, method="photo_finish", readings=(one,), wind_mm_per_s=wind)

    again = HeatRerun(heat=HEAT_1, only=(BEA_DASH,))
    heat = after(read(ANNA_DASH, 2_500), again, read(BEA_DASH, 300)).heats[HEAT_1]
    assert (heat.wind_of(ANNA_DASH), heat.wind_of(BEA_DASH)) == (2_500, 300)
    assert after(read(ANNA_DASH, 2_500), again).heats[HEAT_1].wind_of(BEA_DASH) is None
    assert [one.wind_mm_per_s for one in heat.counting] == [2_500, 300]
    assert len(after(again, HeatRerun(heat=HEAT_1)).heats[HEAT_1].counting) == 1


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
