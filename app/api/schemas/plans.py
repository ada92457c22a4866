"""A plan of rounds, as it is asked for and shown."""

from dataclasses import asdict
from typing import Annotated, Any, Final

from pydantic import Field

from app.api.schemas.base import In, Out, example
from app.api.schemas.events import AdvanceOut
from app.domain.ids import EventId
from app.operations.plans import MOST_ENTRIES, Plan

_BECAUSE: Final[dict[str, Any]] = {
    "rules": ["R20", "R21"],
    "table": "rounds.progressions[0]",
    "row": "up_to 64",
    "why": None,
    "ruleset": "world-athletics",
    "ruleset_version": "2026.1",
    "overridden": [],
}


class PlanIn(In):
    """For the active entries, or for as many as are said. With `preview` nothing is stored."""

    model_config = example({"preview": True, "entries": 64})

    preview: bool = False
    entries: Annotated[int, Field(ge=1, le=MOST_ENTRIES)] | None = None


class PlannedRoundOut(Out):
    """One round. `runners` start in it, in heats whose sizes differ by one at most."""

    name: str
    runners: int
    heats: int
    sizes: list[int]
    advance: AdvanceOut | None


class PlanBecauseOut(Out):
    """The row of the table that the plan comes from. `why` says why it was made by counting, where it was."""

    model_config = example(_BECAUSE)

    rules: list[str]
    table: str | None
    row: str | None
    why: str | None
    ruleset: str
    ruleset_version: str
    overridden: list[str]


class PlanOut(Out):
    """The rounds that the rules have for so many entries. `applied`: the event has them from now on."""

    model_config = example(
        {
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "applied": False,
            "entries": 20,
            "lanes": 8,
            "per_heat": 8,
            "rounds": [
                {
                    "name": "round-1",
                    "runners": 20,
                    "heats": 3,
                    "sizes": [7, 7, 6],
                    "advance": {"places": 2, "times": 2},
                },
                {"name": "final", "runners": 8, "heats": 1, "sizes": [8], "advance": None},
            ],
            "because": _BECAUSE | {"row": "up_to 24"},
            "seq": 214,
        }
    )

    event_id: str
    applied: bool
    entries: int
    lanes: int
    per_heat: int
    rounds: list[PlannedRoundOut]
    because: PlanBecauseOut
    seq: int

    @classmethod
    def of(cls, id: EventId, plan: Plan, *, applied: bool, seq: int) -> "PlanOut":
        made, held = plan.planned, plan.under
        rounds = [
            PlannedRoundOut(
                name=round.name,
                runners=size,
                heats=round.heats or 1,
                sizes=sizes_of(size, round.heats or 1),
                advance=None if round.advance is None else AdvanceOut(**asdict(round.advance)),
            )
            for round, size in zip(made.rounds, made.sizes, strict=True)
        ]
        because = PlanBecauseOut(
            rules=list(made.rules),
            table=made.table,
            row=made.row,
            why=made.why or None,
            ruleset=held.ruleset,
            ruleset_version=held.version,
            overridden=list(held.overridden),
        )
        return cls(
            event_id=id,
            applied=applied,
            entries=plan.entries,
            lanes=plan.lanes,
            per_heat=plan.room,
            rounds=rounds,
            because=because,
            seq=seq,
        )


def sizes_of(runners: int, heats: int) -> list[int]:
    """So many runners over so many heats, the fuller ones first (R22)."""
    least, more = divmod(runners, heats)
    return [least + (number < more) for number in range(heats)]
