"""Who is level for the last places out of a round, and the lots that settle it."""

from collections.abc import Sequence
from typing import Any, Final, Literal

from app.api.schemas.base import In, Moment, Out, example
from app.api.schemas.heats import Seed
from app.domain.facts import LotsDrawn, Recorded
from app.domain.ids import RegistrationId
from app.domain.state import MeetState
from app.domain.units import format_instant
from app.operations.find import bib_of
from app.rules.order import bib_key
from app.rules.qualification import Tie

_TIE: Final[dict[str, Any]] = {
    "by": "time",
    "heat": None,
    "bibs": ["14", "22"],
    "spots": 1,
    "free_lanes": 1,
    "may_rule": ["all", "lots", "referee", "jury"],
    "rule": "R34",
}
_LOTS: Final[dict[str, Any]] = {
    "among": ["14", "22"],
    "winners": ["22"],
    "seed": 20260607,
    "label": "heats time",
    "at": "2026-06-07T07:12:05.000000Z",
    "seq": 1180,
}


class TieOut(Out):
    """Runners level for the last `spots` places, by place in one heat or by time. Free lanes are only proposed.

    `may_rule` are the rulings of kind `advance` that settle it: `all` where there is a lane for each; no lots where the
    times come from different systems.
    """

    model_config = example(_TIE)

    by: Literal["place", "time"]
    heat: int | None
    bibs: list[str]
    spots: int
    free_lanes: int | None
    may_rule: list[str]
    rule: str


def tie_item(state: MeetState, tie: Tie) -> dict[str, Any]:
    return {
        "by": tie.by,
        "heat": tie.heat,
        "bibs": _bibs(state, tie.level),
        "spots": tie.spots,
        "free_lanes": tie.free,
        "may_rule": list(tie.may_rule),
        "rule": tie.rule,
    }


class LotsIn(In):
    """The same `draw_seed` draws the same lots; without one, they are drawn by chance."""

    model_config = example({"draw_seed": 20260607})

    draw_seed: Seed | None = None


class DrawnLotsOut(Out):
    """One drawing. Anybody can draw it again: over the bibs in this order, under this label and seed."""

    model_config = example(_LOTS)

    among: list[str]
    winners: list[str]
    seed: int
    label: str
    at: Moment
    seq: int

    @classmethod
    def of(cls, state: MeetState, recorded: Recorded, fact: LotsDrawn) -> "DrawnLotsOut":
        return cls(
            among=[bib_of(state, id) for id in fact.among],
            winners=[bib_of(state, id) for id in fact.winners],
            seed=fact.seed,
            label=fact.label,
            at=format_instant(recorded.recorded_at),
            seq=recorded.seq,
        )


class LotsOut(Out):
    """Who won, for each tie. They are `qD` in the results, and the others of the tie are out."""

    model_config = example(
        {
            "event_id": "evt_0197430a2c4e7d5fa3f09a64d1c3b2e8",
            "round": "heats",
            "lots": [_LOTS],
            "seq": 1180,
        }
    )

    event_id: str
    round: str
    lots: list[DrawnLotsOut]
    seq: int


def _bibs(state: MeetState, ids: Sequence[RegistrationId]) -> list[str]:
    return sorted((bib_of(state, id) for id in ids), key=bib_key)
