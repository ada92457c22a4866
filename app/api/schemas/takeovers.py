"""Takeovers of relay teams, as they are sent and shown."""

from typing import Annotated, Any, Final

from pydantic import Field

from app.api.schemas.base import Code, In, Out, example
from app.api.schemas.finishes import Elapsed
from app.domain.facts import TakeoverMethod
from app.domain.ids import Bib
from app.operations.takeovers import Seen
from app.rules.rounding import TimedBy

_TAKEOVER: Final[dict[str, Any]] = {
    "bib": "NOR",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2e8",
    "leg": 1,
    "elapsed_us": 11_430_000,
    "method": "transponder",
    "zone_begins_m": 80,
    "zone_ends_m": 110,
    "because": [3107, 3109],
}


class TakeoverIn(In):
    """The baton of a team, by bib or lane, was handed on after its `leg`-th leg, so long after the gun."""

    bib: Code | None = None
    lane: Annotated[int, Field(ge=1, le=100)] | None = None
    leg: Annotated[int, Field(ge=1, le=3)]
    elapsed_us: Elapsed

    def seen(self) -> Seen:
        bib = None if self.bib is None else Bib(self.bib)
        return Seen(leg=self.leg, elapsed_us=self.elapsed_us, bib=bib, lane=self.lane)


class TakeoversIn(In):
    """Takeovers in any order. One that was read before is corrected; the others stay."""

    model_config = example(
        {
            "method": "photo_finish",
            "takeovers": [
                {"bib": "NOR", "leg": 2, "elapsed_us": 22_310_000},
                {"lane": 4, "leg": 1, "elapsed_us": 11_430_000},
            ],
        }
    )

    method: TakeoverMethod
    takeovers: Annotated[list[TakeoverIn], Field(min_length=1, max_length=1_000)]

    def listed(self) -> list[Seen]:
        return [one.seen() for one in self.takeovers]


class TakeoversOut(Out):
    """What was recorded: how many takeovers, and their position in the log."""

    model_config = example({"heat_id": "heat_0197430a2c4e7d5fa3f09a64d1c3b2e8", "takeovers": 2, "seq": 4210})

    heat_id: str
    takeovers: int
    seq: int


class TakeoverOut(Out):
    """The takeover of a team that counts, and the zone for it. `because` holds the positions in the log that it rests
    on: an official's reading, else the reads of the team's chips."""

    model_config = example(_TAKEOVER)

    bib: str
    registration_id: str
    leg: int
    elapsed_us: int
    method: TimedBy
    zone_begins_m: int
    zone_ends_m: int
    because: list[int]
