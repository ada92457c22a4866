"""Who goes on to the next round, once it is fixed."""

from typing import Any, Final

from app.api.schemas.base import Out, example
from app.domain.facts import Qualifier
from app.domain.state import MeetState

_QUALIFIER: Final[dict[str, Any]] = {
    "bib": "31",
    "name": "HOLM Rune",
    "nation": "NOR",
    "club": None,
    "how": "Q",
    "registration_id": "reg_0197430a2c4e7d5fa3f09a64d1c3b2ea",
}


class QualifierOut(Out):
    """One who goes on: `Q` by place, `q` by time, `qR` by the referee, `qJ` by the jury, `qD` by lot."""

    model_config = example(_QUALIFIER)

    bib: str
    name: str
    nation: str | None
    club: str | None
    how: str
    registration_id: str


class FixedOut(Out):
    """One who goes on, without a name."""

    bib: str
    registration_id: str
    how: str

    @classmethod
    def of(cls, state: MeetState, one: Qualifier) -> "FixedOut":
        bib = state.registrations[one.registration].entry.bib
        return cls(bib=bib, registration_id=one.registration, how=one.how)


class AdvancedOut(Out):
    """The round is settled: the next one can be drawn from these."""

    model_config = example(
        {
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "round": "heat",
            "qualifiers": [{"bib": "31", "registration_id": _QUALIFIER["registration_id"], "how": "Q"}],
            "seq": 1204,
        }
    )

    event_id: str
    round: str
    qualifiers: list[FixedOut]
    seq: int
