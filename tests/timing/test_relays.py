"""Legs of relay teams: takeovers in any order, by mats and by officials, and the times that add up (R78, R79)."""

from itertools import permutations
from typing import Any

import pytest

from app.domain.facts import Handed, TakeoverMethod, TakeoversRead
from app.domain.ids import EventId, HeatId, RegistrationId
from app.domain.units import Duration
from app.rules.rulesets import newest
from app.timing.course import Course
from app.timing.relays import TeamRun
from tests.timing.builders import Script, points, track

HEAT = "e/final/1"
AT_ENDS = points(("start", 0), ("first", 100), ("second", 200), ("third", 300), ("finish", 400))


def relay(**changes: Any) -> Script:
    """4 x 100 m with a mat at each takeover; teams A and B."""
    script = Script()
    script.event(spec=track(100, relay_legs=4, points=AT_ENDS, **changes))
    for bib in "AB":
        script.runner(bib)
    script.heats("AB")
    script.gun()
    return script


def handed(script: Script, leg: int, seconds: float, method: TakeoverMethod = "photo_finish", bib: str = "A") -> int:
    one = Handed(registration=RegistrationId(f"e/{bib}"), leg=leg, elapsed_us=Duration(round(seconds * 1e6)))
    return script.record(TakeoversRead(heat=HeatId(HEAT), method=method, takeovers=(one,)))


def run_of(script: Script, bib: str = "A") -> TeamRun:
    return script.project().team_runs(EventId("e"), "final")[HeatId(HEAT), RegistrationId(f"e/{bib}")]


def marks(script: Script, bib: str = "A") -> list[str | None]:
    return [leg.mark for leg in run_of(script, bib).legs]


def total(script: Script) -> int:
    return sum(leg.elapsed_us or 0 for leg in run_of(script).legs)


@pytest.mark.parametrize("order", [*permutations([("first", 9.71), ("second", 18.9), ("third", 28.06)])])
def test_r78_legs_by_chip_are_the_same_in_whatever_order_the_reads_come(order: Any) -> None:
    """And they are printed in tenths, the last one with the rest of the team's official time."""
    script = relay()
    script.finishes(HEAT, ("A", 37.403))
    for mat, seconds in order:
        script.read(mat, "A", seconds)
    assert marks(script) == ["9.8", "9.1", "9.2", "9.31"]
    assert total(script) == 37_410_000


def test_r78_photo_takeovers_are_in_hundredths_and_go_before_the_mats() -> None:
    script = relay()
    script.finishes(HEAT, ("A", 37.403))
    script.read("first", "A", 9.9)
    seqs = [handed(script, leg, seconds) for leg, seconds in ((3, 28.051), (1, 9.702), (2, 18.9))]
    assert marks(script) == ["9.71", "9.19", "9.16", "9.35"]
    assert [one.because for one in run_of(script).handovers] == [(seqs[1],), (seqs[2],), (seqs[0],)]


def test_one_takeover_by_watch_makes_all_of_them_tenths() -> None:
    script = relay()
    script.finishes(HEAT, ("A", 37.403))
    for leg, seconds in ((1, 9.702), (3, 28.051)):
        handed(script, leg, seconds)
    handed(script, 2, 18.91, "hand")
    assert marks(script) == ["9.8", "9.2", "9.1", "9.31"]
    assert total(script) == 37_410_000


def test_a_takeover_that_is_read_again_is_corrected() -> None:
    script = relay()
    script.finishes(HEAT, ("A", 37.4))
    handed(script, 1, 9.9)
    handed(script, 1, 9.7)
    assert marks(script)[0] == "9.70"


def test_beside_a_missing_takeover_there_are_no_legs() -> None:
    script = relay()
    script.finishes(HEAT, ("A", 37.4))
    handed(script, 1, 9.7)
    handed(script, 3, 28.0)
    assert marks(script) == ["9.70", None, None, "9.40"]


def test_while_they_run_the_legs_that_were_run_are_known() -> None:
    script = relay()
    script.read("first", "A", 9.71)
    script.read("second", "A", 18.9)
    assert marks(script) == ["9.8", "9.1", None, None]
    assert marks(script, "B") == [None, None, None, None]


@pytest.mark.parametrize("kind", ["dq", "dnf"])
def test_r78_a_team_without_an_official_result_has_no_official_legs(kind: str) -> None:
    script = relay()
    script.finishes(HEAT, ("A", 37.403))
    for mat, seconds in (("first", 9.71), ("second", 18.9), ("third", 28.06)):
        script.read(mat, "A", seconds)
    script.rule("A", kind, rule="TR24.7")
    assert marks(script) == [None] * 4
    assert len(run_of(script).handovers) == 3


def test_r79_only_the_first_leg_has_a_reaction() -> None:
    script = relay()
    script.finishes(HEAT, ("A", 37.403, {"reaction_us": Duration(152_000)}))
    assert [leg.reaction_us for leg in run_of(script).legs] == [152_000, None, None, None]


def test_laps_of_a_longer_relay_are_its_legs() -> None:
    """One line, four chips of one team: each crossing is the next point."""
    script = Script()
    laps = points(
        ("start", 0, "line"), ("1", 400, "line"), ("2", 800, "line"), ("3", 1200, "line"), ("4", 1600, "line")
    )
    script.event(spec=track(400, relay_legs=4, start="mass", points=laps))
    script.runner("A", chips=("C1", "C2", "C3", "C4"))
    script.heats("A")
    script.gun()
    script.finishes(HEAT, ("A", 180.11))
    for seconds, chip in ((135.21, "C3"), (45.01, "C1"), (180.1, "C4"), (90.17, "C2")):
        script.read("line", "A", seconds, chip=chip)
    assert marks(script) == ["45.1", "45.1", "45.1", "44.81"]


def test_who_runs_alone_has_no_legs() -> None:
    script = Script()
    script.event(spec=track(100))
    script.runner("A")
    script.heats("A")
    assert script.project().team_runs(EventId("e"), "final") == {}


def medley(**given: Any) -> Script:
    """A Swedish relay with mats at the ends of its legs."""
    mats = points(("first", 100), ("second", 300), ("third", 600), ("finish", 1_000))
    script = Script()
    script.event(spec=track(1_000, relay_legs=4, legs_m=(100, 200, 300, 400), start="lanes", points=mats, **given))
    script.runner("A", chips=("C1", "C2", "C3", "C4"))
    script.heats("A")
    script.gun()
    return script


def test_r78_legs_of_a_medley_end_where_their_distances_add_up_to() -> None:
    script = medley()
    for mat, seconds, chip in (("third", 66.02, "C3"), ("first", 10.81, "C1"), ("second", 32.01, "C2")):
        script.read(mat, "A", seconds, chip=chip)
    script.finishes(HEAT, ("A", 110.123))
    assert marks(script) == ["10.9", "21.2", "34.0", "44.03"]
    assert total(script) == 110_130_000


def test_r63_nobody_hands_a_baton_on_earlier_than_the_legs_of_a_medley_can_be_run() -> None:
    """By 11 m/s up to 400 m: 100 m in 9.09 s, then 200 m in 18.18 s, also counted from the mat before."""
    script = medley()
    script.read("first", "A", 9.0, chip="C1")
    script.read("second", "A", 27.2, chip="C2")
    assert marks(script) == [None] * 4
    script.read("first", "A", 9.1, chip="C1")
    script.read("second", "A", 27.29, chip="C2")
    assert marks(script) == ["9.1", "18.2", None, None]


def test_r63_each_leg_of_a_medley_is_run_by_somebody_fresh() -> None:
    course = Course(medley().state().events[EventId("e")].spec, newest("world-athletics").ruleset)
    longer = Course(track(1_000, points=course.points), course.rules)
    assert course.from_start[-1] == -(-100_000_000 // 11) + -(-200_000_000 // 11) + -(-300_000_000 // 11) + 36_363_637
    assert course.from_start[-1] < longer.from_start[-1]
    assert course.gap[0][1] == -(-200_000_000 // 11)
    assert course.gap[1][3] == -(-300_000_000 // 11) + -(-400_000_000 // 11)
