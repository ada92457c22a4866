"""Rest between the rounds of an event (R41)."""

import pytest

from app.rules.rest import short_rest
from tests.rules.shipped import WORLD

MINUTE = 60_000_000


@pytest.mark.parametrize(
    ("metres", "minutes", "same_day", "short"),
    [
        (100, 45, True, False),
        (200, 44, True, True),
        (400, 45, True, True),
        (1_000, 90, True, False),
        (1_000, 89, False, True),
        (1_500, 300, True, True),
        (1_500, 300, False, False),
    ],
)
def test_r41_least_rest_by_distance(metres: int, minutes: int, same_day: bool, short: bool) -> None:
    found = short_rest(metres, minutes * MINUTE, same_day, WORLD.rounds.rest)
    assert (found is not None) is short


def test_r41_the_warning_says_how_long_and_how_long_it_should_be() -> None:
    told = short_rest(100, 45 * MINUTE - 1, True, WORLD.rounds.rest)
    assert told == "44 min after the round before: 45 min are the least (R41)"
    other_day = short_rest(5_000, 300 * MINUTE, True, WORLD.rounds.rest)
    assert other_day == "on the day of the round before: rounds of this distance are run on different days (R41)"


def test_where_no_row_reaches_nothing_is_asked() -> None:
    assert short_rest(100, 0, True, ()) is None
