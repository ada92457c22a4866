"""How a time was taken, how fine that is, and when a margin is too small for it (R2, R5, R8)."""

from typing import Final, Literal

import numpy as np

from app.domain.facts import SourceDescribed
from app.domain.units import SECOND
from app.rules.rounding import ChipError, chip_error
from app.timing.columns import Ints
from app.timing.course import METHODS, Course
from app.timing.field import MISSING
from app.timing.results import By, Flag
from app.timing.tally import Bools

Grade = Literal["photo_finish", "hand", "semi", "transponder", "transponder_local", "manual_at_line", "ruled"]
"""`transponder_local`: on a track, to a part of a second, as club meets have it (R8)."""
NOT_BY_CHIP: Final = Flag.AT_LINE | Flag.TIME_RULED


def graded(course: Course, method: int, flags: int) -> Grade:
    if flags & Flag.TIME_RULED:
        return "ruled"
    if flags & Flag.AT_LINE:
        return "manual_at_line"
    if method == By.TRANSPONDER and course.spec.surface == "track" and course.units[method] < SECOND:
        return "transponder_local"
    return METHODS[method]


def resolution(course: Course, method: int, flags: int, error_us: int) -> int:
    """Microseconds below which the evidence tells nothing; of a time that was ruled, what it is written in."""
    fine = course.rules.timing.fineness
    if flags & Flag.TIME_RULED:
        return course.units[method]
    if flags & Flag.AT_LINE:
        return fine.line_us
    return (error_us, course.image, fine.hand_us, fine.semi_us)[method]


def error_at(place: str | None, sources: list[SourceDescribed], table: tuple[ChipError, ...]) -> int:
    """How far times at a place may be off: as its worst main reader, else its worst backup, else as unknown ones."""
    there = [source for source in sources if source.place == place]
    counting = [source for source in there if source.role == "main"] or there
    errors = [chip_error(one.protocol, table) if one.error_us is None else one.error_us for one in counting]
    return max(errors, default=chip_error(None, table))


def by_chip(method: Ints, flags: Ints, elapsed: Ints) -> Bools:
    """Whose time is a reader's: of an image or a watch it is not the margin that tells runners apart."""
    chips: Bools = (method == By.TRANSPONDER) & (flags & NOT_BY_CHIP == 0) & (elapsed != MISSING)
    return chips


def too_close(order: Ints, group: Ints, elapsed: Ints, chips: Bools, error_us: Ints) -> Bools:
    """Whose margin to the next or the one before, within a group, is no more than the error. `order`: first to last."""
    out: Bools = np.zeros(len(elapsed), np.bool_)
    ahead, behind = order[:-1], order[1:]
    margin = np.abs(elapsed[behind] - elapsed[ahead])
    near = chips[ahead] & chips[behind] & (group[ahead] == group[behind])
    near &= margin <= np.maximum(error_us[ahead], error_us[behind])
    out[ahead[near]] = out[behind[near]] = True
    return out
