"""Photo-finish and hand readings of a heat, as they are sent and shown."""

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.api.schemas.base import Code, In, Out, Text, example
from app.domain.facts import Method, Status
from app.domain.ids import Bib
from app.domain.state import Evaluation, Heat, MeetState
from app.domain.units import Duration
from app.operations.finishes import LONGEST_US, MOST_OFFSET_US, MOST_WATCHES, Finish

Elapsed = Annotated[Duration, Field(ge=1, le=LONGEST_US)]
"""Microseconds from the gun, at most a day."""
_WIND: Final = r"^[+-]?[0-9]{1,2}(\.[0-9]{1,3})?$"


def _wind(value: object) -> str:
    if not isinstance(value, str) or re.fullmatch(_WIND, value) is None:
        raise PydanticCustomError("wind", "a wind is text in metres per second with its sign, like '+0.3'")
    return value


Wind = Annotated[
    str, BeforeValidator(_wind), WithJsonSchema({"type": "string", "pattern": _WIND, "examples": ["+0.3"]})
]
"""Metres a second as text, with its sign."""


class FinishIn(In):
    """One runner, by bib or lane. `place` is the judge's word where times are equal; `watches_us` are up to three
    watches in place of `elapsed_us`."""

    bib: Code | None = None
    lane: Annotated[int, Field(ge=1, le=100)] | None = None
    elapsed_us: Elapsed | None = None
    reaction_us: Annotated[Duration, Field(ge=-10_000_000, le=60_000_000)] | None = None
    status: Status | None = None
    rule: Text | None = None
    place: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    watches_us: Annotated[list[Elapsed], Field(default_factory=list, max_length=MOST_WATCHES)]

    def finish(self) -> Finish:
        return Finish(
            bib=None if self.bib is None else Bib(self.bib),
            lane=self.lane,
            elapsed_us=self.elapsed_us,
            reaction_us=self.reaction_us,
            status=self.status,
            rule=self.rule,
            place=self.place,
            watches_us=tuple(self.watches_us),
        )


class FinishesIn(In):
    """One evaluation of the finish. A runner read again is corrected; those not named keep their reading."""

    model_config = example(
        {
            "method": "photo_finish",
            "wind_mps": "+0.3",
            "finishes": [
                {"bib": "31", "elapsed_us": 10_207_000, "reaction_us": 141_000},
                {"lane": 6, "elapsed_us": 10_213_000, "place": 2},
                {"bib": "25", "status": "DQ", "rule": "TR16.8"},
            ],
        }
    )

    method: Method
    wind_mps: Wind | None = None
    offset_us: Annotated[Duration, Field(ge=-MOST_OFFSET_US, le=MOST_OFFSET_US)] = Duration(0)
    finishes: Annotated[list[FinishIn], Field(min_length=1, max_length=100_000)]

    def listed(self) -> list[Finish]:
        return [one.finish() for one in self.finishes]


_FINISH: Final[dict[str, Any]] = {
    "bib": "31",
    "lane": 5,
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "method": "photo_finish",
    "elapsed_us": 10_207_000,
    "reaction_us": 141_000,
    "status": None,
    "rule": None,
    "place": None,
    "watches_us": [],
    "offset_us": 0,
    "seq": 4210,
}


class FinishOut(Out):
    """The reading of one runner that counts. `seq` is where it stands in the log."""

    model_config = example(_FINISH)

    bib: str
    lane: int | None
    registration_id: str
    method: Method
    elapsed_us: int | None
    reaction_us: int | None
    status: Status | None
    rule: str | None
    place: int | None
    watches_us: list[int]
    offset_us: int
    seq: int

    @classmethod
    def of(cls, state: MeetState, heat: Heat, read: Evaluation) -> "FinishOut":
        reading = read.reading
        lanes = {one.registration: one.lane for one in heat.drawn.starters}
        return cls(
            bib=state.registrations[reading.registration].entry.bib,
            lane=lanes.get(reading.registration),
            registration_id=reading.registration,
            method=read.method,
            elapsed_us=reading.elapsed_us,
            reaction_us=reading.reaction_us,
            status=reading.status,
            rule=reading.rule,
            place=reading.place,
            watches_us=list(reading.watches_us),
            offset_us=read.offset_us,
            seq=read.seq,
        )


class FinishesOut(Out):
    """What was recorded: how many runners, and the position of the evaluation in the log."""

    model_config = example({"heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8", "finishes": 3, "seq": 4210})

    heat_id: str
    finishes: int
    seq: int
