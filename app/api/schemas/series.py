"""Series over several events, as they are sent and shown."""

from typing import Annotated, Any, Final, get_args

from pydantic import Field

from app.api.schemas.base import Derived, In, Line, Moment, Out, example
from app.domain.ids import EventId
from app.domain.meet import Sex
from app.domain.units import format_instant
from app.operations.series import Described
from app.rules.series import SeriesRules, TieBreak
from app.store.series import SeriesRow
from app.timing.finals import Stage

_HEX: Final = "0197430a2c4e7d5fa3f09a64d1c3b2e"
_EVENTS: Final = [f"evt_{_HEX}8", f"evt_{_HEX}9", f"evt_{_HEX}a"]
_RULES: Final[dict[str, Any]] = {
    "points": [60, 54, 48, 43, 40],
    "beyond": 1,
    "best": 2,
    "tie_breaks": ["better_places", "head_to_head", "last_race"],
}
_SERIES: Final[dict[str, Any]] = {
    "name": "Winter cup",
    "races": [{"event_id": event} for event in _EVENTS],
    "rules": _RULES,
}
_LINE: Final[dict[str, Any]] = {
    "place": 1,
    "name": "BRANDT Ida",
    "sex": "W",
    "nation": "NOR",
    "club": "Bergen Bakover",
    "points": 114,
    "scores": [60, 48, 54],
    "counted": [True, False, True],
    "because": ["60 + 54 = 114, the best 2 of 3 (R82)"],
}

Points = Annotated[int, Field(ge=0, le=1_000_000)]


class SeriesRulesIn(In):
    """Points of places 1, 2, …, and `beyond` for all behind them; the `best` so many races count, null for all."""

    points: Annotated[list[Points], Field(min_length=1, max_length=1_000)]
    beyond: Points = 0
    best: Annotated[int, Field(ge=1, le=100)] | None = None
    tie_breaks: Annotated[list[TieBreak], Field(max_length=3)] = Field(default_factory=lambda: [*get_args(TieBreak)])

    def rules(self) -> SeriesRules:
        return SeriesRules(
            points=tuple(self.points), beyond=self.beyond, best=self.best, tie_breaks=tuple(self.tie_breaks)
        )


class RaceIn(In):
    """An event whose last round counts."""

    event_id: Annotated[str, Field(max_length=64)]


class SeriesIn(In):
    """A series: races of one meet or of several, in the order in which they are run."""

    model_config = example(_SERIES)

    name: Line
    races: Annotated[list[RaceIn], Field(min_length=1, max_length=100)]
    rules: SeriesRulesIn

    def described(self) -> Described:
        return Described(self.name, [EventId(race.event_id) for race in self.races], self.rules.rules())


class RaceOut(Out):
    """An event whose last round counts."""

    event_id: str


class SeriesRulesOut(Out):
    """How places become points, and which of them count."""

    points: list[int]
    beyond: int
    best: int | None
    tie_breaks: list[TieBreak]


class SeriesOut(Out):
    """A series, of the organization that made it."""

    model_config = example({"id": f"ser_{_HEX}1", **_SERIES, "created_at": "2026-06-07T08:00:00.000000Z"})

    id: str
    name: str
    races: list[RaceOut]
    rules: SeriesRulesOut
    created_at: Moment

    @classmethod
    def of(cls, row: SeriesRow) -> "SeriesOut":
        rules = row.rules
        return cls(
            id=row.id,
            name=row.name,
            races=[RaceOut(event_id=event) for _, event in row.races],
            rules=SeriesRulesOut(
                points=list(rules.points), beyond=rules.beyond, best=rules.best, tie_breaks=list(rules.tie_breaks)
            ),
            created_at=format_instant(row.created_at),
        )


class SeriesRaceOut(Out):
    """A race of the series: how far its final has come, null where the event is held no more, and whether it counts."""

    event_id: str
    name: str | None
    stage: Stage | None
    counted: bool


class SeriesLineOut(Out):
    """A runner over the series. `scores` has one entry a race, null without a place there; `counted` says which of them
    make up the points. Who is equal after all tie-breaks shares the place."""

    model_config = example(_LINE)

    place: int
    name: str
    sex: Sex
    nation: str | None
    club: str | None
    points: int
    scores: list[int | None]
    counted: list[bool]
    because: list[str]


class SeriesStandingsOut(Derived[SeriesLineOut]):
    """Standings of a series. `seq` is the sum of the positions in the logs of its meets."""

    model_config = example(
        {
            "items": [_LINE],
            "next_cursor": None,
            "seq": 9_210,
            "races": [{"event_id": event, "name": "10 km", "stage": "official", "counted": True} for event in _EVENTS],
        }
    )

    races: list[SeriesRaceOut]
