"""Watches, offsets and systems on the track: which time is official, and what it is."""

import pytest

from tests.timing.builders import S
from tests.timing.two_rounds import HEAT, line, meet


@pytest.mark.parametrize(
    ("watches", "mark"),
    [((10.2, 10.2, 10.4), "10.2h"), ((10.1, 10.2, 10.4), "10.2h"), ((10.2, 10.3), "10.3h"), ((11.04,), "11.1h")],
)
def test_r3_watches_give_one_official_time(watches: tuple[float, ...], mark: str) -> None:
    script = meet(timing="hand")
    script.gun(HEAT)
    read = tuple(round(one * S) for one in watches)
    script.finishes(HEAT, ("1", None, {"watches_us": read}), method="hand")
    assert (line(script, "1").mark, line(script, "1").timed_by) == (mark, "hand")


def test_r6_a_known_offset_is_taken_off_before_rounding() -> None:
    script = meet()
    script.gun(HEAT)
    script.finishes(HEAT, ("1", 10.006), offset_us=4_000)
    assert (line(script, "1").mark, line(script, "1").elapsed_us) == ("10.01", 10_002_000)


def test_r5_semi_automatic_times_rank_and_are_not_official_on_the_track() -> None:
    script = meet()
    script.gun(HEAT)
    script.finishes(HEAT, ("1", 21.2), ("2", 21.1), method="semi")
    found = [(one.bib, one.place, one.mark, one.flags, one.timed_by) for one in (line(script, b) for b in "21")]
    assert found == [
        ("2", 1, None, ("no_official_time",), "semi"),
        ("1", 2, None, ("no_official_time",), "semi"),
    ]
    script.rule("1", "time", HEAT, elapsed_us=21_000_000)
    assert (line(script, "1").mark, line(script, "1").timed_by, line(script, "1").flags) == (
        "21.00",
        "ruled",
        ("time_ruled",),
    )
