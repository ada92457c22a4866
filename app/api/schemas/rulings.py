"""What officials decide about a runner in a heat, as it is sent and shown."""

from collections.abc import Mapping
from typing import Any, Final

from app.api.schemas.base import Code, In, Line, Moment, Out, Text, example
from app.api.schemas.finishes import Elapsed
from app.domain.facts import How, Recorded, Ruling, RulingKind
from app.domain.ids import TextId
from app.domain.state import MeetState
from app.domain.units import format_instant
from app.operations.rulings import Decision
from app.rules.conduct import Card

_RULING: Final[dict[str, Any]] = {
    "id": "rul_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "bib": "9",
    "kind": "dq",
    "how": None,
    "rule": "TR17.3",
    "reason": "Left the lane in the bend",
    "elapsed_us": None,
    "card": None,
    "at": "2026-06-07T08:12:05.000000Z",
    "actor_id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "attempt": 1,
    "seq": 843,
}


class RulingIn(In):
    """`card` goes with `card`, and a second yellow one is red; `lane` is a step over the line of a lane, and the second
    one in an event disqualifies. `how` goes with `advance`; `elapsed_us` is the time that counts (`time`) or what is
    added (`penalty`)."""

    model_config = example({"bib": "9", "kind": "dq", "rule": "TR17.3", "reason": "Left the lane in the bend"})

    bib: Code
    kind: RulingKind
    how: How | None = None
    rule: Text | None = None
    reason: Line | None = None
    elapsed_us: Elapsed | None = None
    card: Card | None = None

    def decision(self) -> Decision:
        return Decision(**dict(self))


class RulingOut(Out):
    """One ruling. It is taken back by undoing number `seq` of the log. `attempt` is the running of the heat."""

    model_config = example(_RULING)

    id: str
    heat_id: str
    registration_id: str
    bib: str
    kind: RulingKind
    how: How | None
    rule: str | None
    reason: str | None
    elapsed_us: int | None
    card: Card | None
    at: Moment
    actor_id: str
    attempt: int
    seq: int

    @classmethod
    def of(
        cls, state: MeetState, recorded: Recorded, ruling: Ruling, attempt: int, texts: Mapping[TextId, str]
    ) -> "RulingOut":
        return cls(
            id=ruling.ruling,
            heat_id=ruling.heat,
            registration_id=ruling.registration,
            bib=state.registrations[ruling.registration].entry.bib,
            kind=ruling.kind,
            how=ruling.how,
            rule=ruling.rule,
            reason=texts.get(ruling.reason) if ruling.reason else None,
            elapsed_us=ruling.elapsed_us,
            card=ruling.card,
            at=format_instant(recorded.recorded_at),
            actor_id=recorded.actor,
            attempt=attempt,
            seq=recorded.seq,
        )
