"""Records: a best mark, what it is the best of, and the lists that hold them, as an organizer describes them."""

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from app.domain.meet import Direction, Discipline, Sex, Surface, Timing
from app.domain.units import Duration

Confidence = Literal["H", "M", "L"]
"""High, medium, low."""
Day = Annotated[str, Meta(pattern=r"\A\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")]
"""`2018-07-14`, or as much of it as is known: `2018-07`, `2018`."""
Field = Literal["mixed", "women_only"]
"""On the road, women's records are kept apart by who else was in the race."""


class Contest(NamedTuple):
    """What a record is the best mark of. `of`: the nation or area of a code as NR or AR."""

    code: str
    of: str | None
    category: str | None
    sex: Sex
    distance_m: int
    relay_legs: int
    legs_m: tuple[int, ...]
    discipline: Discipline
    direction: Direction
    surface: Surface
    field: Field | None

    @property
    def kind(self) -> tuple[object, ...]:
        """What marks have in common that are compared at all: distance, legs, discipline, direction, surface."""
        return self[4:10]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A best mark, as exact as its source has it: 2:31 has a `unit_us` of a second.

    `distance_m` is that of a leg; of a medley relay (`legs_m`) that of the team.
    """

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
    method: Timing | None = None
    wind_mm_per_s: int | None = None
    note: str | None = None
    legs_m: tuple[int, ...] = ()

    @property
    def race_m(self) -> int:
        return sum(self.legs_m) or self.distance_m * self.relay_legs

    @property
    def contest(self) -> Contest:
        return Contest(*(getattr(self, name) for name in Contest._fields))

    def stood_before(self, day: str) -> bool:
        """Whether it is older than a day. Where it is known by year or month alone, its first day counts."""
        return (self.date or "") < day


@dataclass(frozen=True, slots=True, kw_only=True)
class Takes:
    """What a list takes. On a track up to `photo_finish_to_m` nothing but photo finish."""

    photo_finish_to_m: Annotated[int, Meta(ge=0, le=100_000)] = 800
    hand: bool = True
    transponder_on_track: bool = False
    wind: bool = True
    """Too much wind, or none read where it counts, bars a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList:
    """Records of any age: the best one of a contest before a day is the one that stands on it.

    Without `takes`, it takes what the rules of an event say of records.
    """

    name: str
    title: str
    source: str
    as_of: Day
    records: tuple[Record, ...]
    takes: Takes | None = None
