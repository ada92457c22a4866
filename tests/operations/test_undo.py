from copy import deepcopy
from typing import Any

import pytest

from app.domain.facts import QualifiersFixed
from app.domain.ids import Bib, Chip, EventId, HeatId, RegistrationId, TextId
from app.domain.refusals import Contradicts, FactsDepend, NotFound
from app.domain.units import Duration, Instant
from app.operations import chips, finishes, line_times, registrations, rounds, rulings, starts
from app.operations.finishes import Finish
from app.operations.rulings import Decision
from app.operations.undo import undo
from tests.operations.fakes import GUN, FakeSheet
from tests.operations.scenes import HEATS_AND_FINAL, draw, place, register, road_race, sprint


def race() -> tuple[FakeSheet, HeatId]:
    sheet, event = road_race()
    register(sheet, event, "7", "9")
    return sheet, draw(sheet, event)[0].heat


def at(seconds: int) -> Instant:
    return Instant(GUN + seconds * 1_000_000)


def refused(sheet: FakeSheet, seq: int) -> tuple[str, ...]:
    """What the undoing would leave hanging."""
    before = len(sheet.facts)
    with pytest.raises(FactsDepend) as refusal:
        undo(sheet, seq)
    assert len(sheet.facts) == before
    return refusal.value.later


def test_a_ruling_undone_counts_as_never_made_and_undoing_that_restores_it() -> None:
    sheet, heat = race()
    rulings.rule(sheet, heat, Decision(bib=Bib("7"), kind="dq"))
    dq = sheet.state.head
    undoing = undo(sheet, dq, "protest upheld")
    assert sheet.state.heats[heat].now.rulings == []
    assert sheet.texts[TextId("txt_1")] == "protest upheld"
    undo(sheet, undoing)
    assert [seq for seq, _ in sheet.state.heats[heat].now.rulings] == [dq]


def test_what_is_undone_is_not_undone_twice() -> None:
    sheet, heat = race()
    gun = starts.start(sheet, heat, at(0))
    undo(sheet, gun)
    with pytest.raises(Contradicts, match="undone already"):
        undo(sheet, gun)


def test_every_decision_about_a_heat_can_be_undone() -> None:
    sheet, heat = race()
    verbs: list[Any] = [
        lambda: starts.start(sheet, heat, at(0)),
        lambda: starts.recall(sheet, heat),
        lambda: starts.start(sheet, heat, at(5)),
        lambda: starts.close(sheet, heat, at(99)),
        lambda: starts.reopen(sheet, heat),
        lambda: finishes.read_finishes(sheet, heat, "hand", [Finish(bib=Bib("7"), elapsed_us=Duration(9))]),
        lambda: line_times.take(sheet, heat, at(9), "9"),
        lambda: starts.rerun(sheet, heat),
    ]
    for verb in verbs:
        before = deepcopy(sheet.state.heats[heat].attempts)
        verb()
        undo(sheet, sheet.state.head)
        assert sheet.state.heats[heat].attempts == before
        undo(sheet, sheet.state.head)


def test_what_was_described_is_changed_instead_and_what_is_no_fact_is_not_found() -> None:
    sheet, _ = race()
    for seq in (1, 2, 3, 4):
        with pytest.raises(Contradicts, match="describe the thing anew"):
            undo(sheet, seq)
    for seq in (0, 999):
        with pytest.raises(NotFound):
            undo(sheet, seq)


def test_a_draw_stays_while_its_heats_were_used() -> None:
    sheet, event = sprint()
    register(sheet, event, "7", "9")
    (heat,) = place(sheet, event, "1:7 2:9")
    drawn = sheet.state.head
    gun = starts.start(sheet, heat, at(0))
    assert refused(sheet, drawn) == (f"start_signal {gun}",)
    undo(sheet, gun)
    undo(sheet, drawn)
    assert sheet.state.heats == {}


def test_a_draw_replaced_by_another_can_be_undone_but_not_one_that_moves_started_runners() -> None:
    sheet, event = sprint()
    register(sheet, event, "7", "9")
    place(sheet, event, "1:7 2:9")
    first = sheet.state.head
    (heat,) = place(sheet, event, "2:7 1:9")
    second = sheet.state.head
    gun = starts.start(sheet, heat, at(0))
    assert refused(sheet, second) == (f"start_signal {gun}",)
    undo(sheet, first)


def test_a_late_wave_can_be_undone_while_only_the_others_have_started() -> None:
    sheet, event = road_race()
    register(sheet, event, "7", wave="A")
    (one,) = draw(sheet, event)
    register(sheet, event, "9", wave="B")
    late = sheet.state.head
    starts.start(sheet, one.heat, at(0))
    undo(sheet, late)
    assert list(sheet.state.heats) == [one.heat]


def test_a_heat_taken_back_can_be_restored_and_keeps_its_draw_while_it_is_needed() -> None:
    sheet, event = sprint(relay_legs=4)
    register(sheet, event, "A", "1", "2", "3", "4")
    (heat,) = place(sheet, event, "1:A")
    drawn = sheet.state.head
    rounds.withdraw_heat(sheet, heat)
    gone = sheet.state.head
    assert refused(sheet, drawn) == (f"heat_withdrawn {gone}",)
    undo(sheet, gone)
    assert list(sheet.state.heats) == [heat]


def test_a_new_running_stays_while_it_was_used() -> None:
    sheet, heat = race()
    starts.start(sheet, heat, at(0))
    starts.rerun(sheet, heat)
    rerun = sheet.state.head
    gun = starts.start(sheet, heat, at(60))
    assert refused(sheet, rerun) == (f"start_signal {gun}",)
    undo(sheet, gun)
    undone = undo(sheet, rerun)
    rulings.rule(sheet, heat, Decision(bib=Bib("7"), kind="dnf"))
    assert refused(sheet, undone) == (f"ruling {sheet.state.head}",)


def test_a_chip_that_was_taken_back_has_to_have_been_handed_out() -> None:
    sheet, _ = race()
    id = chips.assign(sheet, Chip("C1"), Bib("7"))
    assigned = sheet.state.head
    chips.release(sheet, id)
    assert refused(sheet, assigned) == (f"chip_released {sheet.state.head}",)


def test_a_chip_is_not_brought_back_to_a_second_runner() -> None:
    sheet, _ = race()
    id = chips.assign(sheet, Chip("C1"), Bib("7"))
    chips.release(sheet, id)
    released = sheet.state.head
    chips.assign(sheet, Chip("C1"), Bib("9"))
    assert refused(sheet, released) == (f"chip_assigned {sheet.state.head}",)


def test_the_end_of_an_assignment_stays_while_the_chip_is_on_somebody_else() -> None:
    sheet, _ = race()
    id = chips.assign(sheet, Chip("C1"), Bib("7"))
    chips.change(sheet, id, {"until": at(60)})
    ended = sheet.state.head
    chips.assign(sheet, Chip("C1"), Bib("9"), at(60))
    assert refused(sheet, ended) == (f"chip_assigned {sheet.state.head}",)
    chips.assign(sheet, Chip("C2"), Bib("9"))
    undo(sheet, sheet.state.head)


def test_a_time_that_was_dropped_has_to_have_been_taken() -> None:
    sheet, heat = race()
    id = line_times.take(sheet, heat, at(9))
    taken = sheet.state.head
    line_times.drop(sheet, id)
    dropped = sheet.state.head
    assert refused(sheet, taken) == (f"line_time_dropped {dropped}",)
    undo(sheet, dropped)
    undo(sheet, taken)


def test_qualifiers_stay_while_the_next_round_is_drawn_from_them() -> None:
    sheet, event = sprint(rounds=HEATS_AND_FINAL)
    register(sheet, event, "7", "9")
    place(sheet, event, "1:7 2:9", round="heats")
    fixed = sheet.record(QualifiersFixed(event=EventId(event), round="heats", qualifiers=()))
    place(sheet, event, "1:7")
    assert refused(sheet, fixed) == (f"round_drawn {sheet.state.head}",)
    undo(sheet, sheet.state.head)
    undo(sheet, fixed)
    assert sheet.state.events[event].qualifiers == {}


def test_a_registration_is_not_undone_by_number() -> None:
    sheet, event = road_race()
    register(sheet, event, "7")
    registrations.withdraw(sheet, RegistrationId("reg_1"))
    with pytest.raises(Contradicts, match="registration_withdrawn"):
        undo(sheet, sheet.state.head)


def test_an_end_is_not_brought_back_before_the_gun() -> None:
    sheet, heat = race()
    starts.start(sheet, heat, at(0))
    starts.close(sheet, heat, at(60))
    reopened = starts.reopen(sheet, heat)
    gun = starts.start(sheet, heat, at(90))
    assert refused(sheet, reopened) == (f"start_signal {gun}",)
    undo(sheet, gun)
    undo(sheet, reopened)
    assert sheet.state.heats[heat].now.closed_at == at(60)


def test_a_gun_is_not_brought_back_behind_the_end() -> None:
    sheet, heat = race()
    starts.start(sheet, heat, at(90))
    recalled = starts.recall(sheet, heat)
    closed = starts.close(sheet, heat, at(60))
    assert refused(sheet, recalled) == (f"heat_closed {closed}",)
    starts.start(sheet, heat, at(0))
    undo(sheet, recalled)


def test_a_gun_that_another_corrected_is_not_brought_back_behind_the_end() -> None:
    sheet, heat = race()
    starts.start(sheet, heat, at(90))
    corrected = starts.start(sheet, heat, at(0))
    closed = starts.close(sheet, heat, at(60))
    assert refused(sheet, corrected) == (f"heat_closed {closed}",)


def test_the_end_that_is_brought_back_is_refused_for_the_gun_that_counts_now() -> None:
    sheet, heat = race()
    gun = starts.start(sheet, heat, at(90))
    recalled = starts.recall(sheet, heat)
    undone = undo(sheet, starts.close(sheet, heat, at(60)))
    undo(sheet, recalled)
    assert refused(sheet, undone) == (f"start_signal {gun}",)


def test_what_a_recall_a_reopening_and_another_running_speak_of_stays() -> None:
    sheet, heat = race()
    gun = starts.start(sheet, heat, at(0))
    recalled = starts.recall(sheet, heat)
    assert refused(sheet, gun) == (f"start_recalled {recalled}",)
    ended = starts.close(sheet, heat, at(60))
    reopened = starts.reopen(sheet, heat)
    assert refused(sheet, ended) == (f"heat_reopened {reopened}",)
    undo(sheet, recalled)
    rerun = starts.rerun(sheet, heat)
    assert refused(sheet, gun) == (f"heat_rerun {rerun}",)


def test_the_end_of_a_void_running_says_nothing_about_the_next_gun() -> None:
    sheet, heat = race()
    starts.start(sheet, heat, at(0))
    starts.close(sheet, heat, at(60))
    starts.rerun(sheet, heat)
    first = starts.start(sheet, heat, at(90))
    starts.start(sheet, heat, at(120))
    undo(sheet, first)


def test_an_assignment_stays_while_it_was_changed_later() -> None:
    sheet, _ = race()
    id = chips.assign(sheet, Chip("C1"), Bib("7"))
    assigned = sheet.state.head
    chips.change(sheet, id, {"until": at(60)})
    changed = sheet.state.head
    assert refused(sheet, assigned) == (f"chip_assigned {changed}",)
    undo(sheet, changed)
    undo(sheet, assigned)
    assert sheet.state.assignments == {}


def test_a_time_stays_while_it_was_corrected_later() -> None:
    sheet, heat = race()
    id = line_times.take(sheet, heat, at(9))
    taken = sheet.state.head
    line_times.change(sheet, id, {"bib": "7"})
    corrected = sheet.state.head
    assert refused(sheet, taken) == (f"line_time_taken {corrected}",)
    undo(sheet, corrected)
    undo(sheet, taken)
    assert sheet.state.line_times == {}
