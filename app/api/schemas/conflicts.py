"""Reads that claim an identity which another read has already, and what an official says about them."""

from typing import Any, Final, Literal

from app.api.schemas.base import In, Line, Moment, Out, example
from app.domain.facts import ReadConflict
from app.domain.state import MeetState
from app.domain.units import Instant, format_instant
from app.store import StoredRead

_FIRST: Final[dict[str, Any]] = {"seq": 3107, "chip": "C417", "bib": None, "place": None, "at": "2026-06-07T08:38:50Z"}
_CONFLICT: Final[dict[str, Any]] = {
    "seq": 3190,
    "source": "mat-finish",
    "epoch": "1",
    "source_seq": 42,
    "first": _FIRST,
    "offered": {**_FIRST, "seq": 3190, "chip": "C88"},
    "counts": "first",
    "ruling_seq": None,
}


class ConflictRulingIn(In):
    """Which of the two counts. The latest ruling holds."""

    model_config = example({"take": "offered", "reason": "The box was reset and began to count anew"})

    take: Literal["first", "offered"]
    reason: Line | None = None


class ClaimOut(Out):
    """One of the two reads. `seq` is where it stands in the log, `at` as its reader said."""

    seq: int
    chip: str | None
    bib: str | None
    place: str | None
    at: Moment


class ConflictOut(Out):
    """Two reads with one identity. Both are kept; `counts` says which is used, `ruling_seq` by which word."""

    model_config = example(_CONFLICT)

    seq: int
    source: str
    epoch: str
    source_seq: int
    first: ClaimOut
    offered: ClaimOut
    counts: Literal["first", "offered"]
    ruling_seq: int | None

    @classmethod
    def of(
        cls, state: MeetState, seq: int, conflict: ReadConflict, first: StoredRead, ruled: int | None
    ) -> "ConflictOut":
        ruling = state.conflict_rulings.get(seq)
        return cls(
            seq=seq,
            source=state.sources[conflict.source].name,
            epoch=conflict.epoch,
            source_seq=conflict.source_seq,
            first=_claim(first.seq, first.chip, first.bib, first.place, Instant(first.at_us)),
            offered=_claim(seq, conflict.chip, conflict.bib, conflict.place, conflict.at),
            counts=ruling.take if ruling else "first",
            ruling_seq=ruled,
        )


def _claim(seq: int, chip: str | None, bib: str | None, place: str | None, at: Instant) -> ClaimOut:
    return ClaimOut(seq=seq, chip=chip, bib=bib, place=place, at=format_instant(at))
