"""What might be recorded, and whom it would move."""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Discriminator, Field, Tag

from app.api.schemas.base import EXACT, At, Code, In, Out, example
from app.api.schemas.events import EventPatch
from app.api.schemas.false_starts import AccusedIn
from app.api.schemas.rulings import RulingIn
from app.domain.facts import Status
from app.domain.ids import Bib, Chip, HeatId
from app.operations.what_if import Assign, Change, FalselyStart, Moved, Rule, RuleOut, Start, Supposed, Undo

HEAT: Final = "heat_0197430a2c4e7d5fa3f09a64d1c3b2eb"
_MOVED: Final[dict[str, Any]] = {
    "bib": "7",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
    "before": {"place": 2, "mark": "10.22", "status": "OK"},
    "after": {"place": 1, "mark": "10.22", "status": "OK"},
}


class StartSupposed(In):
    """Another gun."""

    kind: Literal["start"]
    heat_id: HeatId
    at: At

    def supposed(self) -> Supposed:
        return Start(self.heat_id, self.at)


class RulingSupposed(In):
    """A ruling."""

    kind: Literal["ruling"]
    heat_id: HeatId
    ruling: RulingIn

    def supposed(self) -> Supposed:
        return Rule(self.heat_id, self.ruling.decision())


class FalseStartSupposed(In):
    """One false start more. Whom it puts out is the policy's to say."""

    kind: Literal["false_start"]
    heat_id: HeatId
    runners: Annotated[list[AccusedIn], Field(min_length=1, max_length=100)]

    def supposed(self) -> Supposed:
        return FalselyStart(self.heat_id, tuple(one.accused() for one in self.runners))


class ChipSupposed(In):
    """A chip handed to the athlete who wears the bib."""

    model_config = ConfigDict(validate_by_name=True)

    kind: Literal["chip_assignment"]
    chip: Code
    bib: Code
    since: At | None = Field(default=None, alias="from")
    until: At | None = None

    def supposed(self) -> Supposed:
        return Assign(Chip(self.chip), Bib(self.bib), self.since, self.until)


class EventSupposed(In):
    """Another description of the event: its ranking, shortest lap, cut-off, …"""

    kind: Literal["event"]
    event: EventPatch

    def supposed(self) -> Supposed:
        return Change(self.event.changes())


class UndoSupposed(In):
    """Number `seq` of the log never recorded."""

    kind: Literal["undo"]
    seq: Annotated[int, Field(ge=1, le=EXACT)]

    def supposed(self) -> Supposed:
        return Undo(self.seq)


class ReadRuledOutSupposed(In):
    """The read at number `seq` of the log counts no longer."""

    kind: Literal["read_ruled_out"]
    seq: Annotated[int, Field(ge=1, le=EXACT)]

    def supposed(self) -> Supposed:
        return RuleOut(self.seq)


def _kind(given: Any) -> str | None:
    kind = given.get("kind") if isinstance(given, dict) else getattr(given, "kind", None)
    return kind if isinstance(kind, str) else None


FactSupposed = Annotated[
    Annotated[StartSupposed, Tag("start")]
    | Annotated[RulingSupposed, Tag("ruling")]
    | Annotated[FalseStartSupposed, Tag("false_start")]
    | Annotated[ChipSupposed, Tag("chip_assignment")]
    | Annotated[EventSupposed, Tag("event")]
    | Annotated[UndoSupposed, Tag("undo")]
    | Annotated[ReadRuledOutSupposed, Tag("read_ruled_out")],
    Discriminator(_kind),
]


class WhatIfIn(In):
    """Facts to suppose, in this order. They are checked as if they were to be recorded, and nothing is stored."""

    model_config = example(
        {"facts": [{"kind": "ruling", "heat_id": HEAT, "ruling": {"bib": "31", "kind": "dq", "rule": "TR16.8"}}]}
    )

    facts: Annotated[list[FactSupposed], Field(min_length=1, max_length=100)]

    def supposed(self) -> list[Supposed]:
        return [fact.supposed() for fact in self.facts]


class StandsOut(Out):
    place: int | None
    mark: str | None
    status: Status | None


class MovedOut(Out):
    """One runner whose place, mark or status would be another."""

    model_config = example(_MOVED)

    bib: str
    registration_id: str
    before: StandsOut
    after: StandsOut

    @classmethod
    def of(cls, moved: Moved) -> "MovedOut":
        return cls(
            bib=moved.bib,
            registration_id=moved.registration,
            before=StandsOut(place=moved.place_before, mark=moved.mark_before, status=moved.status_before),
            after=StandsOut(place=moved.place_after, mark=moved.mark_after, status=moved.status_after),
        )


class WhatIfOut(Out):
    """Everybody who would move, in the order of the new standings. `seq` is where the log was."""

    model_config = example({"changes": [_MOVED], "seq": 4210})

    changes: list[MovedOut]
    seq: int
