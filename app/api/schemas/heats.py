"""Rounds, heats, start lists and relay legs, as they are sent and shown."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.athletes import EntryState
from app.api.schemas.base import Code, Day, In, Moment, Out, example, written
from app.api.schemas.events import AdvanceOut
from app.domain.ids import Bib
from app.domain.meet import EntrySource, Role, Sex
from app.domain.state import Event, Heat, MeetState
from app.operations.legs import Team
from app.operations.start_lists import HeatList, Place

HeatState = Literal["drawn", "started", "recalled", "closed"]

_HEAT: Final[dict[str, Any]] = {
    "id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "event": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "round": "semi",
    "number": 1,
    "wave": None,
    "state": "drawn",
    "starter_count": 8,
    "attempt": 1,
    "started_at": None,
    "closed_at": None,
    "seq": 214,
}

_LEG: Final[dict[str, Any]] = {
    "leg": 1,
    "name": "BRANDT Ida",
    "athlete": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}
_TEAM: Final[dict[str, Any]] = {
    "registration": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "bib": "NOR",
    "legs": [_LEG],
}
_STARTER: Final[dict[str, Any]] = {
    "lane": 4,
    "position": None,
    "bib": "417",
    "name": "BRANDT Ida",
    "sex": "W",
    "category": "W30",
    "nation": "NOR",
    "club": "Bergen Bakover",
    "team": None,
    "role": "competitor",
    "wave": None,
    "pb": "14.02",
    "sb": None,
    "seed_mark": "14.11",
    "state": "entered",
    "legs": [],
    "flags": [],
    "registration": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "athlete": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
}


class DrawIn(In):
    """The same `draw_seed` draws the same lots; without one, they are drawn by chance."""

    model_config = example({"draw_seed": 20260607})

    draw_seed: Annotated[int, Field(ge=0, le=2**53 - 1)] | None = None


class StarterIn(In):
    bib: Code
    lane: Annotated[int, Field(ge=1, le=100)] | None = None


class HeatIn(In):
    number: Annotated[int, Field(ge=1, le=10_000)]
    starters: Annotated[list[StarterIn], Field(max_length=100_000)]

    def listed(self) -> HeatList:
        return HeatList(self.number, tuple(Place(Bib(one.bib), one.lane) for one in self.starters))


class HeatsIn(In):
    """A start list made elsewhere: every heat of the round. It replaces the ones before."""

    model_config = example(
        {"heats": [{"number": 1, "starters": [{"bib": "417", "lane": 4}, {"bib": "88", "lane": 5}]}]}
    )

    heats: Annotated[list[HeatIn], Field(max_length=10_000)]


class HeatOut(Out):
    """A heat. `attempt` counts its runnings: more than 1 after a re-run; a time is UTC."""

    model_config = example(_HEAT)

    id: str
    event: str
    round: str
    number: int
    wave: str | None
    state: HeatState
    starter_count: int
    attempt: int
    started_at: Moment | None
    closed_at: Moment | None
    seq: int

    @classmethod
    def of(cls, state: MeetState, heat: Heat) -> "HeatOut":
        gun = heat.now.start
        return cls(
            id=heat.id,
            event=heat.event,
            round=heat.round,
            number=heat.drawn.number,
            wave=heat.drawn.wave,
            state=stage_of(heat),
            starter_count=_starting(state, heat),
            attempt=len(heat.attempts),
            started_at=written(gun[1].at) if gun else None,
            closed_at=written(heat.now.closed_at),
            seq=state.touched[heat.id],
        )


def _starting(state: MeetState, heat: Heat) -> int:
    """How many start in it who have not withdrawn."""
    if heat.drawn.open:
        entries = state.events[heat.event].registrations.values()
        return sum(one.entry.wave == heat.drawn.wave and not one.withdrawn for one in entries)
    return sum(not state.registrations[one.registration].withdrawn for one in heat.drawn.starters)


def stage_of(heat: Heat) -> HeatState:
    """Where the heat stands; a recalled one waits for its next gun."""
    if heat.now.closed_at is not None:
        return "closed"
    if heat.now.start is not None:
        return "started"
    return "recalled" if heat.now.starts else "drawn"


class HeatsOut(Out):
    """All heats of a round, in order. `not_qualified` are bibs that start without having qualified."""

    model_config = example({"heats": [_HEAT], "draw_seed": 20260607, "not_qualified": [], "seq": 214})

    heats: list[HeatOut]
    draw_seed: int | None
    not_qualified: list[str]
    seq: int


class RoundOut(Out):
    """A round of an event. `number` is its place in running order, from 1; `fixed` says that its qualifiers are."""

    model_config = example(
        {
            "event": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "name": "semi",
            "number": 1,
            "advance": {"places": 3, "times": 2},
            "heats": None,
            "per_heat": 8,
            "source": None,
            "scheduled_at": "2026-06-07T08:00:00.000000Z",
            "heat_count": 2,
            "draw_seed": 20260607,
            "fixed": False,
            "seq": 214,
        }
    )

    event: str
    name: str
    number: int
    advance: AdvanceOut | None
    heats: int | None
    per_heat: int | None
    source: EntrySource | None
    scheduled_at: Moment | None
    heat_count: int
    draw_seed: int | None
    fixed: bool
    seq: int

    @classmethod
    def of(cls, event: Event, index: int, seq: int) -> "RoundOut":
        spec = event.spec.rounds[index]
        return cls(
            event=event.id,
            name=spec.name,
            number=index + 1,
            advance=spec.advance and AdvanceOut(places=spec.advance.places, times=spec.advance.times),
            heats=spec.heats,
            per_heat=spec.per_heat,
            source=spec.source,
            scheduled_at=written(spec.scheduled_at),
            heat_count=len(event.rounds.get(spec.name, {})),
            draw_seed=event.draw_seeds.get(spec.name),
            fixed=spec.name in event.qualifiers,
            seq=seq,
        )


class TeamIn(In):
    """The runners of one relay team in running order, each by athlete id or by a bib that the runner wears here."""

    bib: Code
    runners: Annotated[list[Code], Field(min_length=1, max_length=4)]


class LegsIn(In):
    """Teams that are not listed keep their runners."""

    model_config = example({"legs": [{"bib": "NOR", "runners": ["417", "88", "91", "12"]}]})

    legs: Annotated[list[TeamIn], Field(max_length=200)]

    def teams(self) -> list[Team]:
        return [Team(Bib(team.bib), tuple(team.runners)) for team in self.legs]


class LegOut(Out):
    leg: int
    name: str
    athlete: str


class TeamOut(Out):
    """A relay team and its runners in running order, as far as they were named."""

    registration: str
    bib: str
    legs: list[LegOut]


class LegsOut(Out):
    """The relay teams of a heat."""

    model_config = example({"teams": [_TEAM], "seq": 219})

    teams: list[TeamOut]
    seq: int


class StarterOut(Out):
    """One runner (or relay team) on the start list. `flags` may say `not_qualified`."""

    model_config = example(_STARTER)

    lane: int | None
    position: int | None
    bib: str
    name: str
    sex: Sex
    category: str | None
    nation: str | None
    club: str | None
    team: str | None
    role: Role
    wave: str | None
    pb: str | None
    sb: str | None
    seed_mark: str | None
    state: EntryState
    legs: list[LegOut]
    flags: list[str]
    registration: str
    athlete: str


class StarterWhole(StarterOut):
    """The same for officials."""

    model_config = example({**_STARTER, "birth_date": "1994-09-26"})

    birth_date: Day | None
