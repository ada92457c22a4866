"""What undoing takes back, and that the way to a state does not matter."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.facts import (
    AthleteDescribed,
    ChipAssigned,
    Fact,
    FinishesRead,
    HeatRerun,
    MeetClosed,
    Reading,
    Recorded,
    Registered,
    RosterImported,
    StartRecalled,
    StartSignal,
    Undone,
)
from app.domain.fold import fold, undone
from app.domain.ids import AssignmentId, AthleteId, Bib, Chip, ImportId, RegistrationId
from app.domain.state import MeetState
from app.domain.units import Duration, Instant
from tests.domain.log import (
    ANNA,
    ANNA_DASH,
    BEA,
    BEA_DASH,
    DASH,
    FIELD,
    GUN,
    HEAT_1,
    HEAT_2,
    LATER,
    LOG,
    READY,
    SETUP,
    TAG,
    after,
    recorded,
)


def plain(value: Any) -> Any:
    """A state as text without where it came from: equal for equal states."""
    if isinstance(value, MeetState):
        names = [name for name in MeetState.__slots__ if name not in ("log", "voided", "head", "touched")]
        return {name: plain(getattr(value, name)) for name in names}
    return repr(value)


def undoing(fact: Fact) -> tuple[MeetState, MeetState]:
    """The meet with a fact undone, and the same one without the fact."""
    return after(fact, Undone(target_seq=len(LOG) + 1)), after()


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


def test_an_import_that_is_undone_takes_along_whom_it_brought() -> None:
    start = MeetState()
    fold(start, recorded(SETUP))
    known = set(start.registrations), set(start.athletes), set(start.chips)
    newcomer = AthleteId("ath_new"), RegistrationId("reg_new")
    first = start.head + 1
    news: list[Fact] = [
        AthleteDescribed(athlete=newcomer[0], sex="W"),
        Registered(registration=newcomer[1], event=DASH, athlete=newcomer[0], bib=Bib("99")),
        ChipAssigned(assignment=AssignmentId("chip_new"), chip=Chip("C99"), athlete=newcomer[0]),
        RosterImported(roster_import=ImportId("imp_new"), event=DASH, first_seq=first),
        MeetClosed(),
    ]
    fold(start, recorded(news, first))
    assert newcomer[1] in start.registrations
    assert list(start.imports) == ["imp_new"]
    fold(start, recorded([Undone(target_seq=first + 3)], first + 5))
    assert (set(start.registrations), set(start.athletes), set(start.chips)) == known
    assert start.voided == {first, first + 1, first + 2, first + 3}
    assert start.closed, "what came after it stays"
    assert (start.imports, Bib("99") in start.by_bib) == ({}, False)
