"""R93, R101: who is about to be lapped and when; where the kilometres lie."""

from dataclasses import replace

import pytest

from app.domain.units import SECOND, Duration, Instant
from app.rules.laps import OnLap, is_caught, kilometres, last_lap
from tests.rules.shipped import WORLD


def on(crossed: int, last_s: int, lap_s: int) -> OnLap:
    return OnLap(crossed, Instant(last_s * SECOND), Duration(lap_s * SECOND))


@pytest.mark.parametrize(
    ("runner", "by", "at_s"),
    [
        pytest.param(on(3, 250, 80), on(4, 260, 60), 290, id="half way round"),
        pytest.param(on(3, 250, 80), on(5, 260, 60), 290, id="for the second time"),
        pytest.param(on(3, 260, 80), on(4, 260, 60), 260, id="side by side on the line"),
        pytest.param(on(3, 250, 70), on(4, 260, 60), 320, id="side by side at the next line"),
        pytest.param(on(3, 250, 69), on(4, 260, 60), None, id="reaches the line first"),
        pytest.param(on(3, 250, 80), on(3, 260, 60), None, id="on the same lap"),
        pytest.param(on(4, 250, 80), on(3, 260, 60), None, id="the other way round"),
        pytest.param(on(3, 261, 80), on(4, 260, 60), None, id="has been lapped on this lap"),
        pytest.param(on(3, 260, 60), on(4, 260, 60), None, id="at the same pace"),
    ],
)
def test_r93_who_is_caught_before_the_next_line(runner: OnLap, by: OnLap, at_s: int | None) -> None:
    assert is_caught(runner, by) == (None if at_s is None else at_s * SECOND)


def test_r93_the_instant_is_a_whole_number_of_microseconds() -> None:
    by = OnLap(4, Instant(260), Duration(60))
    assert repr(is_caught(OnLap(3, Instant(250), Duration(83)), by)) == "286"
    assert is_caught(OnLap(3, Instant(259), Duration(61)), by) == 320


@pytest.mark.parametrize(
    ("distance_m", "lap_m", "marks"),
    [
        (2_999, 400, ()),
        (3_000, 400, ((1_000, 0), (2_000, 200), (3_000, 0))),
        (3_200, 400, ((1_000, 200), (2_000, 0), (3_000, 200))),
        (3_999, 400, ((1_000, 199), (2_000, 399), (3_000, 199))),
        (3_000, 300, ((1_000, 200), (2_000, 100), (3_000, 0))),
    ],
)
def test_r101_kilometres_and_how_far_before_the_line_they_lie(
    distance_m: int, lap_m: int, marks: tuple[tuple[int, int], ...]
) -> None:
    assert kilometres(distance_m, replace(WORLD.laps, kilometres_from_m=3_000), lap_m) == marks


def test_r105_the_last_of_two_laps() -> None:
    assert last_lap([Instant(60), Instant(125)]) == 65
