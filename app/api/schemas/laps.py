"""A heat lap by lap, and the crossing that an official confirms."""

from typing import Any, Final

from app.api.schemas.base import Derived, In, Line, Moment, Out, example
from app.domain.facts import Status

CROSSING: Final[dict[str, Any]] = {
    "at": "2026-06-07T10:03:36.900000Z",
    "point": "1200 m",
    "distance_m": 1200,
    "elapsed_us": 216_900_000,
    "mark": "3:36.9?",
    "lap_us": 72_400_000,
    "lap": "1:12.4?",
    "place": 1,
    "gap_us": 0,
    "estimated": True,
    "confirmed": False,
}
RUNNER: Final[dict[str, Any]] = {
    "bib": "7",
    "name": "ADEYO Samuel",
    "lane": None,
    "status": None,
    "state": "started",
    "laps_done": 3,
    "laps_to_go": 2,
    "bell": False,
    "laps_down": 0,
    "last_lap": None,
    "last_kilometre": None,
    "crossings": [CROSSING],
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e9",
}


class CrossingOut(Out):
    """A runner at a point. Times are official, from the gun; `lap` is the difference to the one before. One that no
    reader saw is `estimated`, and has a question mark until an official has confirmed it."""

    model_config = example(CROSSING)

    at: Moment | None
    point: str
    distance_m: int
    elapsed_us: int
    mark: str
    lap_us: int
    lap: str
    place: int | None
    gap_us: int | None
    estimated: bool
    confirmed: bool


class LapRunnerOut(Out):
    """One starter. `laps_to_go` counts crossings of the finish line that are still to come; the `bell` rings for the
    last lap. `laps_down` are the whole laps that the leader had gained when the runner last crossed the line; the last
    lap and kilometre are those of who has finished."""

    model_config = example(RUNNER)

    bib: str
    name: str
    lane: int | None
    status: Status | None
    state: str
    laps_done: int
    laps_to_go: int
    bell: bool
    laps_down: int
    last_lap: str | None
    last_kilometre: str | None
    crossings: list[CrossingOut]
    registration_id: str
    athlete_id: str


class LeaderOut(Out):
    """The first at a point."""

    point: str
    distance_m: int
    bib: str
    name: str
    elapsed_us: int
    mark: str


class KilometreOut(Out):
    """A 1000 m mark: so many metres before the finish line, and timed where `point` says so."""

    distance_m: int
    before_line_m: int
    point: str | None


class CaughtOut(Out):
    """Who will be lapped before reaching the line again, by whom and at about what time."""

    bib: str
    name: str
    by: str
    at: Moment


class LapChartOut(Derived[LapRunnerOut]):
    """Runners in running order, and what goes for the heat: how often the line is crossed, the leaders at each point,
    the 1000 m marks, and who is about to be lapped. `yields`: whoever is overtaken makes way to the outside."""

    laps: int
    yields: bool
    leaders: list[LeaderOut]
    kilometres: list[KilometreOut]
    about_to_be_lapped: list[CaughtOut]


class ConfirmIn(In):
    """The proposed crossing of this runner; `point` where several are proposed."""

    model_config = example({"bib": "7", "point": "1200 m", "reason": "Seen by the lap scorer"})

    bib: Line
    point: Line | None = None
    reason: Line | None = None


class ConfirmedOut(Out):
    """It counts from now on. Undoing that position of the log makes it a proposal again."""

    model_config = example(
        {"heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb", "bib": "7", "at": CROSSING["at"], "seq": 3120}
    )

    heat_id: str
    bib: str
    at: Moment
    seq: int
