"""Who stands by for a round, and who stands in for a qualifier."""

from typing import Any, Final, Literal

from app.api.schemas.base import Code, In, Line, Out, example
from app.domain.facts import QualifierReplaced
from app.domain.state import MeetState
from app.operations.find import bib_of
from app.operations.sheet import HeatLine

_RESERVE: Final[dict[str, Any]] = {
    "rank": 1,
    "bib": "52",
    "round": "heats",
    "place": 4,
    "elapsed_us": 10_412_000,
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
}


class ReserveOut(Out):
    """One who stands by: what was run, and in which round."""

    model_config = example(_RESERVE)

    rank: int
    bib: str
    round: str
    place: int | None
    elapsed_us: int | None
    registration_id: str


def reserve_item(rank: int, line: HeatLine, round: str) -> dict[str, Any]:
    return {
        "rank": rank,
        "bib": line.bib,
        "round": round,
        "place": line.place,
        "elapsed_us": line.elapsed_us,
        "registration_id": line.registration,
    }


class ReplacementIn(In):
    """Who does not run in this round. Without `by`, the first who stands by does."""

    model_config = example({"bib": "31", "reason": "Injured in the warm-up"})

    bib: Code
    by: Code | None = None
    reason: Line | None = None


class ReplacementOut(Out):
    """`by` runs in the lane that was drawn for `bib`; null leaves it vacant. Undoing number `seq` takes it back.

    `qualification` is the letter of `by` in the round that both come from.
    """

    model_config = example(
        {
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "round": "final",
            "bib": "31",
            "why": "withdrawn",
            "by": "52",
            "from_round": "heats",
            "qualification": "q",
            "rule": "R31",
            "lane": 4,
            "heat": 1,
            "seq": 1207,
        }
    )

    event_id: str
    round: str
    bib: str
    why: Literal["withdrawn", "disqualified"]
    by: str | None
    from_round: str
    qualification: str | None
    rule: str
    lane: int | None
    heat: int | None
    seq: int

    @classmethod
    def of(cls, state: MeetState, fact: QualifierReplaced, seq: int) -> "ReplacementOut":
        heats = state.events[fact.event].rounds.get(fact.into, {}).values()
        placed = ((heat, one) for heat in heats for one in heat.drawn.starters if one.registration == fact.by)
        heat, starter = next(placed, (None, None))
        return cls(
            event_id=fact.event,
            round=fact.into,
            bib=bib_of(state, fact.out),
            why=fact.why,
            by=None if fact.by is None else bib_of(state, fact.by),
            from_round=fact.round,
            qualification=fact.how,
            rule="R31" if fact.why == "withdrawn" else "R47",
            lane=starter.lane if starter else None,
            heat=heat.drawn.number if heat else None,
            seq=seq,
        )
