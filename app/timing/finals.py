"""The finals of a meet as they stand: who is placed in the last round of each event, and how final that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final as Constant
from typing import Literal

from app.domain.ids import AthleteId, Bib, EventId, RegistrationId
from app.domain.state import Event
from app.rules.rulesets import rules_of
from app.timing.heats import HeatResult
from app.timing.projection import Projection

Stage = Literal["to_come", "running", "finished", "provisional", "official"]
STAGES: Constant[tuple[Stage, ...]] = ("to_come", "running", "finished", "provisional", "official")
"""Each further than the one before. `finished`: everybody has a result, and nothing was announced yet."""


@dataclass(frozen=True, slots=True)
class FinalPlace:
    """Somebody, or a relay team, with a place in a final."""

    registration: RegistrationId
    athlete: AthleteId
    bib: Bib
    place: int


@dataclass(frozen=True, slots=True)
class FinalRound:
    """The last round of an event, be it the only one. `placed` is in order of place; guests have none."""

    event: EventId
    name: str
    round: str
    stage: Stage
    placed: tuple[FinalPlace, ...]
    scores: tuple[int, ...]
    """Points of places 1, 2, … by the rules of the event (R59)."""


def finals(now: Projection) -> list[FinalRound]:
    """Of every event that takes place, in the order in which they were described."""
    return [final_of(now, event) for event in now.state.events.values() if not event.withdrawn]


def final_of(now: Projection, event: Event) -> FinalRound:
    last = event.spec.rounds[-1].name
    results = now.round_results(event.id, last)
    places = sorted(_placed(results), key=lambda one: one.place)
    scores = rules_of(now.state.spec, event.spec).points.placing
    return FinalRound(event.id, event.spec.name, last, _stage(event, results), tuple(places), scores)


def _placed(results: Sequence[HeatResult]) -> list[FinalPlace]:
    """By their rank over the round: a final may be run in several heats."""
    ranked = ((line, line.rank) for line in results)
    return [FinalPlace(line.registration, line.athlete, line.bib, rank) for line, rank in ranked if rank is not None]


def _stage(event: Event, results: Sequence[HeatResult]) -> Stage:
    if not any(line.state == "started" or line.status is not None for line in results):
        return "to_come"
    if any(line.status is None for line in results):
        return "running"
    return event.publications[-1][1].status if event.publications else "finished"
