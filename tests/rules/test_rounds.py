"""R20, R21: the default tables."""

from itertools import pairwise

import pytest

from app.domain.meet import Advance, RoundSpec
from app.rules.rounds import Progression, Step, default_rounds, feeding, steps_for
from tests.rules.shipped import RETRO, WORLD

ROUNDS = WORLD.rounds
TABLES = [*WORLD.rounds.progressions, *RETRO.rounds.progressions]


def step(heats: int, places: int, times: int) -> Step:
    return Step(heats=heats, places=places, times=times, through=heats * places + times)


@pytest.mark.parametrize(
    ("distance_m", "entries", "legs", "steps"),
    [
        (100, 8, 1, ()),
        (100, 24, 1, (step(3, 2, 2),)),
        (100, 25, 1, (step(4, 3, 4), step(2, 3, 2))),
        (200, 80, 1, (step(10, 2, 4), step(3, 2, 2))),
        (400, 81, 1, (step(11, 3, 7), step(5, 3, 1), step(2, 3, 2))),
        (800, 80, 1, (step(10, 3, 2), step(4, 3, 4), step(2, 3, 2))),
        (400, 70, 4, (step(9, 3, 5), step(4, 3, 4), step(2, 3, 2))),
        (1_500, 40, 1, (step(3, 6, 6), step(2, 5, 2))),
        (10_000, 60, 1, (step(3, 5, 5),)),
        (100, 113, 1, None),
    ],
)
def test_r21_rounds_by_number_of_entries(
    distance_m: int, entries: int, legs: int, steps: tuple[Step, ...] | None
) -> None:
    assert steps_for(distance_m, entries, ROUNDS.progressions, legs) == steps


@pytest.mark.parametrize("table", TABLES)
def test_r21_qualifiers_fill_the_next_round(table: Progression) -> None:
    """heats × P + T is what the next round takes, and the last one leads to a full final."""
    for plan in table.plans:
        for now, after in pairwise(plan.rounds):
            assert now.through % after.heats == 0
            assert after.places * after.heats < now.through
        assert not plan.rounds or plan.rounds[-1].through == table.final


def test_r20_rounds_have_names() -> None:
    assert [r.name for r in default_rounds(100, 90, ROUNDS) or ()] == ["round-1", "round-2", "semi-final", "final"]
    assert [r.name for r in default_rounds(100, 30, ROUNDS) or ()] == ["round-1", "semi-final", "final"]
    assert [r.name for r in default_rounds(100, 16, ROUNDS) or ()] == ["round-1", "final"]
    assert [r.name for r in default_rounds(100, 5, ROUNDS) or ()] == ["final"]
    assert default_rounds(100, 1_000, ROUNDS) is None


def test_a_default_round_says_how_many_heats_and_who_goes_on() -> None:
    first, final = default_rounds(100, 16, ROUNDS) or ()
    assert (first.heats, first.advance) == (2, Advance(places=3, times=2))
    assert (final.heats, final.advance) == (1, None)


def test_a_relay_of_two_has_the_table_of_relays() -> None:
    assert steps_for(400, 70, ROUNDS.progressions, 2) == steps_for(400, 70, ROUNDS.progressions, 4)
    assert steps_for(400, 70, ROUNDS.progressions, 2) != steps_for(400, 70, ROUNDS.progressions)
    assert [r.heats for r in default_rounds(400, 70, ROUNDS, 2) or ()] == [9, 4, 2, 1]


def test_without_a_table_for_the_distance_there_are_no_steps() -> None:
    assert steps_for(100, 8, ()) is None


CHANCES = (
    RoundSpec(name="heats"),
    RoundSpec(name="repechage", source="non_qualifiers"),
    RoundSpec(name="quarter", source="qualifiers"),
    RoundSpec(name="second chance", source="non_qualifiers"),
    RoundSpec(name="third chance", source="non_qualifiers"),
    RoundSpec(name="final"),
)


@pytest.mark.parametrize(
    ("index", "names"),
    [
        (1, ["heats"]),
        (2, ["heats", "repechage"]),
        (3, ["quarter"]),
        (4, ["quarter", "second chance"]),
        (5, ["quarter", "second chance", "third chance"]),
    ],
)
def test_runners_come_from_the_round_before_and_its_second_chances(index: int, names: list[str]) -> None:
    assert [one.name for one in feeding(CHANCES, index)] == names


def test_a_first_round_of_second_chances_feeds_the_next_one() -> None:
    rounds = (RoundSpec(name="odd", source="non_qualifiers"), RoundSpec(name="final"))
    assert [one.name for one in feeding(rounds, 1)] == ["odd"]
