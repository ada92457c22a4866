"""Meets as they are sent and shown."""

from dataclasses import asdict
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from app.api.schemas.base import Day, In, LanesOut, Moment, Name, Out, Overrides, Text, example, patch_example
from app.domain.fold import MEET
from app.domain.ids import MeetId
from app.domain.meet import MeetSpec, Visibility
from app.domain.state import MeetState
from app.domain.units import format_instant
from app.operations.find import spec_of
from app.operations.meets import LAP_M, MOST_LANES
from app.store import MeetRow

Lanes = Annotated[int, Field(ge=1, le=MOST_LANES)]
LapM = Annotated[int, Field(ge=LAP_M[0], le=LAP_M[1])]
BibScope = Literal["meet", "event"]

_MEET: Final[dict[str, Any]] = {
    "name": "Retro championship",
    "timezone": "Europe/Vienna",
    "starts_on": "2026-06-06",
    "ends_on": "2026-06-07",
    "venue": "Stadion am Ring",
    "city": "Graz",
    "country": "AUT",
    "lanes": 8,
    "lap_m": 400,
    "bib_scope": "meet",
    "rehearsal": False,
    "lanes_out": [1],
}


class MeetIn(In):
    """A meet. `lap_m` is the length of the track's lap in metres; a bib names one athlete within `bib_scope`."""

    model_config = example(_MEET)

    name: Name
    timezone: Name
    starts_on: Day
    ends_on: Day
    venue: Text | None = None
    city: Text | None = None
    country: Text | None = None
    lanes: Lanes = 8
    lap_m: LapM = 400
    bib_scope: BibScope = "meet"
    rehearsal: bool = False
    rules: Overrides = Field(default_factory=dict)
    lanes_out: LanesOut = Field(default_factory=list)

    def spec(self) -> MeetSpec:
        return MeetSpec(**{**self.model_dump(), "lanes_out": tuple(self.lanes_out)})


class MeetPatch(In):
    """What is to change; the rest stays."""

    model_config = patch_example({"visibility": "public"})

    name: Name = ""
    timezone: Name = ""
    starts_on: Day = ""
    ends_on: Day = ""
    venue: Text | None = None
    city: Text | None = None
    country: Text | None = None
    lanes: Lanes = 8
    lap_m: LapM = 400
    bib_scope: BibScope = "meet"
    visibility: Visibility = "private"
    rules: Overrides = Field(default_factory=dict)
    lanes_out: LanesOut = Field(default_factory=list)

    def changes(self) -> dict[str, Any]:
        given = self.model_dump(exclude_unset=True)
        return {**given, "lanes_out": tuple(self.lanes_out)} if "lanes_out" in given else given


class MeetCloneIn(In):
    """What differs in the copy: its name, its dates."""

    model_config = patch_example(
        {"name": "Retro championship 2027", "starts_on": "2027-06-05", "ends_on": "2027-06-06"}
    )

    name: Name = ""
    starts_on: Day = ""
    ends_on: Day = ""
    rehearsal: bool = False

    def changes(self) -> dict[str, Any]:
        return self.model_dump(exclude_unset=True)


class MeetOut(Out):
    """A meet. `seq` is the position of its log; `closed` means read only."""

    model_config = example(
        {
            "id": "meet_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            **_MEET,
            "visibility": "private",
            "rules": {},
            "closed": False,
            "seq": 1,
        }
    )

    id: str
    name: str
    timezone: str
    starts_on: str
    ends_on: str
    venue: str | None
    city: str | None
    country: str | None
    lanes: int
    lap_m: int
    bib_scope: BibScope
    rehearsal: bool
    visibility: Visibility
    rules: dict[str, Any]
    lanes_out: list[int]
    closed: bool
    seq: int

    @classmethod
    def of(cls, id: MeetId, state: MeetState) -> "MeetOut":
        return cls(id=id, closed=state.closed, seq=state.touched[MEET], **asdict(spec_of(state)))


class MeetItem(Out):
    """A meet in a list. `seq` is the head of its log."""

    model_config = example(
        {
            "id": "meet_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "name": "Retro championship",
            "visibility": "public",
            "rehearsal": False,
            "closed": False,
            "created_at": "2026-02-01T09:00:00.000000Z",
            "seq": 1043,
        }
    )

    id: str
    name: str
    visibility: Visibility
    rehearsal: bool
    closed: bool
    created_at: Moment
    seq: int

    @classmethod
    def of(cls, row: MeetRow, head: int) -> "MeetItem":
        return cls(
            id=row.id,
            name=row.name,
            visibility=row.visibility,
            rehearsal=row.rehearsal,
            closed=row.closed,
            created_at=format_instant(row.created_at),
            seq=head,
        )
