"""Finishes on the track: thousandths, judges, what was taken by hand, what officials say."""

from typing import Any

import pytest

from app.domain.facts import (
    LineTimeTaken,
)
from app.domain.ids import EventId, HeatId, RegistrationId, TimeId
from app.timing.heats import HeatResult
from app.timing.projection import Projection
from tests.timing.builders import Script, at, points, track


def sprint(*bibs: str, **changes: Any) -> Script:
    """One heat of a 100 m."""
    script = Script()
    script.event(spec=track(**changes))
    for bib in bibs:
        script.runner(bib)
    script.heats(bibs)
    return script


def results(script: Script, heat: str = "e/final/1") -> dict[str, HeatResult]:
    return results_of(script.project(), heat)


def results_of(projection: Projection, heat: str = "e/final/1") -> dict[str, HeatResult]:
    return {r.bib: r for r in projection.heat_results(HeatId(heat))}


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


@pytest.mark.parametrize(("status", "state"), [("DNS", "entered"), ("DNF", "started"), ("DQ", "started")])
def test_r42_who_did_not_start_was_never_on_the_track(status: str, state: str) -> None:
    script = sprint("A", "B")
    script.gun()
    script.finishes("e/final/1", ("A", None, {"status": status}), ("B", 10.0))
    assert {r.bib: r.state for r in results(script).values()} == {"A": state, "B": "finished"}


def test_who_is_disqualified_after_the_finish_has_finished() -> None:
    script = sprint("A", "B")
    script.gun()
    script.finishes("e/final/1", ("A", 10.0), ("B", 10.1))
    script.rule("A", "dq", rule="TR17.3.1")
    assert {r.bib: (r.state, r.status, r.mark) for r in results(script).values()} == {
        "B": ("finished", "OK", "10.10"),
        "A": ("finished", "DQ", None),
    }


def test_who_is_reinstated_after_a_reading_of_dnf_is_out_no_longer() -> None:
    script = sprint("A")
    script.finishes("e/final/1", ("A", None, {"status": "DNF"}))
    script.rule("A", "reinstate")
    assert (results(script)["A"].status, results(script)["A"].state) == (None, "started")


def test_a_time_of_the_image_has_no_net_time_beside_it_whatever_the_mats_saw() -> None:
    script = sprint("A", distance_m=800, points=points(("start", 0), ("finish", 800)))
    script.gun()
    script.reads("A", start=2, finish=120)
    assert script.lines()["A"].net_us == 118_000_000
    script.finishes("e/final/1", ("A", 119.9))
    assert (script.lines()["A"].gun_us, script.lines()["A"].net_us) == (119_900_000, None)


@pytest.mark.parametrize(("method", "places"), [("photo_finish", [1, 1]), ("hand", [1, 2]), ("transponder", [1, 2])])
def test_r9_the_thousandth_parts_nobody_further_in_an_image_alone(method: str, places: list[int]) -> None:
    """Two runners 0.0003 s apart."""
    script = sprint("A", "B", timing=method, ruleset="local")
    script.gun()
    if method == "transponder":
        script.reads("A", finish=10.1112)
        script.reads("B", finish=10.1115)
    else:
        script.finishes("e/final/1", ("A", 10.1112), ("B", 10.1115), method=method)
    assert [r.place for r in results(script).values()] == places


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


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def line_time(bib: str, seconds: float) -> LineTimeTaken:
    registration = RegistrationId(f"e/{bib}")
    return LineTimeTaken(time=TimeId(f"t{bib}"), heat=HeatId("e/final/1"), at=at(seconds), registration=registration)


def test_a_time_taken_at_the_line_of_a_hand_timed_race_is_a_hand_time_and_final() -> None:
    script = sprint("A", "B", timing="hand")
    script.gun()
    script.record(line_time("A", 13.153), line_time("B", 13.148))
    assert shown(script) == [(1, "13.2h", None), (2, "13.2h", None)]
    assert [(r.bib, r.flags) for r in results(script).values()] == [("B", ()), ("A", ())]


def test_a_time_taken_at_the_line_waits_for_the_image_where_there_is_one() -> None:
    script = sprint("A")
    script.gun()
    script.record(line_time("A", 13.153))
    assert (results(script)["A"].mark, results(script)["A"].flags) == ("13.2h", ("provisional",))
    script.finishes("e/final/1", ("A", 13.151))
    assert (results(script)["A"].mark, results(script)["A"].flags) == ("13.16", ())


def test_a_chip_time_of_a_hand_timed_race_stays_provisional() -> None:
    script = sprint("A", timing="hand")
    script.gun()
    script.read("finish", "A", 13.153)
    script.record(line_time("A", 14.0))
    assert (results(script)["A"].elapsed_us, results(script)["A"].flags) == (13_153_000, ("provisional",))


def test_a_time_taken_after_other_questions_gives_the_same() -> None:
    script = sprint("A", "B", timing="hand")
    script.source("start")
    script.gun()
    script.record(line_time("A", 13.153))
    projection = script.project()
    projection.table(EventId("e"))
    script.read("start", "A", 0.2)
    projection.apply(reads=script.rows(script.log[-1:]))
    assert (results_of(projection)["A"].mark, results_of(projection)["A"].flags) == ("13.2h", ())


def test_r45_the_same_instant_by_chip_and_by_hand_is_a_tie() -> None:
    script = sprint("A", "B", "C", timing="transponder")
    script.gun()
    script.record(line_time("A", 13.5))
    script.reads("B", finish=13.5)
    script.reads("C", finish=13.4)
    assert {r.bib: r.place for r in results(script).values()} == {"C": 1, "A": 2, "B": 2}


@pytest.mark.parametrize("method", ["hand", "transponder"])
def test_r9_thousandths_are_those_of_an_image(method: str) -> None:
    script = sprint("A", "B", timing=method, ruleset="local")
    script.gun()
    if method == "hand":
        script.finishes("e/final/1", ("A", 10.113), ("B", 10.142), method=method)
    else:
        script.reads("A", finish=10.113)
        script.reads("B", finish=10.142)
    assert [(r.place, r.thousandths) for r in results(script).values()] == [(1, None), (2, None)]
