"""Age categories (R72–R74): data-driven, both bounds included, on the day that each category names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from app.domain.meet import Ages, Category, EventSpec, Sex
from app.domain.refusals import Invalid

ANY_AGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Categories:
    groups: tuple[Category, ...]
    """The age groups of the rule book (R72, R73, R76)."""
    assigned: bool
    """Whether an event that names none has these."""


def categories_of(spec: EventSpec, table: Categories) -> tuple[Category, ...]:
    """The event's own, else those of its rules where they are assigned."""
    return spec.categories or (table.groups if table.assigned else ())


def age(birth_date: date, on: date) -> int:
    """Whole years. Born on 29 February, a year is counted on 1 March where there is no 29th (R73)."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def ages_on(birth_date: date, race_day: date, first_day: date) -> Ages:
    """Ages on the race day, on 31 December of its year, and on the meet's first day."""
    return Ages(
        race_day=age(birth_date, race_day),
        year_end=age(birth_date, date(race_day.year, 12, 31)),
        first_day=age(birth_date, first_day),
    )


def category_of(categories: Sequence[Category], sex: Sex, ages: Ages | None) -> str | None:
    """The first category that takes the athlete, or None. Without ages only one without bounds does."""
    return next((c.name for c in categories if c.sex in (None, sex) and _takes(c, ages)), None)


def _takes(category: Category, ages: Ages | None) -> bool:
    if ages is None:
        return category.min_age is None and category.max_age is None
    low, high = _bounds(category)
    on: int = getattr(ages, category.age_on)
    return low <= on <= high


def check_categories(categories: Sequence[Category], at: str = "/categories") -> None:
    """Refuses bounds in the wrong order, a category named twice, and two that would take the same athlete."""
    for index, category in enumerate(categories):
        low, high = _bounds(category)
        if low > high:
            message = f"category {category.name!r} ends at {high}, before it begins at {low}"
            raise Invalid(f"{at}/{index}/max_age", "unordered_ages", message)
    for (_, one), (index, other) in combinations(enumerate(categories), 2):
        if (one.name, one.sex) == (other.name, other.sex):
            raise Invalid(f"{at}/{index}/name", "category_twice", f"category {other.name!r} is listed twice")
        if _overlap(one, other):
            message = f"categories {one.name!r} and {other.name!r} would take the same athlete (R74): part their ages"
            raise Invalid(f"{at}/{index}", "overlapping_categories", message)


def _bounds(category: Category) -> tuple[int, int]:
    low = 0 if category.min_age is None else category.min_age
    return low, ANY_AGE if category.max_age is None else category.max_age


def _overlap(one: Category, other: Category) -> bool:
    if one.sex is not None and other.sex is not None and one.sex != other.sex:
        return False
    (low, high), (other_low, other_high) = _bounds(one), _bounds(other)
    return low <= other_high and other_low <= high
