"""Medal and placing tables and combined events, as they are shown. The lines themselves are made by `app/views`."""

from typing import Any, Final

from pydantic import Field

from app.api.schemas.base import Derived, Out, example
from app.domain.facts import Status
from app.domain.meet import Sex
from app.timing.finals import Stage
from app.views.medals import By

_EVENT_ID: Final = "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8"
_PLACE: Final[dict[str, Any]] = {
    "event_id": _EVENT_ID,
    "place": 1,
    "bib": "417",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}
_EVENT: Final[dict[str, Any]] = {
    "event_id": _EVENT_ID,
    "name": "100 m women",
    "round": "final",
    "stage": "official",
    "counted": True,
}
_MEDALS: Final[dict[str, Any]] = {
    "rank": 1,
    "name": "NOR",
    "gold": 1,
    "silver": 0,
    "bronze": 0,
    "total": 1,
    "because": [_PLACE],
}
_POINTS: Final[dict[str, Any]] = {
    "rank": 1,
    "name": "NOR",
    "points": "7.5",
    "places": [1, 0, 0, 0, 0, 0, 0, 0],
    "because": [{**_PLACE, "points": "7.5"}],
}
_FINALS: Final[dict[str, Any]] = {"by": "nation", "least": "finished", "events": [_EVENT]}


class FinalOut(Out):
    """An event of the meet: how far its last round has come, and whether it counts in this table."""

    event_id: str
    name: str
    round: str
    stage: Stage
    counted: bool


class MedalPlaceOut(Out):
    """A place that a medal was won with; a relay team is one."""

    event_id: str
    place: int
    bib: str
    registration_id: str


class MedalsLineOut(Out):
    """A nation, or a club. Equal medals share the rank; shared places make shared medals: after two golds no silver."""

    model_config = example(_MEDALS)

    rank: int
    name: str
    gold: int
    silver: int
    bronze: int
    total: int
    because: list[MedalPlaceOut]


class MedalsOut(Derived[MedalsLineOut]):
    """The medal table, and which events it is made of."""

    model_config = example({"items": [_MEDALS], "next_cursor": None, "seq": 3107, **_FINALS})

    by: By
    least: Stage
    events: list[FinalOut]


class PointsPlaceOut(MedalPlaceOut):
    """A place that scored; who shares one shares the points of all the places that they take up."""

    points: str


class PlacingsLineOut(Out):
    """A nation, or a club. Points are text and exact: `40`, `6.5`, `2 1/3`. `places`: how many 1sts, 2nds, …"""

    model_config = example(_POINTS)

    rank: int
    name: str
    points: str
    places: list[int]
    because: list[PointsPlaceOut]


class PlacingsOut(Derived[PlacingsLineOut]):
    """The placing table, and which events it is made of."""

    model_config = example({"items": [_POINTS], "next_cursor": None, "seq": 3107, **_FINALS})

    by: By
    least: Stage
    events: list[FinalOut]


_COMBINED: Final[dict[str, Any]] = {
    "rank": 1,
    "name": "BRANDT Ida",
    "bibs": ["417"],
    "sex": "W",
    "nation": "NOR",
    "club": None,
    "points": 933,
    "parts": [
        {
            "event_id": _EVENT_ID,
            "mark": "24.50",
            "status": "OK",
            "scored_us": 24_500_000,
            "points": 933,
            "unscored": None,
        }
    ],
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}
_TABLE: Final[dict[str, Any]] = {
    "name": "combined-events",
    "title": "Combined events, running",
    "source": "Coefficients of World Athletics as in athlib 0.9.8 (Apache-2.0)",
    "approximate": False,
}


class PartOut(Out):
    """One event of an athlete. Points are null while there is no result, 0 for DNF, DQ and DNS. `scored_us` is the
    official time that was scored, longer than the mark where a hand time was made comparable."""

    event_id: str
    mark: str | None
    status: Status | None
    scored_us: int | None
    points: int | None
    unscored: str | None = Field(
        description="Why there are no points where the table has none for this athlete: sex X in an event for all."
    )


class CombinedLineOut(Out):
    """An athlete over all of the events. Equal points share the rank."""

    model_config = example(_COMBINED)

    rank: int | None
    name: str
    bibs: list[str]
    sex: Sex
    nation: str | None
    club: str | None
    points: int
    parts: list[PartOut]
    athlete_id: str


class ScoringTableOut(Out):
    """Where the points come from. `approximate`: derived, not what the federation publishes."""

    name: str
    title: str
    source: str
    approximate: bool


class CombinedOut(Derived[CombinedLineOut]):
    """Combined events, and the table that they are scored by."""

    model_config = example({"items": [_COMBINED], "next_cursor": None, "seq": 3107, "table": _TABLE})

    table: ScoringTableOut
