"""What a standing rests on. Positions are those of the meet's log."""

from typing import Any, Final

from app.api.schemas.base import Moment, Out
from app.api.schemas.records import BestBefore
from app.domain.facts import How, Method, RulingKind, Status
from app.rules.conduct import Card
from app.timing.penalties import PenaltyKind
from app.timing.verdicts import ReadStateName

_GUN: Final = "2026-06-07T08:00:00.000000Z"
_READ: Final[dict[str, Any]] = {
    "seq": 3107,
    "source": None,
    "chip": None,
    "place": "finish",
    "point": "finish",
    "at": "2026-06-07T08:40:12.200000Z",
    "state": "used",
    "reason": "the first valid read at finish (R62)",
}
BECAUSE: Final[dict[str, Any]] = {
    "rules": {"ruleset": "road", "version": "2026.1", "overridden": []},
    "start": {"seq": 812, "at": _GUN},
    "reads": [_READ],
    "passings": [{"point": "finish", "place": "finish", "at": _READ["at"], "because": [3107]}],
    "reading": None,
    "rulings": [],
    "marks": [],
    "penalties": [],
    "cut_off": None,
}


class RulesSeen(Out):
    """The ruleset that holds, and the tables that meet or event override, as dotted paths."""

    ruleset: str
    version: str
    overridden: list[str]


class StartSeen(Out):
    """The gun that counts."""

    seq: int
    at: Moment


class ReadSeen(Out):
    """A read that was considered. `source` and `chip` are told to officials only."""

    seq: int
    source: str | None
    chip: str | None
    place: str | None
    point: str | None
    at: Moment
    state: ReadStateName
    reason: str


class PassingSeen(Out):
    """A crossing of a point: `because` are the positions of its reads, the chosen one first."""

    point: str
    place: str
    at: Moment
    because: list[int]


class ReadingSeen(Out):
    """What photo finish or watches say."""

    seq: int
    method: Method
    elapsed_us: int | None
    watches_us: list[int]
    offset_us: int
    reaction_us: int | None
    status: Status | None
    rule: str | None
    place: int | None


class RulingSeen(Out):
    """What an official decided. `reason_given` is told to officials only."""

    seq: int
    kind: RulingKind
    how: How | None
    rule: str | None
    elapsed_us: int | None
    card: Card | None
    reason_given: str | None


class MarkSeen(Out):
    """What stands beside the mark: a best, a record of one of the meet's lists, `w`; `before` is what was compared."""

    code: str
    record_list: str | None
    of: str | None
    category: str | None
    rule: str
    before: list[BestBefore]


class PenaltySeen(Out):
    """What follows from a false start, a card, a step over the line, or a red card in another race; `reason` names rule
    and policy. `out`: disqualified, or not allowed to start."""

    seq: int
    kind: PenaltyKind
    out: bool
    rule: str | None
    reason: str


class CutOffSeen(Out):
    """The point that had closed when the runner crossed it (R66). Both times are from the gun and raw."""

    point: str
    cut_off_us: int
    elapsed_us: int
    rule: str


class Because(Out):
    """Positions are those of the meet's log."""

    rules: RulesSeen
    start: StartSeen | None
    reads: list[ReadSeen]
    passings: list[PassingSeen]
    reading: ReadingSeen | None
    rulings: list[RulingSeen]
    marks: list[MarkSeen]
    penalties: list[PenaltySeen]
    cut_off: CutOffSeen | None
