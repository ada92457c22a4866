"""R31, R47: who stands in before a round starts; R33, R34: lots."""

from dataclasses import replace

import pytest

from app.domain.facts import LotsDrawn, QualifierReplaced, QualifiersFixed
from app.domain.ids import Bib, EventId, HeatId
from app.domain.meet import Advance, RoundSpec
from app.domain.refusals import (
    Contradicts,
    FactsDepend,
    MeetIsClosed,
    NotFound,
    NotRegistered,
    ResultsDepend,
    Undecided,
)
from app.domain.units import Duration
from app.operations import advance, athletes, events, finishes, lots, meets, replacements, rounds, rulings, starts, undo
from app.operations.entrants import Field, reserves
from app.rules.draw import Draw
from tests.operations.fakes import GUN, TimedSheet
from tests.operations.scenes import SPRINT, opened, place, register

PLAN = (RoundSpec(name="heats", advance=Advance(places=1, times=1)), RoundSpec(name="final"))
TIMES = {"1": 10.10, "2": 10.40, "3": 10.60, "4": 10.30, "5": 10.35, "6": 10.50}


def run(*heats: str, **times: float) -> tuple[TimedSheet, EventId, list[HeatId]]:
    """Two heats of three, all of them finished."""
    sheet = opened(TimedSheet())
    event = events.describe(sheet, replace(SPRINT, rounds=PLAN))
    register(sheet, event, *TIMES)
    ids = place(sheet, event, *(heats or ("3:1 4:2 5:3", "3:4 4:5 5:6")), round="heats")
    known = {**TIMES, **{name.removeprefix("b"): seconds for name, seconds in times.items()}}
    for id in ids:
        starters = sheet.state.heats[id].drawn.starters
        bibs = [sheet.state.registrations[one.registration].entry.bib for one in starters]
        read = [finishes.Finish(bib=bib, elapsed_us=Duration(round(known[bib] * 1_000_000))) for bib in bibs]
        finishes.read_finishes(sheet, id, "photo_finish", read)
    return sheet, event, ids


def final(sheet: TimedSheet, event: EventId) -> dict[int | None, str]:
    """Lane → bib."""
    (heat,) = sheet.state.events[event].rounds["final"].values()
    return {one.lane: sheet.state.registrations[one.registration].entry.bib for one in heat.drawn.starters}


def standing_by(sheet: TimedSheet, event: EventId) -> list[str]:
    field = Field(sheet.state, sheet.state.events[event], sheet.projection, sheet.people)
    return [line.bib for line, _ in reserves(field, 1)]


def ready() -> tuple[TimedSheet, EventId, list[HeatId]]:
    sheet, event, heats = run()
    advance.fix_qualifiers(sheet, event, "heats")
    place(sheet, event, "4:1 5:4 6:5", round="final")
    return sheet, event, heats


def letters(sheet: TimedSheet, event: EventId) -> dict[str, str]:
    lines = sheet.projection.round_results(event, "heats")
    return {line.bib: line.qualification for line in lines if line.qualification}


def test_r31_the_next_best_takes_the_same_lane_and_nothing_is_drawn_anew() -> None:
    sheet, event, _ = ready()
    assert standing_by(sheet, event) == ["2", "6", "3"]
    fact, _ = replacements.replace_qualifier(sheet, event, "final", Bib("4"), reason="injured")
    assert (fact.why, fact.how, fact.round, fact.into) == ("withdrawn", "q", "heats", "final")
    assert final(sheet, event) == {4: "1", 5: "2", 6: "5"}
    assert letters(sheet, event) == {"1": "Q", "4": "Q", "5": "q", "2": "q"}
    assert list(sheet.texts.values()) == ["injured"]
    assert fact.reason in sheet.texts


def test_r31_before_the_draw_the_next_best_is_drawn() -> None:
    sheet, event, _ = run()
    advance.fix_qualifiers(sheet, event, "heats")
    replacements.replace_qualifier(sheet, event, "final", Bib("1"))
    rounds.draw(sheet, event, "final", 1)
    assert set(final(sheet, event).values()) == {"2", "4", "5"}


def test_r31_an_official_may_pass_over_a_reserve_and_nobody_else_may_stand_in() -> None:
    sheet, event, _ = ready()
    with pytest.raises(Contradicts, match="2, 6, 3 does") as refused:
        replacements.replace_qualifier(sheet, event, "final", Bib("4"), Bib("1"))
    assert (refused.value.code, refused.value.at) == ("not_a_reserve", "/by")
    replacements.replace_qualifier(sheet, event, "final", Bib("4"), Bib("3"))
    assert final(sheet, event)[5] == "3"
    assert standing_by(sheet, event) == ["2", "6"]


def test_r31_without_a_reserve_the_lane_stays_vacant() -> None:
    sheet, event, _ = ready()
    for bib in ("1", "4", "5"):
        replacements.replace_qualifier(sheet, event, "final", Bib(bib))
    fact, _ = replacements.replace_qualifier(sheet, event, "final", Bib("2"))
    assert (fact.by, fact.how) == (None, None)
    assert final(sheet, event) == {5: "6", 6: "3"}


def test_who_was_replaced_does_not_stand_by_and_is_not_replaced_twice() -> None:
    sheet, event, _ = ready()
    replacements.replace_qualifier(sheet, event, "final", Bib("4"))
    assert "4" not in standing_by(sheet, event)
    with pytest.raises(Contradicts, match="has been replaced in 'final' already"):
        replacements.replace_qualifier(sheet, event, "final", Bib("4"))


def test_only_a_qualifier_is_replaced_and_in_a_later_round() -> None:
    sheet, event, _ = ready()
    for bib, into, refusal in (
        ("6", "final", Contradicts),
        ("1", "heats", Contradicts),
        ("99", "final", NotRegistered),
        ("1", "semi", NotFound),
    ):
        with pytest.raises(refusal):
            replacements.replace_qualifier(sheet, event, into, Bib(bib))
    assert not any(isinstance(fact, QualifierReplaced) for fact in sheet.facts)


def test_r47_once_the_round_has_started_nobody_comes_in() -> None:
    sheet, event, _ = ready()
    (heat,) = sheet.state.events[event].rounds["final"]
    starts.start(sheet, heat, GUN)
    with pytest.raises(ResultsDepend, match="the draw of 'final'"):
        replacements.replace_qualifier(sheet, event, "final", Bib("4"))


def test_r47_after_a_disqualification_the_next_by_place_has_the_place() -> None:
    sheet, event, heats = ready()
    rulings.rule(sheet, heats[1], rulings.Decision(bib=Bib("4"), kind="dq", rule="TR17.3.1"))
    fact, seq = replacements.replace_qualifier(sheet, event, "final", Bib("4"))
    # 5 had come in by time and has the place now; by time 2 comes in.
    assert (fact.why, fact.how) == ("disqualified", "q")
    assert letters(sheet, event) == {"1": "Q", "5": "Q", "2": "q"}
    assert final(sheet, event) == {4: "1", 5: "2", 6: "5"}
    assert isinstance(sheet.facts[-1], QualifiersFixed)
    assert sheet.state.log[seq - 1].fact == fact
    with pytest.raises(FactsDepend, match=f"qualifiers_fixed {seq + 1}"):
        undo.undo(sheet, seq)


def test_a_replacement_is_taken_back_by_undoing_it_unless_the_round_was_run_since() -> None:
    sheet, event, _ = ready()
    _, seq = replacements.replace_qualifier(sheet, event, "final", Bib("4"))
    _, later = replacements.replace_qualifier(sheet, event, "final", Bib("5"))
    with pytest.raises(FactsDepend, match=f"qualifier_replaced {later}"):
        undo.undo(sheet, seq)
    undo.undo(sheet, later)
    undo.undo(sheet, seq)
    assert final(sheet, event) == {4: "1", 5: "4", 6: "5"}
    _, seq = replacements.replace_qualifier(sheet, event, "final", Bib("4"))
    (heat,) = sheet.state.events[event].rounds["final"]
    gun = starts.start(sheet, heat, GUN)
    with pytest.raises(FactsDepend, match=f"start_signal {gun}"):
        undo.undo(sheet, seq)


def test_the_list_that_somebody_was_replaced_in_is_not_undone_beneath() -> None:
    sheet, event, _ = run()
    advance.fix_qualifiers(sheet, event, "heats")
    fixed = sheet.state.head
    _, seq = replacements.replace_qualifier(sheet, event, "final", Bib("4"))
    with pytest.raises(FactsDepend, match=f"qualifier_replaced {seq}"):
        undo.undo(sheet, fixed)


# ── lots ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def level() -> tuple[TimedSheet, EventId]:
    """2 and 5 are level for the last place by time."""
    sheet, event, _ = run(b2=10.35)
    return sheet, event


def test_r34_lots_are_recorded_with_their_seed_and_can_be_drawn_again() -> None:
    sheet, event = level()
    (drawn,) = lots.draw_lots(sheet, event, "heats", 5)
    assert sheet.facts[-1] == drawn
    assert (drawn.seed, drawn.label) == (5, "heats time")
    assert drawn.winners == (Draw(drawn.seed).order(drawn.among, drawn.label)[0],)
    won = sheet.state.registrations[drawn.winners[0]].entry.bib
    assert letters(sheet, event) == {"1": "Q", "4": "Q", won: "qD"}
    with pytest.raises(Contradicts, match="there is nothing to draw"):
        lots.draw_lots(sheet, event, "heats", 5)


def test_r34_each_of_those_level_can_win() -> None:
    winners = set()
    for seed in range(8):
        sheet, event = level()
        (drawn,) = lots.draw_lots(sheet, event, "heats", seed)
        winners |= {sheet.state.registrations[one].entry.bib for one in drawn.winners}
    assert winners == {"2", "5"}


def test_r33_lots_for_a_place_say_which_heat() -> None:
    sheet, event, heats = run(b4=10.35)
    both = [finishes.Finish(bib=Bib(bib), elapsed_us=Duration(10_350_000), place=1) for bib in ("4", "5")]
    finishes.read_finishes(sheet, heats[1], "photo_finish", both)
    drawn = lots.draw_lots(sheet, event, "heats", 1)
    assert [one.label for one in drawn] == ["heats place heat 2"]
    assert sorted(letters(sheet, event).values()) == ["Q", "q", "qD"]


def test_lots_are_undone_like_a_ruling() -> None:
    sheet, event = level()
    lots.draw_lots(sheet, event, "heats", 5)
    undo.undo(sheet, sheet.state.head)
    assert letters(sheet, event) == {"1": "Q", "4": "Q", "2": "undecided", "5": "undecided"}


def test_r11_no_lots_between_two_systems_of_timing() -> None:
    sheet, event, heats = run()
    times = (("4", 10_400_000), ("5", 10_500_000), ("6", 10_600_000))
    by_hand = [finishes.Finish(bib=Bib(bib), elapsed_us=Duration(us)) for bib, us in times]
    finishes.read_finishes(sheet, heats[1], "hand", by_hand)
    with pytest.raises(Contradicts, match=r"timed by different systems \(R11\)"):
        lots.draw_lots(sheet, event, "heats", 1)
    assert not any(isinstance(fact, LotsDrawn) for fact in sheet.facts)


def test_nothing_is_drawn_once_the_list_is_fixed_or_the_meet_closed() -> None:
    sheet, event = level()
    lots.draw_lots(sheet, event, "heats", 5)
    advance.fix_qualifiers(sheet, event, "heats")
    with pytest.raises(Contradicts, match="is fixed"):
        lots.draw_lots(sheet, event, "heats", 5)
    meets.close(sheet)
    for verb in (lambda: lots.draw_lots(sheet, event, "heats", 5), lambda: _replaced(sheet, event)):
        with pytest.raises(MeetIsClosed):
            verb()


def _replaced(sheet: TimedSheet, event: EventId) -> None:
    replacements.replace_qualifier(sheet, event, "final", Bib("1"))


def test_the_refusal_to_advance_says_what_can_be_ruled() -> None:
    sheet, event = level()
    with pytest.raises(Undecided, match=r"2 and 5 for 1 place by time, 5 lanes free \(R34: all, lots, referee, jury\)"):
        advance.fix_qualifiers(sheet, event, "heats")


@pytest.mark.parametrize("asking", ["out", "by"])
def test_after_erasure_nothing_is_left_of_why_somebody_stands_in(asking: str) -> None:
    sheet, event, _ = ready()
    fact, _ = replacements.replace_qualifier(sheet, event, "final", Bib("4"), reason="Brandt is injured, Holm runs")
    athletes.erase(sheet, sheet.state.registrations[getattr(fact, asking)].entry.athlete)
    assert list(sheet.texts.values()) == [""]
