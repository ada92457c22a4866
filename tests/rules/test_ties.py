"""R11, R33, R34, R37: who is level at a cut, how many can go on, and what can be ruled."""

import pytest

from app.domain.meet import Advance
from app.rules.qualification import Ruled, Tie, settle
from app.rules.rounding import THOUSANDTH
from tests.rules.test_qualification import heat, rule

R33 = """
A 1 10.10 | B 2 10.20 | C 2 10.20 | D 4 10.50
E 1 10.15 | F 2 10.25 | G 3 10.30 | H 4 10.35
"""
"""Two go on from each heat; B and C are level for second place."""
R34 = """
A 1 10.10 | B 2 10.204
C 1 10.12 | D 2 10.204
"""


def settled(heats: str, places: int, times: int, ruled: Ruled | None = None, room: int | None = None) -> str:
    lines = [heat(number, line) for number, line in enumerate(heats.strip().splitlines(), 1)]
    words, _ = settle(lines, Advance(places=places, times=times), THOUSANDTH, ruled, room=room)
    return " ".join(f"{who}{word}" for who, word in words.items() if word)


def ties(heats: str, places: int, times: int, ruled: Ruled | None = None, room: int | None = None) -> tuple[Tie, ...]:
    lines = [heat(number, line) for number, line in enumerate(heats.strip().splitlines(), 1)]
    return settle(lines, Advance(places=places, times=times), THOUSANDTH, ruled, room=room)[1]


def test_r33_a_tie_for_the_last_place_says_who_and_for_how_many() -> None:
    (tie, *_) = ties(R33, 2, 2, room=8)
    assert (tie.by, tie.heat, tie.level, tie.spots, tie.free, tie.rule) == ("place", 1, ("B", "C"), 1, 2, "R33")
    assert tie.may_rule == ("all", "lots", "referee", "jury")


def test_r33_all_go_on_and_as_many_by_time_less_as_lanes_are_missing() -> None:
    both = rule(B="all", C="all")
    assert settled(R33, 2, 2, both) == "AQ BQ CQ EQ FQ Gq Hq"
    assert settled(R33, 2, 2, both, room=7) == "AQ BQ CQ EQ FQ Gq Hq"
    assert settled(R33, 2, 2, both, room=6) == "AQ BQ CQ EQ FQ Gq"


def test_r33_for_those_still_level_there_are_as_many_places_less_as_were_given() -> None:
    (tie,) = ties("A 1 10.1 | B 2 10.2 | C 2 10.2 | D 2 10.2", 3, 0, rule(B="lots"), room=3)
    assert (tie.level, tie.spots) == (("C", "D"), 1)


def test_r33_with_nothing_to_give_way_and_no_lane_free_they_cannot_all_go_on() -> None:
    assert "all" in ties(R33, 2, 1, room=5)[0].may_rule
    assert "all" not in ties(R33, 2, 0, room=4)[0].may_rule
    assert "all" in ties(R33, 2, 0, room=5)[0].may_rule


def test_r33_a_lane_free_takes_nobody_s_place() -> None:
    """Lanes are only proposed: without a ruling nobody goes on by a lane that is free."""
    assert settled(R33, 2, 0, room=8) == "AQ Bundecided Cundecided EQ FQ"


@pytest.mark.parametrize(
    ("room", "free", "ways"),
    [(4, 1, ("all", "lots", "referee", "jury")), (3, 0, ("lots", "referee", "jury")), (None, None, ("all", "lots"))],
)
def test_r34_a_tie_for_the_last_time(room: int | None, free: int | None, ways: tuple[str, ...]) -> None:
    (tie,) = ties(R34, 1, 1, room=room)
    assert (tie.by, tie.heat, tie.level, tie.spots, tie.free, tie.rule) == ("time", None, ("B", "D"), 1, free, "R34")
    assert tie.may_rule[: len(ways)] == ways


def test_r34_once_ruled_nobody_is_level() -> None:
    assert ties(R34, 1, 1, rule(D="lots"), room=3) == ()
    assert settled(R34, 1, 1, rule(D="lots"), room=3) == "AQ CQ DqD"


def test_r11_times_of_different_systems_are_not_for_lots() -> None:
    mixed = "A 1 10.1 | B 2 10.2\nC 1 10.1 hand | D 2 10.2 hand"
    (tie,) = ties(mixed, 1, 1, room=3)
    assert (tie.rule, tie.may_rule) == ("R11", ("referee", "jury"))


def test_r37_who_is_added_by_the_referee_uses_up_a_free_lane_and_pushes_nobody_out() -> None:
    (tie,) = ties(R34, 1, 1, rule(A="referee"), room=4)
    assert tie.free == 0
    assert settled("A 1 10.1 | B 2 10.2 | C 3 10.3", 1, 1, rule(C="referee"), room=2) == "AQ Bq CqR"
