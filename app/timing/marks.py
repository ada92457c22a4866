"""Times as they are printed, by how they were taken."""

from app.domain.units import Duration
from app.rules.marks import mark
from app.timing.course import Course
from app.timing.results import By


def official(course: Course, elapsed: int, method: int) -> str | None:
    """The official mark; None where times taken so are not official (R5)."""
    return written(course, elapsed, method) if course.official[method] else None


def written(course: Course, elapsed: int, method: int = By.TRANSPONDER) -> str:
    """A time as printed (R2, R19)."""
    return mark(Duration(elapsed), course.units[method], hand=method == By.HAND)
