"""Reads that claim an identity which another read already has: an official says which of the two counts."""

from typing import Literal

from app.domain.facts import ConflictRuled
from app.domain.refusals import NotFound
from app.operations.sheet import Sheet, writable


def rule(sheet: Sheet, conflict_seq: int, take: Literal["first", "offered"], reason: str | None = None) -> int:
    """The position of the ruling; the latest one counts."""
    state = writable(sheet.state)
    if conflict_seq not in state.conflicts:
        raise NotFound("read conflict", str(conflict_seq))
    return sheet.record(ConflictRuled(conflict_seq=conflict_seq, take=take, reason=sheet.text(reason)))
