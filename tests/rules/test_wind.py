"""R15–R17: wind."""

from dataclasses import replace

import pytest

from app.domain.meet import Direction, Discipline, EventSpec
from app.rules.wind import measured, parse_wind, wind_counts, wind_flag, wind_text
from tests.rules.shipped import WORLD, shipped

WIND = WORLD.wind


def sprint(
    distance_m: int = 100, relay_legs: int = 1, direction: Direction = "forward", discipline: Discipline = "flat"
) -> EventSpec:
    return EventSpec(
        name="sprint", distance_m=distance_m, surface="track", sex="X", start="lanes", timing="photo_finish",
        relay_legs=relay_legs, direction=direction, discipline=discipline,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        *(("+2.03", "+2.1"), ("-2.03", "-2.0"), ("+2.00", "+2.0"), ("+0.01", "+0.1"), ("-0.04", "0.0")),
        *(("-0.11", "-0.1"), ("0", "0.0"), ("-0.1", "-0.1"), ("+10.25", "+10.3")),
    ],
)
def test_r16_wind_is_rounded_towards_the_positive(read: str, printed: str) -> None:
    assert wind_text(parse_wind(read)) == printed


@pytest.mark.parametrize(("text", "mm_per_s"), [("+0.3", 300), ("-1.25", -1250), ("2", 2000), ("0.0", 0)])
def test_wind_is_read_in_metres_per_second(text: str, mm_per_s: int) -> None:
    assert parse_wind(text) == mm_per_s


@pytest.mark.parametrize("text", ["", "calm", "+", "0,3", "+0.3 m/s", "--1", "0.1234", "100"])
def test_nonsense_is_no_wind(text: str) -> None:
    with pytest.raises(ValueError, match="is no wind"):
        parse_wind(text)


@pytest.mark.parametrize(
    ("mm_per_s", "flag"), [(2_000, None), (2_100, "w"), (2_001, "w"), (-9_000, None), (None, "NWI")]
)
def test_r17_wind_above_two_metres_is_flagged(mm_per_s: int | None, flag: str | None) -> None:
    assert wind_flag(sprint(), mm_per_s, WIND) == flag


@pytest.mark.parametrize(
    ("spec", "counts"),
    [
        (sprint(100), True),
        (sprint(200), True),
        (sprint(300), False),
        (sprint(100, relay_legs=4), False),
        (sprint(100, direction="backward"), False),
    ],
)
def test_r15_wind_is_measured_up_to_200_m(spec: EventSpec, counts: bool) -> None:
    assert wind_counts(spec, WIND) is counts
    assert wind_flag(spec, 5_000, WIND) == ("w" if counts else None)


@pytest.mark.parametrize(
    ("distance_m", "discipline", "start", "seconds"),
    [
        *((60, "flat", "gun", 5), (100, "flat", "gun", 10), (200, "flat", "straight", 10)),
        *((100, "hurdles", "gun", 13), (110, "hurdles", "gun", 13)),
    ],
)
def test_r15_when_and_how_long_the_wind_is_measured(
    distance_m: int, discipline: Discipline, start: str, seconds: int
) -> None:
    row = measured(sprint(distance_m, discipline=discipline), WIND)
    assert row is not None
    assert (row.start, row.seconds) == (start, seconds)


def test_r98_backwards_the_wind_counts_where_an_organizer_asks() -> None:
    asked = replace(WIND, backward=True)
    assert wind_flag(sprint(direction="backward"), 5_000, asked) == "w"
    assert wind_flag(sprint(direction="backward"), 5_000, shipped("irr-retro-2016").wind) is None
    assert wind_flag(sprint(), 5_000, shipped("road").wind) is None
