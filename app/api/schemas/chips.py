"""Chips handed out, as they are sent and shown."""

from typing import Any, Final

from pydantic import ConfigDict, Field

from app.api.schemas.base import At, Code, In, Moment, Out, example, written
from app.domain.ids import AssignmentId, AthleteId, Bib
from app.domain.state import MeetState
from app.domain.units import Instant

_ASSIGNMENT: Final[dict[str, Any]] = {
    "chip": "58003417",
    "bib": "417",
    "from": "2026-06-06T07:00:00Z",
    "until": "2026-06-06T18:00:00Z",
}


class ChipAssignmentIn(In):
    """The chip names the athlete who wears the bib, from `from` (included) until `until` (excluded), or always."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ASSIGNMENT]}, validate_by_name=True)

    chip: Code
    bib: Code
    since: At | None = Field(default=None, alias="from")
    until: At | None = None


class ChipAssignmentPatch(In):
    """What is to change; the rest stays. A chip that is handed to another bib is a new assignment."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"until": "2026-06-06T09:30:00Z"}]}, validate_by_name=True
    )

    since: At | None = Field(default=None, alias="from")
    until: At | None = None

    def changes(self) -> dict[str, Instant | None]:
        return {name: getattr(self, name) for name in self.model_fields_set}


class ChipAssignmentOut(Out):
    """An assignment. `bibs` are all that its athlete wears in the meet."""

    model_config = ConfigDict(serialize_by_alias=True) | example(
        {
            "id": "chip_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "chip": "58003417",
            "athlete_id": "ath_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "bibs": ["417"],
            "from": "2026-06-06T07:00:00.000000Z",
            "until": None,
            "seq": 88,
        }
    )

    id: str
    chip: str
    athlete_id: str
    bibs: list[str]
    since: Moment | None = Field(serialization_alias="from")
    until: Moment | None
    seq: int

    @classmethod
    def of(cls, state: MeetState, id: AssignmentId, seq: int) -> "ChipAssignmentOut":
        held = state.assignments[id]
        return cls(
            id=id,
            chip=held.chip,
            athlete_id=held.athlete,
            bibs=bibs_of(state, held.athlete),
            since=written(held.since),
            until=written(held.until),
            seq=seq,
        )


def bibs_of(state: MeetState, athlete: AthleteId) -> list[Bib]:
    """All that the athlete wears, each once."""
    return list(dict.fromkeys(state.registrations[id].entry.bib for id in state.by_athlete.get(athlete, ())))
