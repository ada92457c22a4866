"""False starts of a heat, as they are sent and shown."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from app.api.schemas.base import Code, In, Line, Moment, Out, example
from app.domain.facts import FalseStart, Recorded
from app.domain.ids import TextId
from app.domain.state import MeetState
from app.domain.units import Duration, format_instant
from app.operations.false_starts import EARLIEST_US, LATEST_US, Accused
from app.rules.duties import FalseStarts
from app.timing.penalties import Penalty

Reaction = Annotated[Duration, Field(ge=EARLIEST_US, le=LATEST_US)]
"""Microseconds from the gun; below zero before it."""


class AccusedIn(In):
    """Who caused it, with the reaction that was measured."""

    bib: Code
    reaction_us: Reaction | None = None

    def accused(self) -> Accused:
        return Accused(**dict(self))


class FalseStartIn(In):
    """One start that was no start, and who caused it. `note` is kept beside the log."""

    model_config = example({"runners": [{"bib": "25", "reaction_us": 82_000}], "note": "Moved in the set position"})

    runners: Annotated[list[AccusedIn], Field(min_length=1, max_length=100)]
    note: Line | None = None

    def accused(self) -> list[Accused]:
        return [one.accused() for one in self.runners]


class AccusedOut(Out):
    """`out` and `rule`: what the policy makes of it for this runner."""

    bib: str
    registration_id: str
    reaction_us: int | None
    out: bool
    rule: str | None


class FalseStartOut(Out):
    """One false start. `number` is which one of the race it is, `policy` how the ruleset handles them. It is taken back
    by undoing number `seq` of the log."""

    model_config = example(
        {
            "id": "fst_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "number": 1,
            "policy": "immediate",
            "runners": [
                {
                    "bib": "25",
                    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
                    "reaction_us": 82_000,
                    "out": True,
                    "rule": "TR16.8",
                }
            ],
            "note": "Moved in the set position",
            "at": "2026-06-07T08:12:05.000000Z",
            "actor_id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "seq": 843,
        }
    )

    id: str
    heat_id: str
    number: int
    policy: FalseStarts
    runners: list[AccusedOut]
    note: str | None
    at: Moment
    actor_id: str
    seq: int

    @classmethod
    def of(
        cls,
        state: MeetState,
        recorded: Recorded,
        fact: FalseStart,
        told: tuple[int, FalseStarts, Mapping[str, Penalty]],
        texts: Mapping[TextId, str],
    ) -> "FalseStartOut":
        """`told`: its number, the policy, and what follows by registration."""
        number, policy, penalties = told
        return cls(
            id=fact.false_start,
            heat_id=fact.heat,
            number=number,
            policy=policy,
            runners=[
                AccusedOut(
                    bib=state.registrations[one.registration].entry.bib,
                    registration_id=one.registration,
                    reaction_us=one.reaction_us,
                    out=penalties[one.registration].out,
                    rule=penalties[one.registration].rule,
                )
                for one in fact.runners
            ],
            note=texts.get(fact.reason) if fact.reason else None,
            at=format_instant(recorded.recorded_at),
            actor_id=recorded.actor,
            seq=recorded.seq,
        )
