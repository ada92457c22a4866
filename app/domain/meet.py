"""The set-up of a meet as an organizer describes it: meets, events, their courses, categories and rounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from app.domain.units import Duration, Instant

Sex = Literal["M", "W", "X"]
Role = Literal["competitor", "guest", "pacer"]
Visibility = Literal["private", "unlisted", "public"]
BY_LINK: Final[frozenset[Visibility]] = frozenset({"public", "unlisted"})
"""Of meets that anybody may read who knows their id."""
PublishName = Literal["full", "initials", "bib"]
AgeOn = Literal["race_day", "year_end", "first_day"]
Discipline = Literal["flat", "hurdles", "steeplechase", "walk"]
Direction = Literal["forward", "backward"]
Surface = Literal["track", "road"]
StartKind = Literal["lanes", "mass"]
Timing = Literal["photo_finish", "transponder", "hand"]
Ranking = Literal["gun", "net"]
EntrySource = Literal["qualifiers", "non_qualifiers", "byes"]

Overrides = Mapping[str, Any]
"""Tables of a ruleset that are replaced, as a partial document of it: objects merge, all else replaces."""

SHORTEST_M = 100
LONGEST_M = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetSpec:
    """A meet. Dates are ISO 8601 days in the meet's own IANA time zone."""

    name: str
    timezone: str
    starts_on: str
    ends_on: str
    venue: str | None = None
    city: str | None = None
    country: str | None = None
    lanes: int = 8
    lap_m: int = 400
    bib_scope: Literal["meet", "event"] = "meet"
    rehearsal: bool = False
    visibility: Visibility = "private"
    rules: Overrides = field(default_factory=dict, hash=False)
    """For all of its events."""
    lanes_out: tuple[int, ...] = ()
    """Lanes of the track that nobody is drawn into: bad or reserved ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingPoint:
    """A named point of a course. The one at 0 m is the start, the one at the event's distance the finish."""

    name: str
    distance_m: int
    place: str
    """Where a reader stands; one place may serve several points, as a line crossed each lap does."""
    cut_off_us: Duration | None = None
    """How long after the gun it closes, between start and finish (R66). The finish closes as the event says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """An age group: both bounds included, on the day that `age_on` names."""

    name: str
    sex: Sex | None = None
    min_age: int | None = None
    max_age: int | None = None
    age_on: AgeOn = "race_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """First `places` of each heat (Q) and the next `times` by time (q)."""

    places: int = 0
    times: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSpec:
    name: str
    advance: Advance | None = None
    heats: int | None = None
    per_heat: int | None = None
    source: EntrySource | None = None
    scheduled_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSpec:
    """A discipline and its field of athletes. `points` are in order of distance, start and finish among them.

    `distance_m` is what each athlete runs; of a relay whose legs differ (`legs_m`), what the team runs.
    """

    name: str
    distance_m: int
    surface: Surface
    sex: Sex
    start: StartKind
    timing: Timing
    code: str | None = None
    relay_legs: int = 1
    discipline: Discipline = "flat"
    direction: Direction = "forward"
    ranking: Ranking = "gun"
    ruleset: str | None = None
    points: tuple[TimingPoint, ...] = ()
    categories: tuple[Category, ...] = ()
    cut_off_us: Duration | None = None
    min_lap_us: Duration | None = None
    start_window_before_us: Duration = Duration(5_000_000)
    start_window_after_us: Duration = Duration(5_400_000_000)
    rounds: tuple[RoundSpec, ...] = (RoundSpec(name="final"),)
    ruleset_version: str | None = None
    """Pinned with the name when it is described: newer tables change nothing of what is recorded."""
    rules: Overrides = field(default_factory=dict, hash=False)
    lanes_out: tuple[int, ...] = ()
    """Besides those of the meet."""
    legs_m: tuple[int, ...] = ()
    """Metres of each leg of a medley relay, in running order."""

    @property
    def legs(self) -> tuple[int, ...]:
        """Metres of each leg in running order; one where it is no relay."""
        return self.legs_m or (self.distance_m,) * self.relay_legs


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Whole years on the three days that category rules ask for. Kept in facts in place of the birth date."""

    race_day: int
    year_end: int
    first_day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Identity: never part of a fact, so that it can be corrected and erased."""

    family_name: str = ""
    given_name: str = ""
    sex: Sex = "X"
    birth_date: str | None = None
    nation: str | None = None
    club: str | None = None
    publish_name: PublishName | None = None
    external_id: str | None = None
    erased: bool = False
