"""The log of a meet as officials see it: who did what, when and why."""

from collections.abc import Mapping
from typing import Any

import msgspec

from app.api.schemas.base import In, Line, Moment, Out, example
from app.domain.codec import kind_of
from app.domain.facts import Fact, Recorded
from app.domain.ids import TextId
from app.domain.units import format_instant


def text_of(fact: Fact) -> TextId | None:
    """The words that a fact refers to: its reason, or the note of a publication."""
    return getattr(fact, "reason", None) or getattr(fact, "note", None)


class UndoIn(In):
    """`reason` is kept beside the log and shown with it."""

    model_config = example({"reason": "The gun of heat 2 was entered in heat 1"})

    reason: Line | None = None


class LogOut(Out):
    """One fact: `body` is what was recorded, `undone` whether a later fact took it back."""

    model_config = example(
        {
            "seq": 42,
            "kind": "start_signal",
            "at": "2026-06-07T10:00:01.204511Z",
            "actor_id": "tok_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "undone": False,
            "reason": None,
            "body": {"heat": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8", "at": 1780826400000000, "source": None},
        }
    )

    seq: int
    kind: str
    at: Moment
    actor_id: str
    undone: bool
    reason: str | None
    body: dict[str, Any]

    @classmethod
    def of(cls, recorded: Recorded, undone: bool, texts: Mapping[TextId, str]) -> "LogOut":
        id = text_of(recorded.fact)
        return cls(
            seq=recorded.seq,
            kind=kind_of(recorded.fact),
            at=format_instant(recorded.recorded_at),
            actor_id=recorded.actor,
            undone=undone,
            reason=texts.get(id) if id else None,
            body=msgspec.to_builtins(recorded.fact),
        )


class UndoneOut(Out):
    """`seq` is the position of the undoing itself; undoing that one brings the fact back."""

    model_config = example({"seq": 57, "undone": 42})

    seq: int
    undone: int
