"""R8, R10, R17, R71: marks beside a record, whose it is, and what may be one."""

from dataclasses import replace

import pytest

from app.domain.meet import EventSpec, Surface
from app.domain.records import Takes
from app.domain.units import Duration
from app.rules.marks import parse_mark
from app.rules.records import Bar, barred, bests, concerns, print_order, record_code
from app.rules.rounding import HUNDREDTH, TimedBy
from tests.rules.record_scenes import NORWEGIAN, NR, codes, event, race, record, runner


@pytest.mark.parametrize(
    ("raw_us", "standing_mark", "code"),
    [(9_784_000, "9.79", "=NR"), (9_784_000, "9.80", "NR"), (9_790_001, "9.79", None)],
)
def test_r10_raw_times_are_rounded_before_they_are_compared(raw_us: int, standing_mark: str, code: str | None) -> None:
    assert record_code("NR", Duration(raw_us), HUNDREDTH, parse_mark(standing_mark)) == code


@pytest.mark.parametrize(
    ("pb", "sb", "beside"),
    [
        ("10.00", "10.05", ["PB"]),
        ("9.99", "10.05", ["=PB"]),
        ("9.90", "10.05", ["SB"]),
        ("9.90", "9.99", ["=SB"]),
        ("9.90", "9.95", []),
        (None, "10.05", ["SB"]),
        (None, None, []),
    ],
)
def test_r10_bests(pb: str | None, sb: str | None, beside: list[str]) -> None:
    best, season = (parse_mark(text) if text else None for text in (pb, sb))
    assert bests(parse_mark("9.99"), best, season) == beside


@pytest.mark.parametrize(
    "other",
    [
        event(200),
        event(surface="road"),
        event(direction="backward"),
        replace(event(), relay_legs=4),
        replace(event(), discipline="hurdles"),
    ],
)
def test_a_record_holds_for_its_own_discipline_alone(other: EventSpec) -> None:
    assert concerns(NR.contest, event(), NORWEGIAN)
    assert not concerns(NR.contest, other, NORWEGIAN)
    assert codes([race(("7", "9.50"), spec=other)], NR) == {}


def test_r78_a_medleys_record_is_no_other_relays() -> None:
    swedish, other = (100, 200, 300, 400), (200, 200, 200, 400)
    long, medley, another = (replace(event(1_000), relay_legs=4, legs_m=legs_m) for legs_m in ((), swedish, other))
    held = replace(NR, distance_m=1_000, relay_legs=4, legs_m=swedish)
    assert [concerns(held.contest, spec, NORWEGIAN) for spec in (long, medley, another)] == [False, True, False]
    assert held.race_m == 1_000
    assert replace(held, legs_m=()).race_m == 4_000


def test_a_mans_record_is_no_womans() -> None:
    assert not concerns(NR.contest, event(sex="X"), runner("NOR", sex="W"))


@pytest.mark.parametrize(
    ("date", "day", "stood"),
    [
        ("2018", "2018-01-01", True),
        ("2018-07", "2018-07-01", True),
        ("2018-07", "2018-06-30", False),
        ("2018-07-14", "2018-07-14", False),
        ("2018-07-14", "2018-07-15", True),
        (None, "1900-01-01", True),
    ],
)
def test_a_record_known_by_its_year_counts_from_its_first_day(date: str | None, day: str, stood: bool) -> None:
    assert replace(NR, date=date).stood_before(day) is stood


def test_codes_that_nobody_knows_are_printed_last_and_categories_after_the_open_class() -> None:
    open_class, masters, other = (
        record(c, "9.9", category=g).contest for c, g in (("MR", None), ("MR", "M50"), ("KR", None))
    )
    assert sorted([other, masters, open_class], key=print_order) == [open_class, masters, other]


@pytest.mark.parametrize(
    ("surface", "race_m", "method", "bar"),
    [
        ("track", 100, "photo_finish", None),
        ("track", 100, "hand", "timing"),
        ("track", 800, "hand", "timing"),
        ("track", 801, "hand", None),
        ("track", 800, "transponder", "timing"),
        ("track", 10_000, "transponder", "timing"),
        ("road", 10_000, "transponder", None),
        ("road", 10_000, "hand", None),
    ],
)
def test_r71_up_to_800_m_on_a_track_nothing_but_photo_finish(
    surface: Surface, race_m: int, method: TimedBy, bar: Bar | None
) -> None:
    assert barred(Takes(), surface, race_m, method, None) == bar


def test_r8_a_list_says_which_timing_it_takes() -> None:
    assert barred(Takes(photo_finish_to_m=0), "track", 100, "hand", None) is None
    assert barred(Takes(photo_finish_to_m=0, hand=False), "track", 100, "hand", None) == "timing"
    assert barred(Takes(hand=False), "road", 10_000, "hand", None) == "timing"
    assert barred(Takes(photo_finish_to_m=0), "track", 1_500, "transponder", None) == "timing"
    assert barred(Takes(photo_finish_to_m=0, transponder_on_track=True), "track", 100, "transponder", None) is None
