"""Records: what one says, what may break it (R8, R17, R71), and official marks beside it, never raw times (R10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal, NamedTuple

from msgspec import Meta

from app.domain.meet import Direction, Discipline, EventSpec, Sex, Surface
from app.domain.units import Duration
from app.rules.marks import mark
from app.rules.rounding import TimedBy, round_up
from app.rules.table import Number
from app.rules.wind import WindFlag

Confidence = Literal["H", "M", "L"]
"""High, medium, low."""
Day = Annotated[str, Meta(pattern=r"\A\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")]
"""`2018-07-14`, or as much of it as is known: `2018-07`, `2018`."""
Field = Literal["mixed", "women_only"]
"""On the road, women's records are kept apart by who else was in the race."""
Bar = Literal["timing", "w", "NWI"]
"""Why a mark breaks no record: how it was timed, too much wind, no wind read."""

ORDER: Final = ("WR", "WB", "AR", "CR", "NR", "MR", "WL")
"""Codes in the order in which they are printed, other ones after them; PB and SB come last."""


class Contest(NamedTuple):
    """What a record is the best mark of. `of`: the nation or area of a code as NR or AR."""

    code: str
    of: str | None
    category: str | None
    sex: Sex
    distance_m: int
    relay_legs: int
    discipline: Discipline
    direction: Direction
    surface: Surface
    field: Field | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A best mark, as exact as its source has it: 2:31 has a `unit_us` of a second. `distance_m` is that of a leg."""

    code: str
    sex: Sex
    distance_m: int
    surface: Surface
    mark_us: Annotated[Duration, Meta(gt=0)]
    unit_us: Annotated[Duration, Meta(gt=0)]
    source: str
    confidence: Confidence
    date: Day | None = None
    holder: str | None = None
    nation: str | None = None
    place: str | None = None
    of: str | None = None
    category: str | None = None
    relay_legs: int = 1
    discipline: Discipline = "flat"
    direction: Direction = "forward"
    field: Field | None = None
    method: TimedBy | None = None
    wind_mm_per_s: int | None = None
    note: str | None = None

    @property
    def contest(self) -> Contest:
        return Contest(*(getattr(self, name) for name in Contest._fields))

    @property
    def mark(self) -> str:
        """`13.17`, `2:31`, `13.6h`."""
        return mark(self.mark_us, self.unit_us, hand=self.method == "hand")

    def stood_before(self, day: str) -> bool:
        """Whether it is older than a day. Where it is known by year or month alone, its first day counts."""
        return (self.date or "") < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """What a list takes. On a track up to `photo_finish_to_m` nothing but photo finish."""

    photo_finish_to_m: Number = 800
    hand: bool = True
    transponder_on_track: bool = False
    wind: bool = True
    """Too much wind, or none read where it counts, bars a mark."""


def barred(takes: Takes, surface: Surface, race_m: int, method: TimedBy, wind: WindFlag | None) -> Bar | None:
    """Why a mark cannot be a record in such a list, or None."""
    on_track = surface == "track"
    too_short = on_track and race_m <= takes.photo_finish_to_m and method != "photo_finish"
    by_chip = on_track and method == "transponder" and not takes.transponder_on_track
    if too_short or by_chip or (method == "hand" and not takes.hand):
        return "timing"
    return wind if takes.wind else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """What records ask of an athlete or a relay team. `origins`: nation and area, as the records' `of` has them."""

    sex: Sex
    origins: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()


def concerns(contest: Contest, spec: EventSpec, runner: Runner) -> bool:
    """Whether a mark of the runner in the event is one of the contest."""
    event = spec.distance_m, spec.relay_legs, spec.discipline, spec.direction, spec.surface
    return (
        contest[4:9] == event
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
