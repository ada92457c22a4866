"""Rounds that follow each other: who goes on, and who stands where."""

import pytest

from app.domain.facts import (
    Qualifier,
    QualifiersFixed,
    Recorded,
    RegistrationWithdrawn,
)
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.meet import Advance, RoundSpec
from app.domain.units import Duration
from tests.timing.builders import Script, track

TWO_ROUNDS = (RoundSpec(name="heats", advance=Advance(places=2, times=1)), RoundSpec(name="final"))


def two_heats(*times: float) -> Script:
    """A B C in heat 1, D E F in heat 2, first 2 and the next 1; times in that order."""
    script = Script()
    script.event(spec=track(rounds=TWO_ROUNDS))
    for bib in "ABCDEF":
        script.runner(bib)
    script.heats("ABC", "DEF", round="heats")
    script.finishes("e/heats/1", *zip("ABC", times[:3], strict=False))
    script.finishes("e/heats/2", *zip("DEF", times[3:], strict=False))
    return script


def qualified(script: Script) -> dict[str, str | None]:
    return {r.bib: r.qualification for r in script.project().round_results(EventId("e"), "heats")}


def test_r32_by_place_then_by_time() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    assert qualified(script) == {"A": "Q", "B": "Q", "C": "q", "D": "Q", "E": "Q", "F": None}


def test_r34_a_tie_between_heats_at_the_cut_waits_for_an_official() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.0, 10.1, 10.3)
    assert qualified(script) == {"A": "Q", "B": "Q", "C": "undecided", "D": "Q", "E": "Q", "F": "undecided"}
    script.rule("F", "advance", heat="e/heats/2", how="lots")
    assert (qualified(script)["F"], qualified(script)["C"]) == ("qD", None)


def test_r47_the_next_by_place_moves_up_when_a_qualifier_is_disqualified() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    script.rule("B", "dq", heat="e/heats/1")
    assert qualified(script) == {"A": "Q", "C": "Q", "D": "Q", "E": "Q", "F": "q", "B": None}


def test_nobody_goes_on_by_time_before_every_heat_has_a_result() -> None:
    script = two_heats(10.0, 10.1, 10.3)
    assert qualified(script)["C"] is None


def test_guests_never_qualify() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    script.runner("A", role="guest")
    assert qualified(script) == {"B": "Q", "C": "Q", "D": "Q", "E": "Q", "F": "q", "A": None}


def test_fixed_qualifiers_stay_whatever_happens_later_and_others_in_the_final_are_flagged() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    fixed = tuple(Qualifier(registration=RegistrationId(f"e/{bib}"), how="Q") for bib in "AB")
    script.record(QualifiersFixed(event=EventId("e"), round="heats", qualifiers=fixed))
    script.rule("B", "dq", heat="e/heats/1")
    script.heats("ABF", round="final")
    assert qualified(script) == {"A": "Q", "B": "Q", "C": None, "D": None, "E": None, "F": None}
    final = script.project().heat_results(HeatId("e/final/1"))
    assert {r.bib: r.flags for r in final} == {"A": (), "B": (), "F": ("not_qualified",)}


def test_r56_the_rank_is_over_all_heats_and_the_place_inside_one() -> None:
    script = two_heats(10.2, 10.21, 10.4, 10.1, 10.21, 10.5)
    lines = script.project().round_results(EventId("e"), "heats")
    assert [(r.bib, r.place, r.rank) for r in lines] == [
        ("D", 1, 1), ("A", 1, 2), ("B", 2, 3), ("E", 2, 3), ("C", 3, 5), ("F", 3, 6),
    ]  # fmt: skip


def test_who_runs_the_final_stands_ahead_of_all_who_do_not() -> None:
    script = two_heats(10.2, 10.21, 9.9, 10.1, 10.21, 10.5)
    script.heats("AD", round="final")
    assert {b: line.place for b, line in script.lines().items()} == {
        "C": 3,
        "B": 4,
        "E": 4,
        "F": 6,
        "A": None,
        "D": None,
    }
    script.finishes("e/final/1", ("A", 10.9), ("D", None, {"status": "DNF"}))
    assert {b: line.place for b, line in script.lines().items()} == {"A": 1, "C": 3, "B": 4, "E": 4, "F": 6, "D": None}
    assert {b: line.round for b, line in script.lines().items()} == {
        **dict.fromkeys("AD", "final"),
        **dict.fromkeys("BCEF", "heats"),
    }


def test_r59_nobody_out_before_takes_a_place_of_a_final_whoever_is_disqualified_in_it() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.2)
    script.runner("D", sex="W")
    script.runner("F", sex="W")
    script.heats("ABCDE", round="final")
    script.finishes("e/final/1", ("A", 10.0), ("B", 10.1), ("C", 10.2))
    script.rule("B", "dq", heat="e/final/1", rule="TR17.3.1")
    lines = script.lines()
    assert {b: line.place for b, line in lines.items()} == {"A": 1, "C": 2, "F": 6, "B": None, "D": None, "E": None}
    script.rule("D", "dns", heat="e/final/1")
    script.rule("E", "dnf", heat="e/final/1")
    lines = script.lines()
    assert {b: line.place for b, line in lines.items()} == {"A": 1, "C": 2, "F": 6, "B": None, "D": None, "E": None}
    assert lines["F"].place_sex == 2, "behind the woman of the final"
    assert (lines["B"].rule, lines["A"].rule) == ("TR17.3.1", None)


def test_a_guest_in_a_final_keeps_no_place_of_it_free() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    script.heats("AD", round="final")
    script.runner("D", role="guest")
    script.finishes("e/final/1", ("A", 10.0), ("D", 10.1))
    assert script.lines()["B"].place == 2


def test_the_rule_of_an_earlier_round_is_not_said_of_a_later_result() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    script.rule("A", "dq", heat="e/heats/1", rule="TR7.2")
    script.heats("AD", round="final")
    script.finishes("e/final/1", ("A", 10.0), ("D", 10.1))
    assert script.lines()["A"].rule is None


def test_a_runner_in_two_heats_of_a_round_has_a_place_in_each() -> None:
    script = two_heats()
    script.heats("AB", "AC", round="heats")
    script.finishes("e/heats/1", ("A", 10.3), ("B", 10.1))
    script.finishes("e/heats/2", ("A", 10.0), ("C", 10.4))
    lines = script.project().round_results(EventId("e"), "heats")
    assert [(r.bib, r.number, r.place, r.rank) for r in lines] == [
        ("A", 2, 1, 1),
        ("B", 1, 1, 2),
        ("A", 1, 2, 3),
        ("C", 2, 2, 4),
    ]


def test_a_runner_out_in_one_of_two_heats_of_a_round_has_no_rank_there() -> None:
    script = two_heats()
    script.heats("AB", "AC", round="heats")
    script.finishes("e/heats/1", ("A", None, {"status": "DNF"}), ("B", 10.1))
    script.finishes("e/heats/2", ("A", 10.0), ("C", 10.4))
    lines = script.project().round_results(EventId("e"), "heats")
    assert [(r.bib, r.number, r.place, r.rank) for r in lines] == [
        ("A", 2, 1, 1),
        ("B", 1, 1, 2),
        ("C", 2, 2, 3),
        ("A", 1, None, None),
    ]


def test_r33_who_is_level_for_the_last_place_of_a_heat_is_told_with_its_number() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.0, 10.2, 10.2)
    words, ties = script.project().as_it_stands(EventId("e"), "heats")
    assert [(tie.by, tie.heat, tie.level) for tie in ties if tie.by == "place"] == [("place", 2, ("e/E", "e/F"))]
    assert words[RegistrationId("e/A")] == "Q"


def test_margins_are_those_to_the_neighbour_of_the_own_heat_however_large_it_is() -> None:
    """Two heats of twenty by chip, 0.04 s from one to the next, and the last one of each a second behind."""
    script = Script()
    script.event(spec=track(10_000, timing="transponder", ruleset="local", start="mass"))
    groups = [[f"{heat}{n:02}" for n in range(20)] for heat in "12"]
    for bib in groups[0] + groups[1]:
        script.runner(bib)
    heats = script.heats(*groups)
    for heat, group in zip(heats, groups, strict=True):
        script.gun(heat)
        for n, bib in enumerate(group):
            rank = 7 * n % 20
            script.read("finish", bib, 2_000 + 0.04 * rank + rank // 19)
    for heat in heats:
        lines = script.project().heat_results(heat)
        assert [line.place for line in lines] == list(range(1, 21))
        assert [line.flags for line in lines] == [*[("too_close_to_call",)] * 19, ()]


def test_a_final_is_shown_anew_once_the_qualifiers_of_the_round_before_are_fixed() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4, 10.5)
    script.heats("AF", round="final")
    projection = script.project()
    assert [r.flags for r in projection.round_results(EventId("e"), "final")] == [(), ()]
    fixed = (Qualifier(registration=RegistrationId("e/A"), how="Q"),)
    script.record(QualifiersFixed(event=EventId("e"), round="heats", qualifiers=fixed))
    projection.apply([entry for entry in script.log[-1:] if isinstance(entry, Recorded)])
    flags = {r.bib: r.flags for r in projection.round_results(EventId("e"), "final")}
    assert flags == {"A": (), "F": ("not_qualified",)}


def test_nobody_goes_on_by_time_while_one_runner_has_no_result() -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4)
    assert (qualified(script)["C"], qualified(script)["A"]) == (None, "Q")
    script.finishes("e/heats/2", ("F", None, {"status": "DNS"}))
    assert qualified(script)["C"] == "q"


@pytest.mark.parametrize("gone", ["guest", "withdrawn"])
def test_who_cannot_go_on_keeps_nobody_waiting(gone: str) -> None:
    script = two_heats(10.0, 10.1, 10.3, 10.2, 10.4)
    if gone == "guest":
        script.runner("F", role="guest")
    else:
        script.record(RegistrationWithdrawn(registration=RegistrationId("e/F")))
    assert qualified(script)["C"] == "q"


def test_who_is_out_by_the_cut_off_of_a_final_is_too_close_to_nobody() -> None:
    script = Script()
    limit = Duration(10_005_000)
    script.event(spec=track(rounds=TWO_ROUNDS, timing="transponder", ruleset="local", cut_off_us=limit))
    for bib in "AB":
        script.runner(bib)
    script.heats("AB", round="heats")
    script.heats("AB", round="final")
    script.gun("e/final/1")
    script.read("finish", "A", 10.0)
    script.read("finish", "B", 10.01)
    lines = script.lines()
    assert [(lines[bib].place, lines[bib].status, lines[bib].flags) for bib in "AB"] == [
        (1, "OK", ()),
        (None, "DNF", ("CUT",)),
    ]
