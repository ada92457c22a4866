"""A made-up mass start in memory: the facts of its meet, and its reads as rows of the log."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.facts import (
    AthleteDescribed,
    ChipAssigned,
    EventDescribed,
    Fact,
    HeatDrawn,
    Recorded,
    Registered,
    RoundDrawn,
    SourceDescribed,
    StartSignal,
)
from app.domain.ids import ActorId, AssignmentId, AthleteId, Bib, Chip, EventId, HeatId, RegistrationId, SourceId
from app.domain.meet import EventSpec, Sex, TimingPoint
from app.domain.reads import ReadRows
from app.domain.units import Duration, Instant
from app.timing.columns import Row
from app.timing.projection import Projection

GUN = 1_790_000_000_000_000
EVENT, HEAT = EventId("e"), HeatId("h")
AGES = ("20", "35", "40", "45", "50", "55", "60", "65", "70")


@dataclass(frozen=True, slots=True)
class Runner:
    chip: str
    bib: str
    sex: Sex
    category: str


@dataclass(frozen=True, slots=True)
class MassStart:
    """`reads` are (chip, point, instant in µs), shuffled; a repeated one comes within 1.5 s of the first."""

    points: int
    runners: list[Runner]
    reads: list[tuple[str, int, int]]


def make_race(runners: int, points: int = 5, copies: int = 2) -> MassStart:
    """The same for the same numbers. The first point is the start, the last the finish."""
    rng = random.Random(7)
    field, reads = [], []
    for bib in range(1, runners + 1):
        sex: Sex = "M" if rng.random() < 0.58 else "W"
        chip = f"E28011600000{bib:012X}"
        field.append(Runner(chip, str(bib), sex, sex + rng.choice(AGES)))
        start, pace = GUN + int(rng.random() * 600e6), max(rng.gauss(330e6, 55e6), 165e6)
        for point in range(points):
            crossing = start + int(pace * point * 10 / (points - 1) + rng.random() * 2e6)
            # At the start the last read counts and elsewhere the first; equal ones let a plain minimum agree.
            spread = 1.5e6 if point else 0.0
            reads += [(chip, point, crossing + int(copy and rng.random() * spread)) for copy in range(copies)]
    rng.shuffle(reads)
    return MassStart(points, field, reads)


def facts(race: MassStart) -> list[Recorded]:
    """A 10 km ranked by net time, everybody entered with a category, the gun fired, a reader at each point."""
    course = tuple(
        TimingPoint(name=f"p{i}", distance_m=round(10_000 * i / (race.points - 1)), place=f"p{i}")
        for i in range(race.points)
    )
    spec = EventSpec(
        name="10 km",
        distance_m=10_000,
        surface="road",
        sex="X",
        start="mass",
        timing="transponder",
        ranking="net",
        points=course,
        start_window_after_us=Duration(605_000_000),
    )
    out: list[Fact] = [EventDescribed(event=EVENT, spec=spec)]
    for runner in race.runners:
        athlete = AthleteId(f"a{runner.bib}")
        out += [
            AthleteDescribed(athlete=athlete, sex=runner.sex),
            Registered(
                registration=registration(runner.bib),
                event=EVENT,
                athlete=athlete,
                bib=Bib(runner.bib),
                category=runner.category,
            ),
            ChipAssigned(assignment=AssignmentId(f"c{runner.bib}"), chip=Chip(runner.chip), athlete=athlete),
        ]
    heat = HeatDrawn(heat=HEAT, number=1, open=True)
    out += [RoundDrawn(event=EVENT, round="final", heats=(heat,)), StartSignal(heat=HEAT, at=Instant(GUN))]
    out += [SourceDescribed(source=SourceId(f"s{i}"), name=f"p{i}", place=f"p{i}") for i in range(race.points)]
    return [Recorded(seq, Instant(GUN), ActorId("bench"), fact) for seq, fact in enumerate(out, 1)]


def registration(bib: str) -> RegistrationId:
    return RegistrationId(f"r{bib}")


def rows(reads: Sequence[tuple[str, int, int]], after: int) -> list[Row]:
    """The reads as stored behind log position `after`."""
    return [(seq, point + 1, chip, None, at, None) for seq, (chip, point, at) in enumerate(reads, after + 1)]


def runs(race: MassStart, stored: Sequence[Row], size: int = 10_000) -> list[ReadRows]:
    sources: dict[int, Any] = {point + 1: SourceId(f"s{point}") for point in range(race.points)}
    return [ReadRows(stored[first : first + size], sources) for first in range(0, len(stored), size)]


def projected(race: MassStart, reads: Sequence[tuple[str, int, int]]) -> Projection:
    """Everything in memory, nothing computed yet."""
    projection, known = Projection(), facts(race)
    projection.apply(known, runs(race, rows(reads, len(known))))
    return projection
