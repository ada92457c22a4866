"""What was announced, as it is sent and shown."""

from typing import Any, Final, Literal

from pydantic import Field

from app.api.schemas.base import In, Line, Moment, Out, example
from app.domain.facts import Published, Recorded
from app.domain.units import format_instant
from app.operations.publish import Difference
from app.views.protests import ProtestTime

PublicationStatus = Literal["provisional", "official"]

PUBLICATION: Final[dict[str, Any]] = {
    "id": "pub_0197430a2c4e7d5fa3f09a64d1c3b2e0",
    "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "version": 2,
    "status": "official",
    "at_seq": 4210,
    "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "engine": "backstraight 0.1.0",
    "note": None,
    "protests_until": "2026-06-07T09:55:00.000000Z",
    "early": True,
    "at": "2026-06-07T09:31:00.000000Z",
    "seq": 4211,
}


class PublicationIn(In):
    """Announce the results of the event as they stand. The note is kept beside the log."""

    model_config = example({"status": "provisional", "note": "Protest time ends at 11:45"})

    status: PublicationStatus
    note: Line | None = None


class PublicationOut(Out):
    """One version. `digest` is the SHA-256 of its content, which holds bibs and ids and no names."""

    model_config = example(PUBLICATION)

    id: str
    event_id: str
    version: int
    status: PublicationStatus
    at_seq: int
    digest: str
    engine: str
    note: str | None
    protests_until: Moment | None = Field(
        description="From when these very results were first announced, as long as the rules say (R55)."
    )
    early: bool = Field(description="Made official before the time for protests was over: nothing is refused.")
    at: Moment
    seq: int

    @classmethod
    def of(
        cls, recorded: Recorded, published: Published, note: str | None, protests: ProtestTime | None
    ) -> "PublicationOut":
        return cls(
            id=published.publication,
            event_id=published.event,
            version=published.version,
            status=published.status,
            at_seq=published.at_seq,
            digest=published.digest,
            engine=published.engine,
            note=note,
            protests_until=None if protests is None else format_instant(protests.until),
            early=protests is not None and protests.early,
            at=format_instant(recorded.recorded_at),
            seq=recorded.seq,
        )


class DifferenceOut(Out):
    """`where` is `standings`, the name of a round, or `publication` for what concerns it as a whole."""

    where: str
    bib: str | None
    field: str
    announced: Any
    today: Any


class VerificationOut(Out):
    """Whether this build still computes what was announced, from the log as it was then."""

    model_config = example(
        {
            "holds": False,
            "digest": PUBLICATION["digest"],
            "differences": [{"where": "standings", "bib": "7", "field": "place", "announced": 2, "today": 1}],
            "seq": 4210,
        }
    )

    holds: bool
    digest: str
    differences: list[DifferenceOut]
    seq: int

    @classmethod
    def of(cls, published: Published, differences: list[Difference]) -> "VerificationOut":
        found = [
            DifferenceOut(where=one.where, bib=one.bib, field=one.field, announced=one.announced, today=one.today)
            for one in differences
        ]
        return cls(holds=not found, digest=published.digest, differences=found, seq=published.at_seq)
