"""Reads with what became of them, and passings, as they are shown to officials."""

from typing import Any, Final

from app.api.schemas.base import In, Line, Moment, Out, example
from app.domain.state import MeetState
from app.domain.units import Instant, format_instant
from app.store import StoredRead
from app.timing.explain import Passing, ReadState
from app.timing.verdicts import ReadStateName

_READ: Final[dict[str, Any]] = {
    "seq": 3107,
    "source": "mat-finish",
    "epoch": "1",
    "source_seq": 42,
    "chip": "C417",
    "bib": None,
    "place": "finish",
    "point": "finish",
    "at": "2026-06-07T08:38:50.010000Z",
    "antenna": 2,
    "rssi": -47,
    "kind": None,
    "received_at": "2026-06-07T08:38:51.204511Z",
    "state": "used",
    "reason": "the first valid read at finish (R62)",
}


class ReadOut(Out):
    """One read. `at` has its source's clock corrected; `point` is the one that it counts at, or would have."""

    model_config = example(_READ)

    seq: int
    source: str | None
    epoch: str | None
    source_seq: int | None
    chip: str | None
    bib: str | None
    place: str | None
    point: str | None
    at: Moment
    antenna: int | None
    rssi: int | None
    kind: str | None
    received_at: Moment | None
    state: ReadStateName
    reason: str

    @classmethod
    def of(cls, state: MeetState, read: ReadState, stored: StoredRead | None) -> "ReadOut":
        """`stored` is None for a read that an official took in place of the one stored first."""
        source = state.sources.get(read.source) if read.source else None
        return cls(
            seq=read.seq,
            source=source.name if source else None,
            epoch=stored.epoch if stored else None,
            source_seq=stored.source_seq if stored else None,
            chip=read.chip,
            bib=read.bib,
            place=read.place,
            point=read.point,
            at=format_instant(Instant(read.at_us)),
            antenna=stored.antenna if stored else None,
            rssi=stored.rssi if stored else None,
            kind=stored.kind if stored else None,
            received_at=format_instant(Instant(stored.received_us)) if stored else None,
            state=read.state,
            reason=read.reason,
        )


class RuleOutIn(In):
    """Why the read counts no longer."""

    model_config = example({"reason": "Spare chip in a bag beside the mat"})

    reason: Line


class RuledOutOut(Out):
    """The read, and the number of the log to undo when it is to count again."""

    model_config = example({"seq": 3107, "ruling_seq": 3120})

    seq: int
    ruling_seq: int


class PassingOut(Out):
    """A runner crossed a point, once. `because` are the positions of all `reads` of it, the chosen one first."""

    model_config = example(
        {
            "chip": "C417",
            "bib": "417",
            "place": "finish",
            "point": "finish",
            "at": "2026-06-07T08:38:50.010000Z",
            "reads": 2,
            "because": [3107, 3112],
            "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
        }
    )

    chip: str | None
    bib: str
    place: str
    point: str
    at: Moment
    reads: int
    because: list[int]
    registration_id: str

    @classmethod
    def of(cls, passing: Passing) -> "PassingOut":
        return cls(
            chip=passing.chip,
            bib=passing.bib,
            place=passing.place,
            point=passing.point,
            at=format_instant(Instant(passing.at_us)),
            reads=passing.reads,
            because=list(passing.because),
            registration_id=passing.registration,
        )
