"""Records: what one says, what may break it (R8, R17, R71), and official marks beside it, never raw times (R10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.meet import EventSpec, Sex, Surface
from app.domain.records import Contest, Record, Takes
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.rounding import TimedBy, round_up
from app.rules.wind import WindFlag

Bar = Literal["timing", "w", "NWI"]
"""Why a mark breaks no record: how it was timed, too much wind, no wind read."""

ORDER: Final = ("WR", "WB", "AR", "CR", "NR", "MR", "WL")
"""Codes in the order in which they are printed, other ones after them; PB and SB come last."""


def mark_of(record: Record) -> str:
    """`13.17`, `2:31`, `13.6h`."""
    return mark(record.mark_us, record.unit_us, hand=record.method == "hand")


def barred(takes: Takes, surface: Surface, race_m: int, method: TimedBy, wind: WindFlag | None) -> Bar | None:
    """Why a mark cannot be a record in such a list, or None."""
    on_track = surface == "track"
    too_short = on_track and race_m <= takes.photo_finish_to_m and method != "photo_finish"
    no_camera = method == "semi" or (method == "transponder" and not takes.transponder_on_track)
    if too_short or (on_track and no_camera) or (method == "hand" and not takes.hand):
        return "timing"
    return wind if takes.wind else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """What records ask of an athlete or a relay team. `origins`: nation and area, as the records' `of` has them."""

    sex: Sex
    origins: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()


def kind_of(spec: EventSpec) -> tuple[object, ...]:
    """What marks of two events must have in common to be compared; `Contest.kind` of an event."""
    return spec.distance_m, spec.relay_legs, spec.legs_m, spec.discipline, spec.direction, spec.surface


def concerns(contest: Contest, spec: EventSpec, runner: Runner) -> bool:
    """Whether a mark of the runner in the event is one of the contest."""
    return (
        contest.kind == kind_of(spec)
        and contest.sex == runner.sex
        and contest.field in (None, "mixed" if spec.sex == "X" else "women_only")
        and (contest.of is None or contest.of in runner.origins)
        and (contest.category is None or contest.category in runner.categories)
    )


def contest_code(contest: Contest) -> str:
    """`NR`, or `M50 NR` in a category."""
    return contest.code if contest.category is None else f"{contest.category} {contest.code}"


def print_order(contest: Contest) -> tuple[int, bool]:
    """Sort key: as `ORDER` has it, the open class before categories."""
    known = ORDER.index(contest.code) if contest.code in ORDER else len(ORDER)
    return known, contest.category is not None


def record_code(code: str, elapsed: Duration, unit: Duration, standing: Duration | None) -> str | None:
    """`NR` when better than the standing mark (or the first ever), `=NR` when equal, else None."""
    official = round_up(elapsed, unit)
    if standing is None or official < standing:
        return code
    return f"={code}" if official == standing else None


def bests(official: Duration, pb: Duration | None, sb: Duration | None) -> list[str]:
    """`PB` or `SB` beside a legal official mark, `=` before it when equalled; a PB is a season's best too.

    Without a best before there is nothing to say: it may be unknown.
    """
    codes = (record_code(code, official, Duration(1), best) for code, best in (("PB", pb), ("SB", sb)) if best)
    return [code for code in codes if code][:1]


def best_of(records: Sequence[Record], day: str) -> list[Record]:
    """Of records of one contest those that stand on a day, more than one where the mark is shared."""
    before = [record for record in records if record.stood_before(day)]
    best = min((record.mark_us for record in before), default=None)
    return [record for record in before if record.mark_us == best]
