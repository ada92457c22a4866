"""Rounds, heats, start lists and relay legs, as they are sent and shown."""

from itertools import zip_longest
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.base import Code, In, LanesOut, Line, Moment, Out, example, written
from app.api.schemas.events import AdvanceOut
from app.domain.ids import Bib
from app.domain.meet import EntrySource
from app.domain.state import Attempt, Event, Heat, MeetState
from app.domain.units import format_instant
from app.operations.access import Audience
from app.operations.find import bib_of
from app.operations.start_lists import HeatList, Place
from app.operations.undo import fact_at
from app.rules.order import bib_key
from app.rules.wind import wind_text

HeatState = Literal["drawn", "started", "recalled", "closed"]
Seed = Annotated[int, Field(ge=0, le=2**53 - 1)]

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
    "wind_mps": None,
    "temperature_c": None,
    "humidity_percent": None,
    "attempts": [
        {
            "number": 1,
            "status": "counts",
            "started_at": None,
            "wind_mps": None,
            "again": [],
            "results_as_of": None,
        }
    ],
    "seq": 214,
}
_DRAW: Final[dict[str, Any]] = {
    "seed": 20260607,
    "at": "2026-06-07T07:12:05.000000Z",
    "actor_id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "rules": ["R22", "R24", "R25", "R26", "R27", "R29", "R35"],
    "ruleset": "world-athletics",
    "ruleset_version": "2026.1",
    "lanes_out": [],
    "seq": 214,
}


class DrawIn(In):
    """The same `draw_seed` draws the same lots; without one, they are drawn by chance.

    Nobody is drawn into `lanes_out`, nor into those that meet and event leave free.
    """

    model_config = example({"draw_seed": 20260607, "lanes_out": [1]})

    draw_seed: Seed | None = None
    lanes_out: LanesOut = Field(default_factory=list)


class StarterIn(In):
    bib: Code
    lane: Annotated[int, Field(ge=1, le=100)] | None = None
    group: Line | None = None


class HeatIn(In):
    number: Annotated[int, Field(ge=1, le=10_000)]
    starters: Annotated[list[StarterIn], Field(max_length=100_000)]

    def listed(self) -> HeatList:
        return HeatList(self.number, tuple(Place(Bib(one.bib), one.lane, one.group) for one in self.starters))


class HeatsIn(In):
    """A start list made elsewhere: every heat of the round. It replaces the ones before."""

    model_config = example(
        {"heats": [{"number": 1, "starters": [{"bib": "417", "lane": 4}, {"bib": "88", "lane": 5}]}]}
    )

    heats: Annotated[list[HeatIn], Field(max_length=10_000)]


class AttemptOut(Out):
    """One running of a heat. Only the last one counts; `results_as_of` is the position that shows what a void one gave.

    `again` are the bibs that it was opened for, where the others kept what they had; empty for all.
    """

    number: int
    status: Literal["void", "counts"]
    started_at: Moment | None
    wind_mps: str | None
    again: list[str]
    results_as_of: int | None

    @classmethod
    def all_of(cls, state: MeetState, heat: Heat) -> "list[AttemptOut]":
        """In the order in which they were run."""
        ends = [after.opened_seq - 1 for after in heat.attempts[1:]]
        return [
            cls(
                number=number,
                status="counts" if as_of is None else "void",
                started_at=written(one.start[1].at if one.start else None),
                wind_mps=_wind(one),
                again=sorted((bib_of(state, id) for id in one.only), key=bib_key),
                results_as_of=as_of,
            )
            for number, (one, as_of) in enumerate(zip_longest(heat.attempts, ends), 1)
        ]


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
    wind_mps: str | None
    temperature_c: int | None
    humidity_percent: int | None
    attempts: list[AttemptOut]
    seq: int

    @classmethod
    def of(cls, state: MeetState, heat: Heat) -> "HeatOut":
        gun, weather = heat.now.start, heat.now.weather
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
            wind_mps=_wind(heat.now),
            temperature_c=weather.temperature_c if weather else None,
            humidity_percent=weather.humidity_percent if weather else None,
            attempts=AttemptOut.all_of(state, heat),
            seq=state.touched[heat.id],
        )


def _wind(running: Attempt) -> str | None:
    """To the tenth that the rules print (R16)."""
    return None if running.wind_mm_per_s is None else wind_text(running.wind_mm_per_s)


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


class DrawOut(Out):
    """How a round was drawn: with the same seed, over the same runners, anybody can draw it again.

    Who drew it is shown to officials. Rules and seed are empty for a start list made elsewhere.
    """

    model_config = example(_DRAW)

    seed: int | None
    at: Moment
    actor_id: str | None
    rules: list[str]
    ruleset: str | None
    ruleset_version: str | None
    lanes_out: list[int]
    seq: int

    @classmethod
    def of(cls, state: MeetState, event: Event, round: str, audience: Audience) -> "DrawOut | None":
        found = event.draws.get(round)
        if found is None or not event.rounds.get(round):
            return None
        seq, fact = found
        recorded = fact_at(state, seq)
        return cls(
            seed=fact.seed,
            at=format_instant(recorded.recorded_at),
            actor_id=None if audience == "public" else recorded.actor,
            rules=list(fact.rules),
            ruleset=fact.ruleset,
            ruleset_version=fact.ruleset_version,
            lanes_out=list(fact.lanes_out),
            seq=seq,
        )


class HeatsOut(Out):
    """All heats of a round, in order. `not_qualified` are bibs that start without having qualified."""

    model_config = example({"heats": [_HEAT], "draw_seed": 20260607, "draw": _DRAW, "not_qualified": [], "seq": 214})

    heats: list[HeatOut]
    draw_seed: int | None
    draw: DrawOut | None
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
