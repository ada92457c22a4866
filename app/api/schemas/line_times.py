"""Manual entry at the line: the time first, its bib when it has been read."""

from typing import Any, Final

from app.api.schemas.base import At, Code, In, Moment, Out, example, patch_example
from app.domain.facts import LineTimeTaken
from app.domain.state import MeetState
from app.domain.units import Instant, format_instant

_TIME: Final[dict[str, Any]] = {
    "id": "time_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "at": "2026-06-07T08:38:51.200000Z",
    "bib": None,
    "registration_id": None,
    "seq": 977,
}


class LineTimeIn(In):
    """Somebody crossed the line. The bib may come later."""

    model_config = example({"at": "2026-06-07T10:38:51.2+02:00"})

    at: At
    bib: Code | None = None


class LineTimePatch(In):
    """What is to change; the rest stays. A bib set to null takes it away again."""

    model_config = patch_example({"bib": "417"})

    at: At = Instant(0)
    bib: Code | None = None

    def changes(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.model_fields_set}


class LineTimeOut(Out):
    """A time taken at the line; `bib` is null until somebody has read it."""

    model_config = example(_TIME)

    id: str
    heat_id: str
    at: Moment
    bib: str | None
    registration_id: str | None
    seq: int

    @classmethod
    def of(cls, state: MeetState, taken: LineTimeTaken) -> "LineTimeOut":
        runner = taken.registration
        return cls(
            id=taken.time,
            heat_id=taken.heat,
            at=format_instant(taken.at),
            bib=None if runner is None else state.registrations[runner].entry.bib,
            registration_id=runner,
            seq=state.touched[taken.time],
        )
