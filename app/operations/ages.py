"""Ages for the log, made from a birth date that stays out of it."""

from datetime import date, timedelta
from typing import Final

from app.domain.meet import Ages, MeetSpec
from app.domain.refusals import Invalid
from app.operations.checks import day, within
from app.rules.categories import ages_on

OLDEST: Final = 120
_OLDEST_DAYS: Final = timedelta(days=366 * OLDEST)


def ages_of(birth_date: str, spec: MeetSpec) -> Ages:
    """In a meet of several days the first one is the race day (R73)."""
    first = date.fromisoformat(spec.starts_on)
    return ages_on(date.fromisoformat(birth_date), first, first)


def born(birth_date: str, spec: MeetSpec, at: str = "/birth_date") -> str:
    """The birth date, if somebody born then can run here."""
    first = date.fromisoformat(spec.starts_on)
    if not first - _OLDEST_DAYS < day(birth_date, at) <= first:
        raise Invalid(at, "not_a_birth_date", f"nobody born on {birth_date} runs on {spec.starts_on}: check the year")
    return birth_date


def aged(age: int, at: str = "/age") -> Ages:
    """What is known when only an age was given: the same on every day that categories ask for."""
    within(age, 0, OLDEST, at, "an age")
    return Ages(race_day=age, year_end=age, first_day=age)
