"""Standings, as they are shown. The lines themselves are made by `app/views`."""

from typing import Any, Final

from pydantic import Field

from app.api.schemas.base import Moment, Out, example
from app.api.schemas.records import BestBefore
from app.domain.facts import How, Method, RulingKind, Status
from app.domain.meet import Role, Sex
from app.domain.records import Confidence
from app.operations.rulings import Card
from app.rules.pace import Halves
from app.timing.grade import Grade
from app.timing.penalties import PenaltyKind
from app.timing.verdicts import ReadStateName

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
    "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb",
    "status": "OK",
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
    """At one point of the course. `place` is the one there; `lap_us` since the point before, of net times where the
    runner has a read at the start: a difference of printed times, so that they add up."""

    point: str
    elapsed_us: int
    mark: str
    place: int | None
    net_us: int | None = Field(description="Since the read at the start; null without one.")
    net_mark: str | None
    lap_us: int
    lap_mark: str


class AgeGradeOut(Out):
    """A time beside the standard of its runner's age. Told to officials only: it gives the age away."""

    model_config = example(
        {
            "percent": "74.27",
            "graded_us": 2_132_640_000,
            "graded_mark": "35:33",
            "standard_s": "1782.58",
            "factor": "0.8886",
            "table": "road-2025",
            "rule": "R68",
        }
    )

    percent: str
    graded_us: int
    graded_mark: str
    standard_s: str
    factor: str
    table: str
    rule: str


class PercentOut(Out):
    """A time beside the best mark of a list: the meet's, else one that comes with the program."""

    model_config = example(
        {
            "percent": "87.80",
            "best": "13.17",
            "code": "WB",
            "record_list": "retro",
            "date": "2022-06-05",
            "confidence": "M",
            "rule": "R85",
        }
    )

    percent: str
    best: str
    code: str
    record_list: str
    date: str | None
    confidence: Confidence
    rule: str


class ScoreOut(Out):
    """Points of the ruleset's scoring table. `scored_us` is the time that was scored (R12). `approximate`: derived, not
    what the federation publishes."""

    model_config = example(
        {
            "points": "1206",
            "scored_us": 10_000_000,
            "table": "world-athletics-approximation",
            "approximate": True,
            "rule": "R84",
        }
    )

    points: str
    scored_us: int
    table: str
    approximate: bool
    rule: str


class StandingOut(Out):
    """One registration. Equal places share the lower number; `mark` is `elapsed_us` as the rules round it."""

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
    heat_id: str | None
    status: Status | None
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
    percent_of_best: PercentOut | None = Field(description="Null unless asked for with `with`.")
    points: ScoreOut | None = Field(description="Null unless asked for with `with`.")
    timed_by: Grade | None
    resolution_us: int | None
    registration_id: str
    athlete_id: str


class RulesSeen(Out):
    """The ruleset that holds, and the tables that meet or event override, as dotted paths."""

    ruleset: str
    version: str
    overridden: list[str]


class StartSeen(Out):
    """The gun that counts."""

    seq: int
    at: Moment


class ReadSeen(Out):
    """A read that was considered. `source` and `chip` are told to officials only."""

    seq: int
    source: str | None
    chip: str | None
    place: str | None
    point: str | None
    at: Moment
    state: ReadStateName
    reason: str


class PassingSeen(Out):
    """A crossing of a point: `because` are the positions of its reads, the chosen one first."""

    point: str
    place: str
    at: Moment
    because: list[int]


class ReadingSeen(Out):
    """What photo finish or watches say."""

    seq: int
    method: Method
    elapsed_us: int | None
    watches_us: list[int]
    offset_us: int
    reaction_us: int | None
    status: Status | None
    rule: str | None
    place: int | None


class RulingSeen(Out):
    """What an official decided. `reason_given` is told to officials only."""

    seq: int
    kind: RulingKind
    how: How | None
    rule: str | None
    elapsed_us: int | None
    card: Card | None
    reason_given: str | None


class MarkSeen(Out):
    """What stands beside the mark: a best, a record of one of the meet's lists, `w`; `before` is what was compared."""

    code: str
    record_list: str | None
    of: str | None
    category: str | None
    rule: str
    before: list[BestBefore]


class PenaltySeen(Out):
    """What follows from a false start, a card, a step over the line, or a red card in another race; `reason` names rule
    and policy. `out`: disqualified, or not allowed to start."""

    seq: int
    kind: PenaltyKind
    out: bool
    rule: str | None
    reason: str


class Because(Out):
    """Positions are those of the meet's log."""

    rules: RulesSeen
    start: StartSeen | None
    reads: list[ReadSeen]
    passings: list[PassingSeen]
    reading: ReadingSeen | None
    rulings: list[RulingSeen]
    marks: list[MarkSeen]
    penalties: list[PenaltySeen]


_GUN: Final = "2026-06-07T08:00:00.000000Z"
_READ: Final[dict[str, Any]] = {
    "seq": 3107,
    "source": None,
    "chip": None,
    "place": "finish",
    "point": "finish",
    "at": "2026-06-07T08:40:12.200000Z",
    "state": "used",
    "reason": "the first valid read at finish (R62)",
}


class StandingWhole(StandingOut):
    """One registration, and why it stands where it does."""

    model_config = example(
        {
            **STANDING,
            "because": {
                "rules": {"ruleset": "road", "version": "2026.1", "overridden": []},
                "start": {"seq": 812, "at": _GUN},
                "reads": [_READ],
                "passings": [{"point": "finish", "place": "finish", "at": _READ["at"], "because": [3107]}],
                "reading": None,
                "rulings": [],
                "marks": [],
                "penalties": [],
            },
            "seq": 3107,
        }
    )

    because: Because
    seq: int
