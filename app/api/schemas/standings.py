"""Standings, as they are shown. The lines themselves are made by `app/views`."""

from typing import Any, Final

from pydantic import Field

from app.api.schemas.base import Out, example
from app.api.schemas.because import BECAUSE, Because
from app.api.schemas.worth import AgeGradeOut, PercentOut, ScoreOut
from app.domain.facts import Status
from app.domain.meet import Role, Sex
from app.rules.pace import Halves
from app.timing.grade import Grade

STANDING: Final[dict[str, Any]] = {
    "place": 57,
    "place_sex": 6,
    "place_category": 2,
    "bib": "873",
    "name": "ORTEGA Marta",
    "sex": "W",
    "category": "W40",
    "nation": "ESP",
    "club": None,
    "team": None,
    "role": "competitor",
    "wave": None,
    "round": "final",
    "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb",
    "status": "OK",
    "rule": None,
    "state": "finished",
    "mark": "40:01",
    "elapsed_us": 2_400_100_000,
    "gun_us": 2_412_200_000,
    "net_us": 2_400_100_000,
    "gap_us": 675_000_000,
    "gap": "+11:15",
    "pace": "4:00/km",
    "halves": "negative",
    "splits": [
        {
            "point": "5 km",
            "elapsed_us": 1_209_300_000,
            "mark": "20:10",
            "place": 61,
            "net_us": 1_209_300_000,
            "net_mark": "20:10",
            "lap_us": 1_210_000_000,
            "lap_mark": "20:10",
        },
        {
            "point": "finish",
            "elapsed_us": 2_400_100_000,
            "mark": "40:01",
            "place": 57,
            "net_us": 2_400_100_000,
            "net_mark": "40:01",
            "lap_us": 1_191_000_000,
            "lap_mark": "19:51",
        },
    ],
    "flags": [],
    "age_grade": None,
    "percent_of_best": None,
    "points": None,
    "timed_by": "transponder",
    "resolution_us": 50_000,
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
    "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e9",
}


class SplitOut(Out):
    """At one point of the course, at the finish the official time. `place` is the one there; `lap_us` since the point
    before, a difference of the printed times: they add up to the mark. Marks end with a question mark where no reader
    saw the crossing and it is only proposed."""

    point: str
    elapsed_us: int
    mark: str
    place: int | None
    net_us: int | None = Field(description="Since the read at the start; null without one.")
    net_mark: str | None
    lap_us: int
    lap_mark: str


class StandingOut(Out):
    """One registration. Equal places share the lower number; `mark` is `elapsed_us` as the rules round it.

    The result is of the last `round` that it was drawn into. Whoever was in a later round is ahead of all who were
    not, and nobody who is out takes a place of it: behind a final of eight, places go on with 9, also where some of
    them are disqualified. `rule` is the one behind a disqualification."""

    model_config = example(STANDING)

    place: int | None
    place_sex: int | None
    place_category: int | None
    bib: str
    name: str
    sex: Sex
    category: str | None
    nation: str | None
    club: str | None
    team: str | None
    role: Role
    wave: str | None
    round: str | None
    heat_id: str | None
    status: Status | None
    rule: str | None
    state: str
    mark: str | None
    elapsed_us: int | None
    gun_us: int | None
    net_us: int | None
    gap_us: int | None = Field(description="Behind the first, a difference of official times.")
    gap: str | None
    pace: str | None = Field(description="Per kilometre, of the official time.")
    halves: Halves | None = Field(
        description="Whether the second half was the faster one (`negative`), null without a read half way."
    )
    splits: list[SplitOut]
    flags: list[str]
    age_grade: AgeGradeOut | None = Field(description="Null unless asked for with `with`.")
    percent_of_best: PercentOut | None = Field(
        description="Null unless asked for with `with`, or the rules of the event have it said (`points`)."
    )
    points: ScoreOut | None = Field(description="Null unless asked for with `with`.")
    timed_by: Grade | None
    resolution_us: int | None
    registration_id: str
    athlete_id: str


class StandingWhole(StandingOut):
    """One registration, and why it stands where it does."""

    model_config = example({**STANDING, "because": BECAUSE, "seq": 3107})

    because: Because
    seq: int
