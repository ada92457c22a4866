"""R1–R3, R6–R8, R10, R12: precision, hand watches, records. Times in the tables are seconds as text."""

import pytest

from app.domain.meet import EventSpec, Surface
from app.domain.units import SECOND, Duration
from app.rules.hand import for_seeding, of_watches
from app.rules.marks import mark, parse_mark, thousandths
from app.rules.records import bests, record_code
from app.rules.rounding import (
    HUNDREDTH,
    TENTH,
    THOUSANDTH,
    ChipError,
    Precision,
    TimedBy,
    chip_error,
    is_official,
    round_up,
    unit_of,
)
from app.rules.ruleset import Ruleset
from tests.rules.shipped import LOCAL, WORLD


def race(surface: Surface = "track", distance_m: int = 100, relay_legs: int = 1) -> EventSpec:
    return EventSpec(
        name="race",
        distance_m=distance_m,
        surface=surface,
        sex="X",
        start="mass",
        timing="photo_finish",
        relay_legs=relay_legs,
    )


@pytest.mark.parametrize(("raw", "unit", "rounded"), [(9790, 10, 9790), (9791, 10, 9800), (0, 10, 0), (-5, 10, 0)])
def test_rounding_goes_up_unless_exact(raw: int, unit: int, rounded: int) -> None:
    assert round_up(Duration(raw), Duration(unit)) == rounded


def test_every_exact_hundredth_stays_as_it_is() -> None:
    hundredths = [Duration(n * 10_000) for n in range(20_000)]
    assert [round_up(h, HUNDREDTH) for h in hundredths] == hundredths


R2 = [
    ("9.784", "photo_finish", race(), "9.79"),
    ("9.789", "photo_finish", race(), "9.79"),
    ("9.790", "photo_finish", race(), "9.79"),
    ("9.991", "photo_finish", race(), "10.00"),
    ("59.991", "photo_finish", race(distance_m=400), "1:00.00"),
    ("26:17.533", "photo_finish", race(distance_m=10_000), "26:17.54"),
    ("30:00.000", "photo_finish", race(distance_m=10_000), "30:00.00"),
    ("59:26.322", "photo_finish", race(distance_m=20_000), "59:26.4"),
    ("2:09:44.322", "photo_finish", race("road", 10_000), "2:09:45"),
    ("2:09:44.322", "transponder", race("road", 10_000), "2:09:45"),
    ("59:59.001", "transponder", race("road", 10_000), "1:00:00"),
    ("10.11", "hand", race(), "10.2h"),
    ("10.10", "hand", race(), "10.1h"),
    ("2:09:44.3", "hand", race("road", 10_000), "2:09:45"),
    ("38:50.010", "transponder", race("track", 10_000), "38:51"),
    ("12:00.001", "photo_finish", race(distance_m=10_000, relay_legs=4), "12:00.1"),
]


@pytest.mark.parametrize(("raw", "method", "spec", "official"), R2)
def test_r2_and_r8_official_precision(raw: str, method: TimedBy, spec: EventSpec, official: str) -> None:
    unit = unit_of(spec, method, WORLD.timing.precision)
    assert mark(parse_mark(raw), unit, hand=method == "hand") == official


@pytest.mark.parametrize(
    ("surface", "rules", "official"),
    [("track", WORLD, "38:51"), ("track", LOCAL, "38:50.1"), ("road", LOCAL, "38:51")],
)
def test_r8_transponders_on_a_track_strictly_or_at_club_meets(surface: Surface, rules: Ruleset, official: str) -> None:
    unit = unit_of(race(surface, 10_000), "transponder", rules.timing.precision)
    assert mark(parse_mark("38:50.010"), unit) == official


def test_an_organizer_can_bring_another_table() -> None:
    table = (Precision(method="photo_finish", surface="road", unit_us=TENTH),)
    assert unit_of(race("road"), "photo_finish", table) == TENTH
    with pytest.raises(LookupError, match="no row for hand on the road"):
        unit_of(race("road"), "hand", table)


@pytest.mark.parametrize(
    ("watches", "official"),
    [
        (["10.2", "10.2", "10.4"], "10.2"),
        (["10.1", "10.2", "10.4"], "10.2"),
        (["10.4", "10.1", "10.1"], "10.1"),
        (["10.2", "10.3"], "10.3"),
        (["11.04"], "11.1"),
        (["10.14", "10.11", "10.31"], "10.2"),
    ],
)
def test_r3_hand_watches(watches: list[str], official: str) -> None:
    assert of_watches([parse_mark(w) for w in watches], TENTH) == parse_mark(official)


def test_r6_a_known_offset_is_taken_off_before_rounding() -> None:
    assert mark(Duration(10_006_000 - 4_000), HUNDREDTH) == "10.01"


@pytest.mark.parametrize(
    ("start", "finish", "gun", "net"),
    [(12_100_000, 2_412_200_000, "40:13", "40:01"), (0, 2_330_010_000, "38:51", "38:51")],
)
def test_r7_net_time_is_rounded_once_and_not_subtracted_from_rounded_times(
    start: int, finish: int, gun: str, net: str
) -> None:
    assert (mark(Duration(finish), SECOND), mark(Duration(finish - start), SECOND)) == (gun, net)


@pytest.mark.parametrize(
    ("elapsed", "shown"),
    [("9.784", "(.784)"), ("9.789", "(.789)"), ("10.213", "(.213)"), ("10.2121", "(.213)"), ("9.9999", "(.000)")],
)
def test_r9_thousandths_beside_equal_marks(elapsed: str, shown: str) -> None:
    assert thousandths(parse_mark(elapsed)) == shown


@pytest.mark.parametrize(
    ("record", "raw", "code"), [("9.79", "9.784", "=NR"), ("9.80", "9.784", "NR"), ("9.78", "9.784", None)]
)
def test_r10_records_compare_official_marks(record: str, raw: str, code: str | None) -> None:
    assert record_code("NR", parse_mark(raw), HUNDREDTH, parse_mark(record)) == code


def test_r10_the_first_mark_ever_is_a_record() -> None:
    assert record_code("NR", parse_mark("9.784"), HUNDREDTH, None) == "NR"


@pytest.mark.parametrize(
    ("hand", "distance_m", "seed"),
    [("10.2", 100, "10.44"), ("22.0", 200, "22.24"), ("48.0", 400, "48.14"), ("1:50.0", 800, "1:50.0")],
)
def test_r12_hand_times_are_converted_for_seeding(hand: str, distance_m: int, seed: str) -> None:
    assert for_seeding(parse_mark(hand), distance_m, WORLD.timing.hand_seeding) == parse_mark(seed)


def test_a_thousandth_is_a_thousand_microseconds() -> None:
    assert (THOUSANDTH, HUNDREDTH, TENTH, SECOND) == (1_000, 10_000, 100_000, 1_000_000)


@pytest.mark.parametrize(
    ("run", "pb", "sb", "codes"),
    [
        ("10.10", "10.20", "10.30", ["PB"]),
        ("10.20", "10.20", "10.20", ["=PB"]),
        ("10.25", "10.20", "10.30", ["SB"]),
        ("10.30", "10.20", "10.30", ["=SB"]),
        ("10.40", "10.20", "10.30", []),
        ("10.40", None, None, []),
        ("10.10", None, "10.30", ["SB"]),
    ],
)
def test_r10_bests_beside_a_mark(run: str, pb: str | None, sb: str | None, codes: list[str]) -> None:
    assert bests(parse_mark(run), parse_mark(pb) if pb else None, parse_mark(sb) if sb else None) == codes


@pytest.mark.parametrize(
    ("method", "surface", "official"),
    [
        ("photo_finish", "track", True),
        ("hand", "road", True),
        ("semi", "track", False),
        ("semi", "road", True),
    ],
)
def test_r5_what_is_no_official_time_on_a_surface(method: TimedBy, surface: Surface, official: bool) -> None:
    assert is_official(race(surface), method, WORLD.timing.precision) == official


ERRORS = (
    ChipError(protocol=None, error_us=Duration(300_000)),
    ChipError(protocol="active", error_us=Duration(10_000)),
)


@pytest.mark.parametrize(("protocol", "error_us"), [("active", 10_000), ("passive", 300_000), (None, 300_000)])
def test_r8_the_error_of_a_protocol_is_its_own_or_that_of_all_others(protocol: str | None, error_us: int) -> None:
    assert chip_error(protocol, ERRORS) == error_us


def test_r8_without_a_row_for_it_a_protocol_has_no_error() -> None:
    assert chip_error("passive", ERRORS[1:]) == 0
