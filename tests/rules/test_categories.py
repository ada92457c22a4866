"""R72–R74: ages and categories."""

from datetime import date

import pytest

from app.domain.meet import AgeOn, Ages, Category, Sex
from app.domain.refusals import Invalid
from app.rules.categories import age, ages_on, category_of, check_categories

DAY = date(2026, 6, 14)


def group(name: str, low: int | None, high: int | None, on: AgeOn = "race_day", sex: Sex | None = None) -> Category:
    return Category(name=name, sex=sex, min_age=low, max_age=high, age_on=on)


WORLD_ATHLETICS = (
    group("U18", 16, 17, "year_end"),
    group("U20", 18, 19, "year_end"),
    group("Senior", 20, None, "year_end"),
)
MASTERS = (group("Senior", 20, 34), group("M35", 35, 39, sex="M"), group("W35", 35, 39, sex="W"))


@pytest.mark.parametrize(
    ("born", "category"),
    [
        (date(2006, 12, 31), "Senior"),
        (date(2007, 1, 1), "U20"),
        (date(2008, 5, 5), "U20"),
        (date(2009, 5, 5), "U18"),
        (date(2010, 12, 31), "U18"),
        (date(2011, 1, 1), None),
    ],
)
def test_r72_age_groups_at_the_end_of_the_year(born: date, category: str | None) -> None:
    assert category_of(WORLD_ATHLETICS, "M", ages_on(born, DAY, DAY)) == category


@pytest.mark.parametrize(
    ("sex", "race_day", "category"),
    [("M", DAY, "M35"), ("M", date(2026, 6, 13), "Senior"), ("W", DAY, "W35"), ("X", DAY, None)],
)
def test_r73_masters_from_their_birthday(sex: Sex, race_day: date, category: str | None) -> None:
    assert category_of(MASTERS, sex, ages_on(date(1991, 6, 14), race_day, race_day)) == category


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2026, 2, 28), 37), (date(2026, 3, 1), 38), (date(2028, 2, 28), 39), (date(2028, 2, 29), 40)],
)
def test_r73_born_on_29_february(on: date, years: int) -> None:
    assert age(date(1988, 2, 29), on) == years


def test_ages_are_told_on_three_days() -> None:
    assert ages_on(date(1991, 6, 14), DAY, date(2026, 6, 12)) == Ages(race_day=35, year_end=35, first_day=34)
    assert ages_on(date(1991, 11, 1), DAY, DAY) == Ages(race_day=34, year_end=35, first_day=34)


def test_a_runner_without_an_age_is_in_a_category_without_bounds_only() -> None:
    assert category_of(MASTERS, "M", None) is None
    assert category_of((*MASTERS, group("open", None, None)), "M", None) == "open"
    assert category_of((group("U18", None, 17), group("35+", 35, None)), "M", None) is None


@pytest.mark.parametrize(
    "categories",
    [
        WORLD_ATHLETICS,
        MASTERS,
        (),
        (group("18", 18, 18), group("19", 19, 19)),
        (group("M", None, None, sex="M"), group("W", None, None, sex="W")),
    ],
)
def test_r74_sound_categories_are_taken(categories: tuple[Category, ...]) -> None:
    check_categories(categories)


@pytest.mark.parametrize(
    ("categories", "code", "pointer"),
    [
        ((group("a", 40, 30),), "unordered_ages", "/categories/0/max_age"),
        ((group("a", 20, 40), group("b", 40, 60)), "overlapping_categories", "/categories/1"),
        ((group("b", 40, 60), group("a", 20, 40)), "overlapping_categories", "/categories/1"),
        ((group("a", 20, None), group("b", 30, 39, sex="W")), "overlapping_categories", "/categories/1"),
        ((group("a", None, 39), group("b", None, 20)), "overlapping_categories", "/categories/1"),
        ((group("a", 20, 29), group("a", 30, 39)), "category_twice", "/categories/1/name"),
    ],
)
def test_r74_categories_that_contradict_each_other_are_refused(
    categories: tuple[Category, ...], code: str, pointer: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_categories(categories)
    assert (refused.value.code, refused.value.pointer) == (code, pointer)
