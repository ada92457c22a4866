"""What is too fast to be believed without a second look, and which kinds nobody asks about."""

import pytest

from app.domain.meet import EventSpec, MeetSpec, Sex
from app.domain.units import SECOND
from app.rules.anomalies import KINDS, Believable, least_believable
from app.rules.rulesets import rules_of

MEET = MeetSpec(name="Open", timezone="UTC", starts_on="2026-06-01", ends_on="2026-06-01")
DASH = EventSpec(name="100 m", distance_m=100, surface="track", sex="X", start="lanes", timing="photo_finish")
ROWS = rules_of(MEET, DASH).anomalies.believable


@pytest.mark.parametrize(
    ("sex", "age", "metres", "best"),
    [
        ("W", None, 100, 10.49),
        ("W", 25, 400, 47.60),
        ("W", 25, 800, 113.28),
        ("W", 25, 1_500, 229.04),
        ("W", 25, 10_000, 1_726),
        ("M", 60, 100, 11.70),
        ("M", 70, 100, 12.53),
        ("M", 50, 10_000, 1_829),
    ],
)
def test_the_best_marks_are_believed(sex: Sex, age: int | None, metres: int, best: float) -> None:
    assert 0 < least_believable(ROWS, "forward", sex, age, metres) < best * SECOND


def test_men_of_no_age_group_are_asked_by_the_speeds_of_all_alone() -> None:
    assert least_believable(ROWS, "forward", "M", 30, 100) == 0
    assert least_believable(ROWS, "forward", "M", None, 10_000) == 0


def test_a_woman_backwards_has_a_limit_of_her_own() -> None:
    assert least_believable(ROWS, "backward", "W", 30, 100) == 14_705_883


def test_the_first_row_that_fits_counts_and_ages_are_included_at_both_ends() -> None:
    rows = (Believable(mm_per_s=5_000, min_age=40, max_age=49), Believable(mm_per_s=10_000))
    found = [least_believable(rows, "forward", "M", age, 100) // SECOND for age in (39, 40, 49, 50, None)]
    assert found == [10, 20, 20, 10, 10]


def test_a_row_for_the_young_is_for_the_youngest_too() -> None:
    rows = (Believable(mm_per_s=5_000, max_age=10),)
    assert [least_believable(rows, "forward", "M", age, 100) // SECOND for age in (0, 10, 11)] == [20, 20, 0]


def test_a_row_reaches_up_to_its_distance() -> None:
    rows = (Believable(mm_per_s=10_000, longest_m=400),)
    assert [least_believable(rows, "forward", "M", None, metres) for metres in (400, 401)] == [40 * SECOND, 0]


def test_no_kind_is_ignored_unless_somebody_says_so() -> None:
    assert rules_of(MEET, DASH).anomalies.ignored == ()
    assert len(set(KINDS)) == len(KINDS)
