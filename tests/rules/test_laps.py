"""R99–R105: crossings of the line, points, laps to go, missed laps."""

import pytest

from app.domain.meet import Direction, EventSpec, Surface
from app.domain.units import SECOND, Duration, Instant
from app.rules.laps import (
    Opening,
    crossings,
    default_min_lap,
    default_points,
    laps_to_go,
    last_lap,
    least_opening,
    missed_crossings,
    running_order,
)
from app.rules.speed import least_time
from tests.rules.shipped import WORLD

LAPS, MISSED = WORLD.laps, WORLD.laps.missed


def first_crossing_min(distance_m: int, direction: Direction) -> Duration:
    """A race of one crossing is a sprint: there R63 holds."""
    first, *more = crossings(distance_m, LAPS, 400)
    sprint = least_time(first, WORLD.passings.fastest.of(direction))
    return least_opening(first, direction, LAPS) if more else sprint


def race(distance_m: int, surface: Surface = "track", relay_legs: int = 1) -> EventSpec:
    return EventSpec(
        name="race", distance_m=distance_m, surface=surface, sex="X", start="mass", timing="transponder",
        relay_legs=relay_legs,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("distance_m", "count", "first_m"),
    [
        *((400, 1, 400), (800, 2, 400), (1000, 3, 200), (1500, 4, 300), (1609, 4, 409), (2000, 5, 400)),
        *((3000, 8, 200), (5000, 13, 200), (10_000, 25, 400), (100, 1, 100), (200, 1, 200)),
    ],
)
def test_r99_crossings_of_the_line(distance_m: int, count: int, first_m: int) -> None:
    crossed = crossings(distance_m, LAPS, 400)
    assert (len(crossed), crossed[0], crossed[-1]) == (count, first_m, distance_m)


@pytest.mark.parametrize(
    ("distance_m", "k", "metres"),
    [(5_000, 3, 1_000), (5_000, 8, 3_000), (5_000, 13, 5_000), (10_000, 5, 2_000), (1_500, 4, 1_500)],
)
def test_r99_and_r101_where_the_kth_crossing_lies(distance_m: int, k: int, metres: int) -> None:
    assert crossings(distance_m, LAPS, 400)[k - 1] == metres


def test_r101_even_kilometres_of_10_000_m_lie_at_the_line_and_odd_ones_do_not() -> None:
    at_the_line = set(crossings(10_000, LAPS, 400))
    assert [m for m in range(1_000, 10_001, 1_000) if m in at_the_line] == [2_000, 4_000, 6_000, 8_000, 10_000]


def test_r99_crossings_on_a_short_track() -> None:
    assert crossings(800, LAPS, 200) == (200, 400, 600, 800)


@pytest.mark.parametrize(
    ("direction", "lap_m", "least_s"), [("forward", 400, 42), ("backward", 400, 60), ("forward", 200, 21)]
)
def test_r100_shortest_lap(direction: Direction, lap_m: int, least_s: int) -> None:
    assert default_min_lap(direction, LAPS, lap_m) == least_s * SECOND


@pytest.mark.parametrize(
    ("distance_m", "direction", "least_us"),
    [
        (5_000, "forward", 23_529_412),
        (5_000, "backward", 33_333_334),
        (10_000, "forward", 47_058_824),
        (400, "forward", 36_363_637),
        (100, "forward", 9_090_910),
        (100, "backward", 12_500_000),
    ],
)
def test_r100_reads_before_the_first_crossing_can_be(distance_m: int, direction: Direction, least_us: int) -> None:
    assert first_crossing_min(distance_m, direction) == least_us


def count_laps(distance_m: int, reads_s: list[float]) -> list[float]:
    """R100 word for word: drop start noise, then whatever follows a counted read too soon."""
    counted: list[float] = []
    for at in reads_s:
        if at * SECOND < first_crossing_min(distance_m, "forward"):
            continue
        if not counted or (at - counted[-1]) * SECOND >= default_min_lap("forward", LAPS, 400):
            counted.append(at)
    return counted


def test_r100_counting_laps_by_chip() -> None:
    assert count_laps(5_000, [0.8, 35.9, 107.6, 107.9, 179.4]) == [35.9, 107.6, 179.4]
    assert count_laps(10_000, [0.4, 72.0, 144.0]) == [72.0, 144.0]


def names(spec: EventSpec, lap_m: int = 400) -> list[tuple[str, int, str]]:
    return [(p.name, p.distance_m, p.place) for p in default_points(spec, LAPS, lap_m)]


@pytest.mark.parametrize(
    ("spec", "points"),
    [
        (race(10_000, "road"), [("start", 0, "start"), ("finish", 10_000, "finish")]),
        (race(100), [("start", 0, "start"), ("finish", 100, "finish")]),
        (race(400), [("start", 0, "finish"), ("finish", 400, "finish")]),
        (race(800), [("start", 0, "finish"), ("400 m", 400, "finish"), ("finish", 800, "finish")]),
        (
            race(1_000),
            [("start", 0, "start"), ("200 m", 200, "finish"), ("600 m", 600, "finish"), ("finish", 1_000, "finish")],
        ),
        (race(100, relay_legs=4), [("start", 0, "finish"), ("finish", 400, "finish")]),
    ],
)
def test_default_points_are_start_laps_finish(spec: EventSpec, points: list[tuple[str, int, str]]) -> None:
    assert names(spec) == points


def test_a_relay_runs_all_its_legs() -> None:
    assert [m for _, m, _ in names(race(400, relay_legs=4))] == [0, 400, 800, 1_200, 1_600]


def test_names_of_points_are_unique_in_every_race() -> None:
    for distance_m in range(100, 10_001, 50):
        found = [name for name, _, _ in names(race(distance_m))]
        assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("distance_m", "crossed", "to_go"), [(10_000, 24, 1), (10_000, 0, 25), (10_000, 25, 0), (800, 3, 0), (5_000, 1, 12)]
)
def test_r103_laps_to_go(distance_m: int, crossed: int, to_go: int) -> None:
    assert laps_to_go(distance_m, crossed, LAPS, 400) == to_go


def test_r104_a_lapped_runner_who_crosses_earlier_is_not_ahead() -> None:
    winner, lapped, second = running_order(25, Instant(1_800)), running_order(24, Instant(1_799)), (-25, 1_801)
    assert sorted([lapped, second, winner]) == [winner, second, lapped]


def crossed_at(*laps_s: float) -> list[Instant]:
    at, out = 0, [Instant(0)]
    for lap in laps_s:
        at += round(lap * SECOND)
        out.append(Instant(at))
    return out


def test_r102_a_double_lap_proposes_a_crossing_half_way() -> None:
    (missed,) = missed_crossings(crossed_at(72.0, 72.5, 144.8, 72.2), MISSED)
    assert missed.number == 4
    assert missed.at == round((72.0 + 72.5 + 72.4) * SECOND)


@pytest.mark.parametrize(
    ("laps_s", "numbers"),
    [
        ((72.0, 72.5, 144.8), [4]),
        ((100.0, 100.0, 160.0, 100.0), [4]),
        ((100.0, 100.0, 240.0, 100.0), [4]),
        ((72.0, 144.0, 72.0, 72.0, 144.0), [3, 7]),
    ],
)
def test_r102_numbers_of_proposed_crossings(laps_s: tuple[float, ...], numbers: list[int]) -> None:
    assert [missed.number for missed in missed_crossings(crossed_at(*laps_s), MISSED)] == numbers


@pytest.mark.parametrize(
    "laps_s",
    [
        (72.0, 72.5, 73.0, 72.2),
        (72.0, 72.5, 250.0, 72.2),
        (100.0, 100.0, 159.9, 100.0),
        (100.0, 100.0, 240.1, 100.0),
    ],
)
def test_r102_an_even_or_a_broken_race_proposes_nothing(laps_s: tuple[float, ...]) -> None:
    assert missed_crossings(crossed_at(*laps_s), MISSED) == []


@pytest.mark.parametrize(
    ("began_s", "metres", "at_s"),
    [
        (-144, 400, -72),
        (-116, 400, -58),
        (-115, 400, None),
        (-172, 400, -86),
        (-173, 400, None),
        (-108, 200, -72),
        (-86, 200, None),
        (-90, 200, -60),
        (-72, 400, None),
    ],
)
def test_r102_a_first_crossing_is_missed_where_the_opening_took_a_lap_longer(
    began_s: int, metres: int, at_s: int | None
) -> None:
    opening = Opening(Instant(began_s * SECOND), metres, 400)
    found = missed_crossings(crossed_at(72.0, 72.5, 71.5, 72.0), MISSED, opening)
    assert [(one.number, one.at) for one in found] == ([] if at_s is None else [(1, at_s * SECOND)])


@pytest.mark.parametrize(("began_us", "found"), [(0, 1), (1, 0)])
def test_r102_the_shortest_way_that_hides_a_first_crossing_does_so_exactly(began_us: int, found: int) -> None:
    shortest = Duration(MISSED.from_percent * 72 * SECOND // 100)
    opening = Opening(Instant(began_us - shortest), 400, 400)
    assert len(missed_crossings(crossed_at(72.0, 72.0, 72.0, 72.0), MISSED, opening)) == found


def test_r102_later_numbers_count_a_first_crossing_that_is_proposed() -> None:
    opening = Opening(Instant(-108 * SECOND), 200, 400)
    found = missed_crossings(crossed_at(72.0, 72.0, 144.0, 72.0), MISSED, opening)
    assert [one.number for one in found] == [1, 5]


def test_r102_two_laps_are_too_few_to_know_what_is_usual() -> None:
    assert missed_crossings(crossed_at(72.0, 144.0), MISSED) == []


def test_r105_the_last_lap_is_the_difference_of_the_last_two_crossings() -> None:
    assert last_lap(crossed_at(72.0, 63.95)) == Duration(63_950_000)
    assert last_lap([Instant(47_000_000)]) is None
