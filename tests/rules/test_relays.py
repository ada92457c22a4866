"""R78, R79: takeover zones and leg times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.refusals import Invalid
from app.domain.units import Duration
from app.rules.marks import mark, parse_mark
from app.rules.relays import Takeover, Zone, check_legs, check_takeovers, leg_times, zone_bounds, zone_of
from app.rules.rounding import HUNDREDTH, TENTH, round_up
from app.rules.rulesets import newest
from tests.rules.shipped import WORLD


@pytest.mark.parametrize(
    ("legs_m", "takeover", "bounds"),
    [
        ((100,) * 4, 1, (80, 110)),
        ((100,) * 4, 3, (280, 310)),
        ((200,) * 4, 2, (380, 410)),
        ((100, 200, 300, 400), 1, (80, 110)),
        ((100, 200, 300, 400), 2, (280, 310)),
        ((100, 200, 300, 400), 3, (590, 610)),
        ((201, 100), 1, (191, 211)),
        ((400,) * 4, 1, (390, 410)),
        ((800,) * 4, 3, (2_390, 2_410)),
    ],
)
def test_r78_where_the_zones_lie(legs_m: tuple[int, ...], takeover: int, bounds: tuple[int, int]) -> None:
    assert zone_bounds(legs_m, takeover, WORLD.relays.zones) == bounds


def test_r78_an_organizer_may_have_zones_of_their_own() -> None:
    assert zone_of(100, [Zone(zone_m=20, mark_m=10)]) == Zone(zone_m=20, mark_m=10)


@pytest.mark.parametrize(
    ("legs_m", "pointer", "code", "message"),
    [
        (
            (100, 200, 700),
            "/records/1/legs_m",
            "legs_differ",
            "a relay of 4 legs has as many distances, not 3: 100, 200, 300, 400 (R78)",
        ),
        ((100, 200, 700, 0), "/records/1/legs_m/3", "out_of_range", "a leg is at least 1 m long, not 0"),
        (
            (100, 200, 300, 500),
            "/records/1/legs_m",
            "legs_differ",
            "the legs add up to 1,100 m (100 + 200 + 300 + 500), and distance_m, what the team runs, is 1,000 m",
        ),
    ],
)
def test_r78_legs_of_a_medley_that_do_not_make_the_race(
    legs_m: tuple[int, ...], pointer: str, code: str, message: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_legs(legs_m, 4, 1_000, "/records/1")
    assert (refused.value.pointer, refused.value.code, refused.value.message) == (pointer, code, message)


def test_r78_legs_of_a_medley_that_make_the_race() -> None:
    check_legs((100, 200, 300, 400), 4, 1_000)


@pytest.mark.parametrize("name", ["world-athletics", "masters", "local", "irr-retro-2016", "dlv-retro"])
def test_r43_r96_where_relays_are_run_teams_have_rules_to_be_disqualified_under(name: str) -> None:
    codes = newest(name).ruleset.disqualifications
    assert [(one.code, one.case) for one in codes if one.case in ("takeover", "baton")] == [
        ("TR24.7", "takeover"),
        ("TR24.5", "baton"),
        ("TR24.6", "baton"),
    ]


def test_r95_backwards_the_tags_of_the_product_stand_before_those_of_relays() -> None:
    codes = newest("irr-retro-2016").ruleset.disqualifications
    assert [one.code for one in codes[:8]] == [f"RR-{number}" for number in range(1, 9)]
    assert {"RR-2", "RR-3"} <= {one.code for one in codes}


def legs(reads: str, team: str, unit: Duration = TENTH, count: int = 4) -> list[str | None]:
    """Reads as `leg time, …`; leg times to the hundredth."""
    times = leg_times(takeovers(reads), parse_mark(team), count, unit)
    return [None if time is None else mark(time, HUNDREDTH) for time in times]


def takeovers(reads: str) -> list[Takeover]:
    pairs = (read.split() for read in reads.split(", ") if read)
    return [Takeover(int(leg), parse_mark(time)) for leg, time in pairs]


@pytest.mark.parametrize(
    "reads",
    [
        "1 10.84, 2 21.31, 3 32.02",
        "3 32.02, 1 10.84, 2 21.31",
        "2 21.31, 3 32.9, 2 21.9, 1 10.84, 3 32.02, 1 11.3",
    ],
)
def test_r78_legs_add_up_to_the_teams_time_in_any_order_of_the_reads(reads: str) -> None:
    assert legs(reads, "42.90") == ["10.90", "10.50", "10.70", "10.80"]


def test_r78_with_hundredths_where_the_takeovers_have_them() -> None:
    assert legs("1 46.331, 2 1:31.20, 3 2:16.75", "3:02.10", HUNDREDTH) == ["46.34", "44.86", "45.55", "45.35"]


def test_r78_a_takeover_that_was_not_read_leaves_both_legs_open() -> None:
    assert legs("1 10.8, 3 32.1", "42.90") == ["10.80", None, None, "10.80"]
    assert legs("", "42.90") == [None, None, None, None]


def test_r78_takeovers_that_contradict_each_other_say_nothing() -> None:
    assert legs("1 21.3, 2 10.8, 3 32.1", "42.90") == [None, None, None, "10.80"]
    assert legs("1 10.8, 2 21.3, 3 43.00", "42.90") == ["10.80", "10.50", None, None]
    assert legs("1 10.8, 2 10.8, 3 32.1", "42.90") == [None, None, None, "10.80"]
    assert legs("1 10.8, 2 21.3, 3 42.90", "42.90") == ["10.80", "10.50", None, None]
    at_the_gun = [Takeover(1, Duration(0)), *takeovers("2 21.3, 3 32.1")]
    assert leg_times(at_the_gun, parse_mark("42.90"), 4, TENTH)[:2] == (None, None)


def test_r78_rounding_takes_no_leg_beyond_the_teams_time() -> None:
    assert legs("1 10.8, 2 21.3, 3 42.85", "42.86") == ["10.80", "10.50", "21.56", "0.00"]


@given(
    st.lists(st.integers(1, 100_000_000), min_size=2, max_size=5),
    st.sampled_from([TENTH, HUNDREDTH, Duration(1)]),
)
def test_r78_the_sum_of_all_legs_is_the_teams_time(run: list[int], unit: Duration) -> None:
    ends = [Duration(sum(run[:count])) for count in range(1, len(run) + 1)]
    team = round_up(ends[-1], HUNDREDTH)
    reads = [Takeover(leg, end) for leg, end in enumerate(ends[:-1], 1)]
    times = leg_times(reads, team, len(run), unit)
    assert sum(time for time in times if time is not None) == team
    assert all(time is not None and time >= 0 for time in times)


@pytest.mark.parametrize(("reads", "pointer"), [("1 10.8, 4 43.0", "/takeovers/1/leg"), ("0 1.0", "/takeovers/0/leg")])
def test_r78_a_takeover_after_no_leg_is_refused(reads: str, pointer: str) -> None:
    with pytest.raises(Invalid, match="legs 1 to 3") as refused:
        check_takeovers(takeovers(reads), 4, "/takeovers")
    assert refused.value.pointer == pointer


def test_r78_takeovers_of_all_legs_but_the_last_are_taken() -> None:
    check_takeovers(takeovers("1 10.8, 2 21.3, 3 32.1"), 4)
