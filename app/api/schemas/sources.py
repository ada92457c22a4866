"""Sources: readers at a place, as they are sent and shown."""

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.base import Day, In, Name, Out, Text, example
from app.domain.ids import SourceId
from app.domain.state import MeetState
from app.domain.units import Duration
from app.operations.sources import MOST_ERROR_US, MOST_OFFSET_US, Station, hint, served

SourceRole = Literal["main", "backup"]
OffsetUs = Annotated[int, Field(ge=-MOST_OFFSET_US, le=MOST_OFFSET_US)]

_SOURCE: Final[dict[str, Any]] = {
    "place": "finish",
    "role": "main",
    "protocol": "native",
    "timezone": "Europe/Vienna",
    "date_hint": "2026-06-07",
    "offset_us": 0,
    "error_us": None,
}


class SourceIn(In):
    """Where a reader stands. `offset_us` is added to its times; zone and date serve those that send neither."""

    model_config = example(_SOURCE)

    place: Name
    role: SourceRole = "main"
    protocol: Text | None = None
    timezone: Name | None = None
    date_hint: Day | None = None
    offset_us: OffsetUs = 0
    error_us: Annotated[Duration, Field(ge=0, le=MOST_ERROR_US)] | None = None

    def station(self) -> Station:
        return Station(
            place=self.place,
            role=self.role,
            protocol=self.protocol or None,
            timezone=self.timezone,
            date_hint=self.date_hint,
            offset_us=Duration(self.offset_us),
            error_us=self.error_us,
        )


class PointServed(Out):
    """A point that the reader times."""

    event_id: str
    event: str = Field(description="The name of the event.")
    point: str


class SourceOut(Out):
    """A source by its name in this meet, and what it times."""

    model_config = example(
        {
            "id": "src_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "source": "mat-finish",
            **_SOURCE,
            "points": [{"event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8", "event": "10 km", "point": "finish"}],
            "hint": None,
            "seq": 12,
        }
    )

    id: str
    source: str
    place: str
    role: SourceRole
    protocol: str | None
    timezone: str | None
    date_hint: str | None
    offset_us: int
    error_us: int | None
    points: list[PointServed] = Field(description="The points at its place, of all events.")
    hint: str | None = Field(description="Says so where no event has a point at its place: nobody is timed there.")
    seq: int

    @classmethod
    def of(cls, state: MeetState, id: SourceId) -> "SourceOut":
        it = state.sources[id]
        return cls(
            id=id,
            source=it.name,
            place=it.place,
            role=it.role,
            protocol=it.protocol,
            timezone=it.timezone,
            date_hint=it.date_hint,
            offset_us=it.offset_us,
            error_us=it.error_us,
            points=[
                PointServed(event_id=event.id, event=event.spec.name, point=point.name)
                for event, point in served(state, it.place)
            ],
            hint=hint(state, it.place),
            seq=state.touched[id],
        )

    @property
    def representation(self) -> str:
        """Points come and go with events, which no fact about the source tells."""
        return f"json {self.points} {self.hint}"
