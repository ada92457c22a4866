"""Events as they are sent and shown: their course, categories and rounds."""

from dataclasses import asdict
from typing import Annotated, Any, Final

from pydantic import Field

from app.api.schemas.base import (
    At,
    In,
    LanesOut,
    Micros,
    Moment,
    Name,
    Out,
    Overrides,
    Segment,
    Text,
    example,
    patch_example,
    written,
)
from app.domain.ids import MeetId
from app.domain.meet import (
    LONGEST_M,
    SHORTEST_M,
    Advance,
    AgeOn,
    Category,
    Direction,
    Discipline,
    EntrySource,
    EventSpec,
    MeetSpec,
    Ranking,
    RoundSpec,
    Sex,
    StartKind,
    Surface,
    Timing,
    TimingPoint,
)
from app.domain.state import Event
from app.domain.units import SECOND, Duration
from app.rules.rulesets import under

DistanceM = Annotated[int, Field(ge=SHORTEST_M, le=LONGEST_M)]
AlongM = Annotated[int, Field(ge=0, le=4 * LONGEST_M)]
Legs = Annotated[int, Field(json_schema_extra={"enum": [1, 4]}, ge=1, le=4)]
LegM = Annotated[int, Field(ge=1, le=LONGEST_M)]
Age = Annotated[int, Field(ge=0, le=150)]
Advancing = Annotated[int, Field(ge=0, le=1_000)]

_EVENT: Final[dict[str, Any]] = {
    "name": "800 m",
    "distance_m": 800,
    "surface": "track",
    "sex": "W",
    "start": "lanes",
    "timing": "photo_finish",
    "ranking": "gun",
    "direction": "backward",
    "points": [
        {"name": "start", "distance_m": 0, "place": "start"},
        {"name": "400 m", "distance_m": 400, "place": "finish"},
        {"name": "finish", "distance_m": 800, "place": "finish"},
    ],
    "categories": [{"name": "W40", "sex": "W", "min_age": 40, "max_age": 44, "age_on": "race_day"}],
    "rounds": [{"name": "heats", "advance": {"places": 2, "times": 2}}, {"name": "final"}],
}
_ROUND: Final = dict.fromkeys(("advance", "heats", "per_heat", "source", "scheduled_at"))


class PointIn(In):
    """A timing point. `place` is where its reader stands, by default a place of the same name."""

    name: Name
    distance_m: AlongM
    place: Name | None = None
    cut_off_us: Micros | None = None

    def spec(self) -> TimingPoint:
        return TimingPoint(
            name=self.name, distance_m=self.distance_m, place=self.place or self.name, cut_off_us=self.cut_off_us
        )


class CategoryIn(In):
    """An age group, both bounds included, on the day that `age_on` names."""

    name: Name
    sex: Sex | None = None
    min_age: Age | None = None
    max_age: Age | None = None
    age_on: AgeOn = "race_day"

    def spec(self) -> Category:
        return Category(**dict(self))


class AdvanceIn(In):
    """First `places` of each heat (Q) and the next `times` by time (q)."""

    places: Advancing = 0
    times: Advancing = 0


class RoundIn(In):
    """One round, in running order. `heats` or `per_heat` says how it is drawn where the rules leave it open."""

    name: Segment
    advance: AdvanceIn | None = None
    heats: Annotated[int, Field(ge=1, le=1_000)] | None = None
    per_heat: Annotated[int, Field(ge=1, le=100_000)] | None = None
    source: EntrySource | None = None
    scheduled_at: At | None = None

    def spec(self) -> RoundSpec:
        advance = self.advance and Advance(places=self.advance.places, times=self.advance.times)
        return RoundSpec(**{**dict(self), "advance": advance})


class EventPatch(In):
    """What is to change; the rest stays. Lists are replaced whole."""

    model_config = patch_example({"ranking": "gun"})

    name: Name = ""
    code: Text | None = None
    distance_m: DistanceM = 100
    relay_legs: Legs = 1
    discipline: Discipline = "flat"
    direction: Direction = "forward"
    surface: Surface = "track"
    sex: Sex = "X"
    start: StartKind = "mass"
    timing: Timing = "hand"
    ranking: Ranking = "gun"
    ruleset: Text | None = None
    points: Annotated[list[PointIn], Field(max_length=200)] = Field(default_factory=list)
    categories: Annotated[list[CategoryIn], Field(max_length=200)] = Field(default_factory=list)
    cut_off_us: Micros | None = None
    min_lap_us: Micros | None = None
    start_window_before_s: Annotated[int, Field(ge=0, le=86_400)] = 5
    start_window_after_s: Annotated[int, Field(ge=0, le=86_400)] = 5_400
    rounds: Annotated[list[RoundIn], Field(min_length=1, max_length=20)] = Field(default_factory=list)
    ruleset_version: Text | None = None
    rules: Overrides = Field(default_factory=dict)
    lanes_out: LanesOut = Field(default_factory=list)
    legs_m: Annotated[list[LegM], Field(max_length=4)] = Field(default_factory=list)

    def changes(self) -> dict[str, Any]:
        """Fields of `EventSpec`, as far as they were sent."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        for text in ("code", "ruleset", "ruleset_version"):
            if text in given:
                given[text] = given[text] or None
        for side in ("before", "after"):
            if (seconds := given.pop(f"start_window_{side}_s", None)) is not None:
                given[f"start_window_{side}_us"] = Duration(seconds * SECOND)
        for numbers in ("lanes_out", "legs_m"):
            if numbers in given:
                given[numbers] = tuple(given[numbers])
        for parts in ("points", "categories", "rounds"):
            if parts in given:
                given[parts] = tuple(part.spec() for part in given[parts])
        return given


class EventIn(EventPatch):
    """A discipline and its field: 100 m to 10 km for each athlete. Without `points`: start, laps, finish."""

    model_config = example(_EVENT)

    name: Name
    distance_m: DistanceM
    surface: Surface
    sex: Sex
    start: StartKind
    timing: Timing

    def spec(self) -> EventSpec:
        return EventSpec(**self.changes())


class EventCloneIn(In):
    """What differs in the copy: its name, the code that only one event can have."""

    model_config = patch_example({"name": "10 km, second race", "code": "10K2"})

    name: Name = ""
    code: Text | None = None

    def changes(self) -> dict[str, Any]:
        return {name: getattr(self, name) or None for name in self.model_fields_set}


class PointOut(Out):
    name: str
    distance_m: int
    place: str
    cut_off_us: int | None


class CategoryOut(Out):
    name: str
    sex: Sex | None
    min_age: int | None
    max_age: int | None
    age_on: AgeOn


class AdvanceOut(Out):
    places: int
    times: int


class RoundSpecOut(Out):
    name: str
    advance: AdvanceOut | None
    heats: int | None
    per_heat: int | None
    source: EntrySource | None
    scheduled_at: Moment | None


class EventOut(Out):
    """An event. `seq` is the last position of the log that touched it."""

    model_config = example(
        {
            "id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "meet_id": "meet_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "code": None,
            "relay_legs": 1,
            "discipline": "flat",
            "ruleset": "irr-retro-2016",
            "ruleset_version": "2026.1",
            "rules": {},
            "overridden": [],
            "lanes_out": [],
            "legs_m": [],
            "cut_off_us": None,
            "min_lap_us": None,
            "start_window_before_s": 5,
            "start_window_after_s": 5_400,
            **_EVENT,
            "points": [{**one, "cut_off_us": None} for one in _EVENT["points"]],
            "rounds": [{**_ROUND, **one} for one in _EVENT["rounds"]],
            "registration_count": 19,
            "seq": 530,
        }
    )

    id: str
    meet_id: str
    name: str
    code: str | None
    distance_m: int
    relay_legs: int
    discipline: Discipline
    direction: Direction
    surface: Surface
    sex: Sex
    start: StartKind
    timing: Timing
    ranking: Ranking
    ruleset: str
    ruleset_version: str
    rules: dict[str, Any]
    overridden: list[str]
    lanes_out: list[int]
    legs_m: list[int]
    points: list[PointOut]
    categories: list[CategoryOut]
    cut_off_us: int | None
    min_lap_us: int | None
    start_window_before_s: int
    start_window_after_s: int
    rounds: list[RoundSpecOut]
    registration_count: int
    seq: int

    @classmethod
    def of(cls, id: MeetId, meet: MeetSpec, event: Event, seq: int) -> "EventOut":
        shown, held = asdict(event.spec), under(meet, event.spec)
        shown |= {"ruleset": held.ruleset, "ruleset_version": held.version, "overridden": list(held.overridden)}
        for side in ("before", "after"):
            shown[f"start_window_{side}_s"] = shown.pop(f"start_window_{side}_us") // SECOND
        for spec in shown["rounds"]:
            spec["scheduled_at"] = written(spec["scheduled_at"])
        standing = sum(not one.withdrawn for one in event.registrations.values())
        return cls(id=event.id, meet_id=id, registration_count=standing, seq=seq, **shown)
