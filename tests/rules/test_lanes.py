"""R28–R31: lanes, compared as sets where lots decide."""

from dataclasses import replace

import pytest

from app.domain.meet import EventSpec
from app.rules.draw import Draw
from app.rules.lanes import (
    LaneGroups,
    Race,
    by_lot,
    by_rank,
    groups_in_use,
    groups_of,
    lanes_in_use,
    positions_by_lot,
    race_of,
)
from tests.rules.shipped import WORLD

GROUPS = WORLD.lanes.groups


def of_spec(distance_m: int, relay_legs: int = 1) -> Race:
    spec = EventSpec(
        name="race", distance_m=distance_m, surface="track", sex="X", start="lanes", timing="photo_finish",
        relay_legs=relay_legs,
    )  # fmt: skip
    return race_of(spec, WORLD.lanes)


@pytest.mark.parametrize(
    ("distance_m", "relay_legs", "race"),
    [
        *(
            (100, 1, "straight"),
            (110, 1, "straight"),
            (150, 1, "bend"),
            (200, 1, "bend"),
            (201, 1, "lap"),
            (400, 1, "lap"),
            (800, 1, "lap"),
        ),
        *((100, 4, "lap"), (200, 4, "lap"), (400, 4, "lap")),
    ],
)
def test_which_lanes_are_good_depends_on_the_race(distance_m: int, relay_legs: int, race: Race) -> None:
    assert of_spec(distance_m, relay_legs) == race


def test_r28_with_fewer_athletes_than_lanes_the_inside_lanes_stay_free() -> None:
    placed = by_lot("ABCDEFG", range(1, 9), Draw(1), "heat 1")
    assert [lane for lane, _ in placed] == [2, 3, 4, 5, 6, 7, 8]
    assert sorted(runner for _, runner in placed) == list("ABCDEFG")


def test_r28_lots_differ_from_seed_to_seed() -> None:
    assert len({tuple(by_lot("ABCDEFGH", range(1, 9), Draw(seed), "heat 1")) for seed in range(10)}) == 10


R29: list[tuple[Race, int, list[set[int]]]] = [
    ("straight", 8, [{3, 4, 5, 6}, {2, 7}, {1, 8}]),
    ("bend", 8, [{5, 6, 7}, {3, 4, 8}, {1, 2}]),
    ("lap", 8, [{4, 5, 6, 7}, {3, 8}, {1, 2}]),
    ("straight", 9, [{4, 5, 6, 7}, {3, 8}, {2, 9}]),
    ("bend", 9, [{6, 7, 8}, {4, 5, 9}, {2, 3}]),
    ("straight", 6, [{3, 4}, {2, 5}, {1, 6}]),
    ("lap", 6, [{4, 5, 6}, {3}, {1, 2}]),
]


@pytest.mark.parametrize(("race", "lanes", "sets"), R29)
@pytest.mark.parametrize("seed", range(5))
def test_r29_three_lots_by_rank(race: Race, lanes: int, sets: list[set[int]], seed: int) -> None:
    ranking = range(min(lanes, 8))
    lane_of = {rank: lane for lane, rank in by_rank(ranking, groups_of(race, lanes, GROUPS), Draw(seed), "final")}
    start = 0
    for expected in sets:
        assert {lane_of[rank] for rank in range(start, start + len(expected))} == expected
        start += len(expected)
    assert start == len(lane_of)


def test_r29_inside_a_group_lots_decide() -> None:
    draws = (by_rank(range(8), groups_of("straight", 8, GROUPS), Draw(seed), "final") for seed in range(30))
    assert {lane for placed in draws for lane, rank in placed if rank == 0} == {3, 4, 5, 6}


def test_r29_nine_athletes_fill_nine_lanes() -> None:
    assert [lane for lane, _ in by_rank(range(9), groups_of("lap", 9, GROUPS), Draw(1), "final")] == list(range(1, 10))


def test_r29_with_fewer_athletes_the_inside_lane_of_the_last_lot_stays_free() -> None:
    straight, bend = groups_of("straight", 8, GROUPS), groups_of("bend", 8, GROUPS)
    assert {lane for lane, _ in by_rank(range(7), straight, Draw(1), "final")} == {2, 3, 4, 5, 6, 7, 8}
    assert {lane for lane, _ in by_rank(range(5), bend, Draw(1), "final")} == {4, 5, 6, 7, 8}


@pytest.mark.parametrize("lanes", range(1, 13))
@pytest.mark.parametrize("race", ["straight", "bend", "lap"])
def test_every_lane_is_in_one_group_whatever_the_track(race: Race, lanes: int) -> None:
    assert sorted(lane for group in groups_of(race, lanes, GROUPS) for lane in group) == list(range(1, lanes + 1))


@pytest.mark.parametrize(
    ("lanes", "groups"), [(4, ((2, 3), (1, 4))), (5, ((3, 4), (2, 5), (1,))), (2, ((1, 2),)), (1, ((1,),))]
)
def test_on_other_tracks_the_middle_lanes_are_the_good_ones(lanes: int, groups: tuple[tuple[int, ...], ...]) -> None:
    assert groups_of("lap", lanes, GROUPS) == groups


def test_an_organizer_can_bring_other_lanes() -> None:
    own = LaneGroups(race="bend", lanes=4, groups=((3,), (4, 2), (1,)))
    assert groups_of("bend", 4, [own]) == ((3,), (4, 2), (1,)) != groups_of("bend", 4, GROUPS)


def test_more_runners_than_lanes_are_refused() -> None:
    with pytest.raises(ValueError, match="9 runners do not fit in 8 lanes"):
        by_lot(range(9), range(1, 9), Draw(1), "heat")
    with pytest.raises(ValueError, match="9 runners do not fit in 8 lanes"):
        by_rank(range(9), groups_of("lap", 8, GROUPS), Draw(1), "final")


def test_r30_positions_by_lot_where_nobody_has_a_lane() -> None:
    placed = positions_by_lot(range(20), Draw(3), "final")
    assert [position for position, _ in placed] == list(range(1, 21))
    assert sorted(runner for _, runner in placed) == list(range(20)) != [runner for _, runner in placed]


def test_lanes_that_are_out_stay_free() -> None:
    assert lanes_in_use(8, WORLD.lanes) == (1, 2, 3, 4, 5, 6, 7, 8)
    assert lanes_in_use(8, WORLD.lanes, (1, 4, 4)) == (2, 3, 5, 6, 7, 8)


def test_r28_the_inside_lanes_of_those_in_use_stay_free() -> None:
    placed = by_lot("ABC", lanes_in_use(8, WORLD.lanes, (8, 6)), Draw(1), "heat")
    assert [lane for lane, _ in placed] == [4, 5, 7]


def test_r29_the_groups_go_without_the_lanes_that_are_out() -> None:
    groups = groups_in_use("straight", 8, WORLD.lanes, lanes_in_use(8, WORLD.lanes, (4, 1)))
    assert groups == ((3, 5, 6), (2, 7), (8,))
    lane_of = {rank: lane for lane, rank in by_rank(range(6), groups, Draw(1), "final")}
    assert {lane_of[rank] for rank in range(3)} == {3, 5, 6}
    assert lane_of[5] == 8


PREFERRED = replace(WORLD.lanes, preference=(5, 4, 6, 3, 7, 2, 8))


def test_preferred_lanes_are_filled_in_their_order_and_others_not_at_all() -> None:
    in_use = lanes_in_use(9, PREFERRED, (6,))
    assert in_use == (2, 3, 4, 5, 7, 8)
    placed = by_lot("ABC", in_use, Draw(1), "heat", PREFERRED.preference)
    assert [lane for lane, _ in placed] == [3, 4, 5]
    groups = groups_in_use("lap", 9, PREFERRED, in_use)
    assert [lane for _, lane in sorted((rank, lane) for lane, rank in by_rank(range(6), groups, Draw(1), "final"))] == [
        5, 4, 3, 7, 2, 8,
    ]  # fmt: skip


def test_a_preferred_lane_that_the_track_does_not_have_is_left_out() -> None:
    assert lanes_in_use(6, PREFERRED) == (2, 3, 4, 5, 6)
