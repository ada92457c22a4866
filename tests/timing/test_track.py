"""Heats and rounds on the track: thousandths, judges, rounds that follow each other, who goes on."""

from typing import Any

import pytest

from app.domain.facts import (
    HeatClosed,
    HeatReopened,
    HeatRerun,
    LineTimeTaken,
    Qualifier,
    QualifiersFixed,
    StartRecalled,
)
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from app.domain.meet import Advance, RoundSpec
from app.timing.heats import HeatResult
from tests.timing.builders import S, Script, at, points, road, track

TWO_ROUNDS = (RoundSpec(name="heats", advance=Advance(places=2, times=1)), RoundSpec(name="final"))


def sprint(*bibs: str, **changes: Any) -> Script:
    """One heat of a 100 m."""
    script = Script()
    script.event(spec=track(**changes))
    for bib in bibs:
        script.runner(bib)
    script.heats(bibs)
    return script


def results(script: Script, heat: str = "e/final/1") -> dict[str, HeatResult]:
    return {r.bib: r for r in script.project().heat_results(HeatId(heat))}


def shown(script: Script) -> list[tuple[int | None, str | None, str | None]]:
    return [(r.place, r.mark, r.thousandths) for r in results(script).values()]


def test_r9_thousandths_decide_between_equal_marks_and_are_shown() -> None:
    script = sprint("A", "B", "C")
    script.finishes("e/final/1", ("B", 9.789), ("A", 9.784), ("C", 9.900))
    assert list(results(script)) == ["A", "B", "C"]
    assert shown(script) == [(1, "9.79", "(.784)"), (2, "9.79", "(.789)"), (3, "9.90", None)]


def test_r9_what_the_image_cannot_separate_is_a_tie() -> None:
    script = sprint("A", "B", "C", "D", "E")
    script.finishes("e/final/1", ("A", 10.0), ("B", 10.1), ("C", 10.213), ("D", 10.213), ("E", 10.3))
    assert [r.place for r in results(script).values()] == [1, 2, 3, 3, 5]


def test_r45_the_judge_separates_equal_marks() -> None:
    script = sprint("A", "B", "C")
    script.finishes("e/final/1", ("A", 10.22, {"place": 2}), ("B", 10.22, {"place": 1}), ("C", 10.21))
    assert list(results(script)) == ["C", "B", "A"]
    assert shown(script) == [(1, "10.21", None), (2, "10.22", None), (3, "10.22", None)]


def test_r45_hand_times_tie_only_when_equal_as_read() -> None:
    script = sprint("A", "B", "C", timing="hand")
    script.finishes("e/final/1", ("A", 10.11), ("B", 10.14), ("C", 10.14), method="hand")
    assert shown(script) == [(1, "10.2h", None), (2, "10.2h", None), (2, "10.2h", None)]


def test_r42_status_and_rule_as_the_operator_gave_them() -> None:
    script = sprint("A", "B", "C", "D")
    script.finishes(
        "e/final/1",
        ("A", 10.0),
        ("B", None, {"status": "DNF"}),
        ("C", None, {"status": "DQ", "rule": "TR16.8", "reaction_us": 82_000}),
        ("D", None, {"status": "DNS"}),
    )
    got = [(r.bib, r.lane, r.place, r.status, r.rule, r.reaction_us) for r in results(script).values()]
    assert got == [
        ("A", 1, 1, "OK", None, None),
        ("B", 2, None, "DNF", None, None),
        ("C", 3, None, "DQ", "TR16.8", 82_000),
        ("D", 4, None, "DNS", None, None),
    ]


def test_a_runner_read_again_is_corrected_and_the_others_keep_their_reading() -> None:
    script = sprint("A", "B")
    script.finishes("e/final/1", ("A", 10.0), ("B", 10.1))
    script.finishes("e/final/1", ("B", 9.9))
    assert list(results(script)) == ["B", "A"]


def test_r109_chip_times_are_provisional_until_the_image_is_read() -> None:
    script = sprint("A", distance_m=800, points=points(("start", 0), ("finish", 800)))
    script.gun()
    script.read("finish", "A", 120.004)
    assert results(script)["A"].flags == ("provisional",)
    script.finishes("e/final/1", ("A", 119.996))
    line = results(script)["A"]
    assert (line.mark, line.flags, line.elapsed_us) == ("2:00.00", (), 119_996_000)


def test_cards_disqualify_when_red() -> None:
    script = sprint("A", "B")
    script.finishes("e/final/1", ("A", 10.0), ("B", 10.1))
    script.rule("A", "card", card="YC")
    assert (results(script)["A"].status, results(script)["A"].flags) == ("OK", ("card",))
    script.rule("A", "card", card="YRC", rule="TR7.2")
    assert (results(script)["A"].status, results(script)["A"].rule) == ("DQ", "TR7.2")


# ── rounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────


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
    assert {r.bib: r.flags for r in results(script).values()} == {"A": (), "B": (), "F": ("not_qualified",)}


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
    assert {b: line.place for b, line in script.lines().items()} == {"A": 1, "C": 2, "B": 3, "E": 3, "F": 5, "D": None}


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


# ── starts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def mile() -> Script:
    """A transponder race over one lap of the road, gun at 0."""
    script = Script()
    script.event(spec=road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
    script.runner("1")
    script.draw()
    return script


def test_the_latest_start_signal_counts_and_a_recalled_one_does_not() -> None:
    script = mile()
    script.gun(seconds=-300)
    script.gun(seconds=0)
    script.reads("1", start=1, finish=300)
    assert script.lines()["1"].gun_us == 300 * S
    script.record(StartRecalled(heat=HeatId("e/final/1")))
    assert (script.lines()["1"].gun_us, script.lines()["1"].state) == (None, "entered")
    script.gun(seconds=10)
    assert script.lines()["1"].gun_us == 290 * S


def test_a_closed_heat_takes_no_more_reads_and_a_reopened_one_does() -> None:
    script = mile()
    script.gun()
    script.reads("1", start=1, finish=300)
    script.record(HeatClosed(heat=HeatId("e/final/1"), at=at(250)))
    assert script.lines()["1"].status == "DNF"
    script.record(HeatReopened(heat=HeatId("e/final/1")))
    assert script.lines()["1"].status == "OK"


def test_r40_a_rerun_starts_anew_and_keeps_the_void_attempt() -> None:
    script = mile()
    script.gun()
    script.reads("1", start=1, finish=300)
    script.rule("1", "dq")
    script.record(HeatRerun(heat=HeatId("e/final/1")))
    assert script.lines()["1"].state == "entered"
    script.gun(seconds=1_000)
    script.reads("1", start=1_001, finish=1_310)
    assert (script.lines()["1"].status, script.lines()["1"].gun_us) == ("OK", 310 * S)
    assert len(script.state().heats[HeatId("e/final/1")].attempts) == 2


def test_a_read_belongs_to_the_one_heat_that_runs_for_its_athlete() -> None:
    script = Script()
    for event in "ef":
        script.event(event, road(distance_m=1_000, points=points(("start", 0), ("finish", 1_000))))
        script.runner("1", event, chips=("C1",) if event == "e" else ())
        script.draw(event)
    script.gun("e/final/1")
    script.gun("f/final/1", 600)
    script.read("finish", "1", 300)
    script.read("finish", "1", 900)
    assert (script.lines("e")["1"].gun_us, script.lines("f")["1"].gun_us) == (300 * S, 300 * S)


@pytest.mark.parametrize(("bib", "gun_us"), [(None, None), ("1", 300 * S)])
def test_a_time_taken_by_hand_counts_once_its_bib_is_known_and_no_reader_saw_the_runner(
    bib: str | None, gun_us: int | None
) -> None:
    script = mile()
    script.gun()
    registration = RegistrationId(f"e/{bib}") if bib else None
    script.record(LineTimeTaken(time=TimeId("t"), heat=HeatId("e/final/1"), at=at(300), registration=registration))
    assert script.lines()["1"].gun_us == gun_us
    script.read("finish", "1", 301.5)
    assert script.lines()["1"].gun_us == round(301.5 * S)
