"""R20–R22: the rounds that an event needs for its entries."""

from typing import Any

import pytest

from app.domain.meet import EventSpec
from app.rules.plans import Planned, planned
from tests.rules.shipped import RETRO, WORLD

DASH: dict[str, Any] = {"name": "race", "surface": "track", "sex": "X", "start": "lanes", "timing": "photo_finish"}


def told(plan: Planned) -> list[str]:
    """`8x 2P+8T` for each round."""
    return [
        f"{round.heats}x" + (f" {round.advance.places}P+{round.advance.times}T" if round.advance else "")
        for round in plan.rounds
    ]


def of(distance_m: int, entries: int, lanes: int = 8, **given: Any) -> Planned:
    spec = EventSpec(**{**DASH, "distance_m": distance_m, **given})
    return planned(spec, entries, lanes, WORLD.rounds)


@pytest.mark.parametrize(
    ("distance_m", "entries", "rounds"),
    [
        (100, 8, ["1x"]),
        (100, 24, ["3x 2P+2T", "1x"]),
        (100, 64, ["8x 2P+8T", "3x 2P+2T", "1x"]),
        (200, 81, ["11x 3P+7T", "5x 3P+1T", "2x 3P+2T", "1x"]),
        (1_500, 40, ["3x 6P+6T", "2x 5P+2T", "1x"]),
        (3_000, 19, ["1x"]),
        (2_000, 85, ["5x 4P+6T", "2x 6P+3T", "1x"]),
    ],
)
def test_r21_the_table_has_the_rounds(distance_m: int, entries: int, rounds: list[str]) -> None:
    plan = of(distance_m, entries, start="lanes" if distance_m < 800 else "mass")
    assert told(plan) == rounds
    assert plan.rules == ("R20", "R21")
    assert plan.sizes[0] == entries


def test_r21_the_plan_says_in_which_row_it_stands() -> None:
    plan = of(100, 64)
    assert (plan.table, plan.row, plan.why) == ("rounds.progressions[0]", "up_to 64", "")
    assert of(100, 64, relay_legs=4).table == "rounds.progressions[6]"


def test_r21_all_that_the_tables_name_is_run_as_they_say() -> None:
    for table in WORLD.rounds.progressions:
        legs = 4 if table.relay else 1
        for plan in table.plans:
            start = "mass" if (table.longest_m or 0) > 800 else "lanes"
            found = of(table.longest_m or 400, plan.up_to, start=start, relay_legs=legs)
            assert (found.row, found.why) == (f"up_to {plan.up_to}", "")


def test_r22_27_entries_on_8_lanes_are_4_heats() -> None:
    plan = of(100, 27)
    assert (plan.rounds[0].heats, plan.sizes) == (4, (27, 16, 8))


@pytest.mark.parametrize(
    ("entries", "lanes", "rounds"),
    [
        (12, 6, ["2x 2P+2T", "1x"]),
        (18, 6, ["3x 2P+0T", "1x"]),
        (24, 6, ["4x 2P+4T", "2x 2P+2T", "1x"]),
        (36, 6, ["6x 2P+0T", "2x 2P+2T", "1x"]),
        (16, 4, ["4x 2P+0T", "2x 2P+0T", "1x"]),
        (120, 8, ["15x 2P+2T", "4x 3P+4T", "2x 3P+2T", "1x"]),
        (3, 2, ["2x 1P+0T", "1x"]),
        (2, 1, ["2x 0P+1T", "1x"]),
    ],
)
def test_r22_without_a_table_that_fits_heats_are_as_few_as_take_everyone(
    entries: int, lanes: int, rounds: list[str]
) -> None:
    plan = of(100, entries, lanes)
    assert told(plan) == rounds
    assert plan.rules == ("R20", "R22")
    assert plan.why


def test_counting_gives_what_the_table_for_six_lanes_has() -> None:
    """The retro table was written for six lanes: made by counting, its plans are the same."""
    (table, *_) = RETRO.rounds.progressions
    for plan in table.plans:
        steps = [f"{step.heats}x {step.places}P+{step.times}T" for step in plan.rounds]
        assert told(of(100, plan.up_to, 6)) == [*steps, "1x"]


@pytest.mark.parametrize("lanes", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_r21_whoever_goes_on_fills_the_next_round_and_fits_into_its_lanes(lanes: int) -> None:
    for entries in range(1, 200):
        plan = of(100, entries, lanes)
        assert plan.sizes[0] == entries
        assert plan.rounds[-1].heats == 1
        assert len({round.name for round in plan.rounds}) == len(plan.rounds)
        for round, size in zip(plan.rounds, plan.sizes, strict=True):
            assert -(-size // (round.heats or 0)) <= lanes
        for round, after in zip(plan.rounds, plan.sizes[1:], strict=False):
            assert round.heats
            assert round.advance
            assert round.heats * round.advance.places + round.advance.times == after


def test_the_reason_for_counting_is_said() -> None:
    assert of(100, 113).why == "the table ends before 113 entries"
    assert of(100, 24, 6).why == "the table's heats do not fit into 6 places"
    spec = EventSpec(**{**DASH, "distance_m": 10_000, "relay_legs": 1, "start": "mass"})
    no_tables = WORLD.rounds.__class__(
        **{name: getattr(WORLD.rounds, name) for name in WORLD.rounds.__slots__ if name != "progressions"},
        progressions=(),
    )
    assert planned(spec, 30, 8, no_tables).why == "the ruleset has no table for this race"


def test_a_long_race_lets_few_go_on_by_time() -> None:
    """R20: above 800 m it is recommended that few advance by time."""
    plan = of(1_500, 90, start="mass")
    assert told(plan) == ["6x 5P+0T", "2x 6P+0T", "1x"]
