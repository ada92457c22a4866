"""Rounds, heats, start lists and relay legs, as they are sent and shown."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.base import Code, In, Moment, Out, example, written
from app.api.schemas.events import AdvanceOut
from app.domain.ids import Bib
from app.domain.meet import EntrySource
from app.domain.state import Event, Heat, MeetState
from app.operations.start_lists import HeatList, Place

HeatState = Literal["drawn", "started", "recalled", "closed"]

_HEAT: Final[dict[str, Any]] = {
    "id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
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
    event_id: str
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
            event_id=heat.event,
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
    starters = state.events[heat.event].starters(heat)
    return sum(not state.registrations[one.registration].withdrawn for one in starters)


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
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
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

    event_id: str
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
            event_id=event.id,
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
